// SPDX-License-Identifier: Apache-2.0
#include "engine/search/code_space.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"
#include "engine/search/principal_subspace.h"

namespace engine {

namespace {

constexpr std::int64_t sampleRows = 4096;
// As many as leave a block's coordinates in the second-level cache, and a multiple of what the kernel takes.
constexpr std::int64_t blockRows = 96;
constexpr float largestCode = 127;  // fine; half of it, rounded down, coarse
// More than what float loses, relative to a row's norm, in its coordinates and in the square of its norm.
constexpr double roundingShare = 4e-6;

Matrix sampleOf(const Matrix& rows) {
    Matrix sample(std::min(sampleRows, rows.rows), rows.cols);
    for (std::int64_t i = 0; i < sample.rows; ++i)
        std::copy_n(rows.row(i * rows.rows / sample.rows), rows.cols, sample.row(i));
    return sample;
}

std::vector<float> meanOf(const Matrix& rows) {
    std::vector<double> sums(static_cast<std::size_t>(rows.cols), 0.0);
    for (std::int64_t i = 0; i < rows.rows; ++i)
        for (std::int64_t c = 0; c < rows.cols; ++c) sums[static_cast<std::size_t>(c)] += rows.row(i)[c];
    std::vector<float> mean;
    for (const double sum : sums) mean.push_back(static_cast<float>(sum / static_cast<double>(rows.rows)));
    return mean;
}

// To the nearest integer: adding 1.5 * 2^23 leaves it in the last bits. Vectorises where a call would not.
std::int32_t rounded(float value) {
    constexpr float magic = 12582912.0F;
    return std::bit_cast<std::int32_t>(value + magic) - std::bit_cast<std::int32_t>(magic);
}

}  // namespace

void Codes::resize(std::int64_t rows, std::int64_t bytes) {
    depth = bytes;
    values.resize(static_cast<std::size_t>(rows * bytes));
    error.resize(static_cast<std::size_t>(rows));
    beyond.resize(static_cast<std::size_t>(rows));
    norm.resize(static_cast<std::size_t>(rows));
    sum.resize(static_cast<std::size_t>(rows));
}

CodeSpace::CodeSpace(const Matrix& rows, std::int64_t depth, const RunContext& context)
    : m_depth(depth), m_axes(std::min(depth - 1, rows.cols)) {
    Matrix sample = sampleOf(rows);
    m_centre = meanOf(sample);
    Matrix centred(sample.rows, sample.cols);
    for (std::int64_t i = 0; i < sample.rows; ++i)
        for (std::int64_t c = 0; c < sample.cols; ++c)
            centred.row(i)[c] = sample.row(i)[c] - m_centre[static_cast<std::size_t>(c)];
    m_directions = principalSubspace(centred, m_axes, depth, context);

    // The scale leaves the farthest few of the rows without a code, so that a single outlier does not make all codes
    // coarse.
    Mapped mapped;
    map(sample, 0, sample.rows, context, mapped);
    std::vector<float> reach;
    for (std::int64_t i = 0; i < sample.rows; ++i) {
        float largest = 0;
        for (std::int64_t d = 0; d < depth; ++d)
            largest = std::max(largest, std::abs(mapped.coordinates[static_cast<std::size_t>(i * depth + d)]));
        reach.push_back(largest);
    }
    const auto quantile = reach.begin() + static_cast<std::int64_t>(0.998 * static_cast<double>(reach.size() - 1));
    std::nth_element(reach.begin(), quantile, reach.end());
    m_scale = *quantile > 0 ? 1.05 * static_cast<double>(*quantile) / largestCode : 1.0;
}

void CodeSpace::map(const Matrix& rows, std::int64_t first, std::int64_t count, const RunContext& context,
                    Mapped& result) const {
    const std::int64_t cols = rows.cols;
    result.centred.resize(static_cast<std::size_t>(count * cols));
    result.coordinates.resize(static_cast<std::size_t>(count * m_depth));
    result.rounding.resize(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) {
        const float* row = rows.row(first + i);
        float* centred = result.centred.data() + i * cols;
        for (std::int64_t c = 0; c < cols; ++c) centred[c] = row[c] - m_centre[static_cast<std::size_t>(c)];
    }
    const Kernels& kernels = kernelsFor(context.compute().instructionSet);
    kernels.multiply(result.centred.data(), count, cols, m_directions.values.data(), m_depth, m_depth,
                     result.coordinates.data());
    const std::vector<float> zeros(static_cast<std::size_t>(std::max(cols, m_depth)), 0.0F);
    for (std::int64_t i = 0; i < count; ++i) {
        float* coordinates = result.coordinates.data() + i * m_depth;
        const double whole = kernels.squaredDistance(result.centred.data() + i * cols, zeros.data(), cols);
        const double inside = kernels.squaredDistance(coordinates, zeros.data(), m_depth);
        const double outside = m_axes == cols ? 0.0 : std::sqrt(std::max(0.0, whole - inside));
        if (m_axes < m_depth) coordinates[m_axes] = static_cast<float>(outside);
        // The error of a square root: that of the square over the root, or its own root where that is near nothing.
        const double lost = roundingShare * whole;
        const double ofOutside = m_axes == cols ? 0.0 : std::min(std::sqrt(lost), lost / std::max(outside, 1e-30));
        result.rounding[static_cast<std::size_t>(i)] = static_cast<float>(roundingShare * std::sqrt(whole) + ofOutside);
    }
}

void CodeSpace::encodeBlock(const Mapped& mapped, std::int64_t first, std::int64_t count, Codes& codes) const {
    const double step = m_scale * static_cast<int>(codes.step);
    const float largest = std::floor(largestCode / static_cast<float>(codes.step));
    const float inverse = static_cast<float>(1 / step);
    const float scale = static_cast<float>(step);
    // One cube for both steps: 128 scales are what the largest code of either is at most one step from.
    const float side = static_cast<float>(m_scale * (largestCode + 1));
    for (std::int64_t i = 0; i < count; ++i) {
        const float* coordinates = mapped.coordinates.data() + i * m_depth;
        std::int8_t* out = codes.values.data() + (first + i) * m_depth;
        float residual = 0;
        float outside = 0;
        std::int32_t norm = 0;
        std::int32_t sum = 0;
        for (std::int64_t d = 0; d < m_depth; ++d) {
            const float steps = std::clamp(coordinates[d] * inverse, -largest, largest);
            const std::int32_t code = rounded(steps);
            const float inside = std::clamp(coordinates[d], -side, side);
            const float rest = inside - scale * static_cast<float>(code);
            const float excess = coordinates[d] - inside;
            residual += rest * rest;
            outside += excess * excess;
            norm += code * code;
            sum += code;
            out[d] = static_cast<std::int8_t>(code);
        }
        const auto at = static_cast<std::size_t>(first + i);
        codes.norm[at] = norm;
        codes.sum[at] = sum;
        codes.error[at] = std::sqrt(residual) * 1.0001F + mapped.rounding[static_cast<std::size_t>(i)];
        codes.beyond[at] = outside * 0.9999F;
    }
}

Codes CodeSpace::encode(const Matrix& rows, CodeStep step, const RunContext& context) const {
    Codes codes;
    codes.step = step;
    codes.resize(rows.rows, m_depth);
    parallelFor((rows.rows + blockRows - 1) / blockRows, context, [&](std::int64_t block) {
        const std::int64_t first = block * blockRows;
        const std::int64_t count = std::min(blockRows, rows.rows - first);
        thread_local Mapped mapped;  // kept by each thread from block to block
        map(rows, first, count, context, mapped);
        encodeBlock(mapped, first, count, codes);
    });
    return codes;
}

}  // namespace engine
