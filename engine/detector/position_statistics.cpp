// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/position_statistics.h"

#include <algorithm>
#include <cmath>

#include "engine/features/packed_triangle.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"

namespace engine {

namespace {

// The sums are read and written once a block: more images would only wait longer.
constexpr std::size_t imagesAtOnce = 16;
constexpr std::size_t lanes = 16;
// Rows of the product that are worked out together: a multiple of the kernel's six and of the lanes.
constexpr std::size_t rowsAtOnce = 48;

}  // namespace

PositionStatistics::PositionStatistics(std::int64_t positions, int dimensions)
    : m_positions(positions),
      m_dimensions(static_cast<std::size_t>(dimensions)),
      m_counts(static_cast<std::size_t>(positions), 0),
      m_means(static_cast<std::size_t>(positions) * m_dimensions, 0.0),
      m_sums(static_cast<std::size_t>(positions) * packedSize(m_dimensions)) {
    std::fill(m_sums.begin(), m_sums.end(), 0.0F);
}

void PositionStatistics::add(const Matrix& embeddings, const std::vector<std::uint8_t>& inspected,
                             const RunContext& context) {
    if (m_block.size() <= m_waiting) {
        m_block.emplace_back();
        m_blockInspected.emplace_back();
    }
    m_block[m_waiting] = embeddings;
    m_blockInspected[m_waiting] = inspected;
    if (++m_waiting == imagesAtOnce) flush(context);
}

void PositionStatistics::finish(const RunContext& context) {
    flush(context);
    m_block.clear();
    m_blockInspected.clear();
}

void PositionStatistics::flush(const RunContext& context) {
    const Kernels& kernels = kernelsFor(context.compute().instructionSet);
    const std::size_t d = m_dimensions;
    const std::size_t stride = (d + lanes - 1) / lanes * lanes;
    constexpr std::int64_t positionsAtOnce = 8;
    parallelFor((m_positions + positionsAtOnce - 1) / positionsAtOnce, context, [&](std::int64_t group) {
        // One row an image, centred on the block, and one for how far the block's mean lies from the mean so far.
        Buffer<float> rows((imagesAtOnce + 1) * stride);
        Buffer<float> columns(d * (imagesAtOnce + 1));
        Buffer<float> product(rowsAtOnce * d);
        std::vector<double> blockMean(d);
        std::vector<const float*> seen;
        const std::int64_t last = std::min(m_positions, (group + 1) * positionsAtOnce);
        for (std::int64_t position = group * positionsAtOnce; position < last; ++position) {
            seen.clear();
            for (std::size_t i = 0; i < m_waiting; ++i)
                if (m_blockInspected[i][static_cast<std::size_t>(position)] != 0)
                    seen.push_back(m_block[i].row(position));
            if (seen.empty()) continue;
            const auto added = static_cast<double>(seen.size());
            const auto before = static_cast<double>(m_counts[static_cast<std::size_t>(position)]);
            double* mean = m_means.data() + static_cast<std::size_t>(position) * d;
            std::fill(blockMean.begin(), blockMean.end(), 0.0);
            for (const float* row : seen)
                for (std::size_t c = 0; c < d; ++c) blockMean[c] += row[c];
            const std::size_t depth = seen.size() + 1;
            const double weight = std::sqrt(before * added / (before + added));
            std::fill(rows.begin(), rows.end(), 0.0F);
            for (std::size_t c = 0; c < d; ++c) {
                blockMean[c] /= added;
                for (std::size_t i = 0; i < seen.size(); ++i)
                    rows[i * stride + c] = static_cast<float>(seen[i][c] - blockMean[c]);
                const double distance = blockMean[c] - mean[c];
                rows[seen.size() * stride + c] = static_cast<float>(weight * distance);
                mean[c] += distance * added / (before + added);
            }
            for (std::size_t c = 0; c < d; ++c)
                for (std::size_t i = 0; i < depth; ++i) columns[c * depth + i] = rows[i * stride + c];
            float* sums = m_sums.data() + static_cast<std::size_t>(position) * packedSize(d);
            for (std::size_t first = 0; first < d; first += rowsAtOnce) {
                const std::size_t count = std::min(rowsAtOnce, d - first);
                const std::size_t width = d - first;
                kernels.multiply(columns.data() + first * depth, static_cast<std::int64_t>(count),
                                 static_cast<std::int64_t>(depth), rows.data() + first,
                                 static_cast<std::int64_t>(stride), static_cast<std::int64_t>(width), product.data());
                for (std::size_t r = 0; r < count; ++r) {
                    float* column = sums + packedColumn(d, first + r);
                    const float* from = product.data() + r * width + r;
                    for (std::size_t i = 0; i < width - r; ++i) column[i] += from[i];
                }
            }
            m_counts[static_cast<std::size_t>(position)] += static_cast<std::int64_t>(seen.size());
        }
    });
    m_waiting = 0;
}

Matrix PositionStatistics::means() const {
    Matrix means(m_positions, static_cast<std::int64_t>(m_dimensions));
    std::transform(m_means.begin(), m_means.end(), means.values.begin(),
                   [](double value) { return static_cast<float>(value); });
    return means;
}

}  // namespace engine
