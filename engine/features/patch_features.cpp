// SPDX-License-Identifier: Apache-2.0
#include "engine/features/patch_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/kernels/parallel.h"

namespace engine {

namespace {

constexpr std::array<std::pair<Neighbourhood, std::string_view>, 3> names{{
    {Neighbourhood::None, "none"},
    {Neighbourhood::Average, "average"},
    {Neighbourhood::Gaussian, "gaussian"},
}};

// Weights of the cell before, the cell itself and the cell after, along one axis.
struct Taps {
    float side;
    float centre;
};

Taps tapsOf(Neighbourhood neighbourhood) {
    switch (neighbourhood) {
        case Neighbourhood::Average:
            return {1.0F / 3.0F, 1.0F / 3.0F};
        case Neighbourhood::Gaussian:
            return {0.25F, 0.5F};
        case Neighbourhood::None:
            break;
    }
    return {0.0F, 1.0F};
}

void blend(float* out, const float* before, const float* middle, const float* after, std::int64_t count, Taps taps) {
    for (std::int64_t i = 0; i < count; ++i) out[i] = taps.centre * middle[i] + taps.side * (before[i] + after[i]);
}

// Row y of the map through the separable 3x3 neighbourhood, first along y, then along x, with zeros beyond the border;
// the cells of the result are `stride` values apart.
void gatherRow(const FeatureMap& map, int y, Taps taps, float scale, float* out, std::int64_t stride) {
    const std::int64_t channels = map.channels;
    const std::int64_t line = map.width * channels;
    const float* middle = map.values.data() + y * line;
    // Kept by each thread from row to row: a cell of zeros, the row, a cell of zeros; and what lies beyond the border.
    thread_local Buffer<float> column;
    thread_local Buffer<float> zeros;
    column.resize(static_cast<std::size_t>(line + 2 * channels));
    std::fill_n(column.begin(), channels, 0.0F);
    std::fill_n(column.end() - channels, channels, 0.0F);
    if (y == 0 || y + 1 == map.height) zeros.assign(static_cast<std::size_t>(line), 0.0F);
    blend(column.data() + channels, y > 0 ? middle - line : zeros.data(), middle,
          y + 1 < map.height ? middle + line : zeros.data(), line, taps);
    for (int x = 0; x < map.width; ++x) {
        const float* before = column.data() + x * channels;
        float* cell = out + x * stride;
        blend(cell, before, before + channels, before + 2 * channels, channels, taps);
        if (scale != 1.0F)
            for (std::int64_t c = 0; c < channels; ++c) cell[c] *= scale;
    }
}

// Where a cell of the fine axis lies between two cells of the coarse one (align_corners = false).
struct Between {
    int low;
    int high;
    float share;  // of high
};

std::vector<Between> interpolation(int fine, int coarse) {
    std::vector<Between> cells(static_cast<std::size_t>(fine));
    for (int i = 0; i < fine; ++i) {
        const double position = std::max(0.0, (i + 0.5) * coarse / fine - 0.5);
        const int low = std::min(static_cast<int>(position), coarse - 1);
        cells[static_cast<std::size_t>(i)] = {low, std::min(low + 1, coarse - 1), static_cast<float>(position - low)};
    }
    return cells;
}

// Row y of the fine grid between two rows of the coarse map.
void interpolateRow(const FeatureMap& map, const Buffer<float>& values, float scale, const Between& v,
                    const std::vector<Between>& columns, float* out, std::int64_t stride) {
    const auto cell = [&](int y, int x) { return values.data() + (std::int64_t{y} * map.width + x) * map.channels; };
    for (const Between& h : columns) {
        const float* in00 = cell(v.low, h.low);
        const float* in01 = cell(v.low, h.high);
        const float* in10 = cell(v.high, h.low);
        const float* in11 = cell(v.high, h.high);
        const float w00 = scale * (1 - v.share) * (1 - h.share);
        const float w01 = scale * (1 - v.share) * h.share;
        const float w10 = scale * v.share * (1 - h.share);
        const float w11 = scale * v.share * h.share;
        for (int c = 0; c < map.channels; ++c)
            out[c] = (w00 * in00[c] + w01 * in01[c]) + (w10 * in10[c] + w11 * in11[c]);
        out += stride;
    }
}

}  // namespace

Neighbourhood neighbourhoodFromName(std::string_view name) {
    for (const auto& [value, text] : names)
        if (text == name) return value;
    throw Error(ErrorCode::InvalidArgument,
                "unknown neighbourhood '" + std::string(name) + "'; choose none, average or gaussian");
}

std::string_view nameOf(Neighbourhood neighbourhood) {
    for (const auto& [value, text] : names)
        if (value == neighbourhood) return text;
    return "average";
}

std::string namesOf(std::span<const Neighbourhood> neighbourhoods) {
    std::string text;
    for (const Neighbourhood n : neighbourhoods) text += (text.empty() ? "" : ",") + std::string(nameOf(n));
    return text;
}

void PatchDescriber::place(const FeatureMap& map, Neighbourhood neighbourhood, float scale, std::int64_t column,
                           const RunContext& context) {
    const Taps taps = tapsOf(neighbourhood);
    const std::int64_t stride = m_patches.rows.cols;
    const auto rowOf = [&](std::int64_t y) { return m_patches.rows.row(y * m_patches.gridWidth) + column; };
    if (map.height == m_patches.gridHeight && map.width == m_patches.gridWidth) {
        parallelFor(map.height, context,
                    [&](std::int64_t y) { gatherRow(map, static_cast<int>(y), taps, scale, rowOf(y), stride); });
        return;
    }
    m_gathered.resize(map.values.size());
    parallelFor(map.height, context, [&](std::int64_t y) {
        gatherRow(map, static_cast<int>(y), taps, 1, m_gathered.data() + y * map.width * map.channels, map.channels);
    });
    const auto rows = interpolation(m_patches.gridHeight, map.height);
    const auto columns = interpolation(m_patches.gridWidth, map.width);
    parallelFor(m_patches.gridHeight, context, [&](std::int64_t y) {
        interpolateRow(map, m_gathered, scale, rows[static_cast<std::size_t>(y)], columns, rowOf(y), stride);
    });
}

PatchFeatures& PatchDescriber::describe(std::span<const FeatureMap> stages, const RunContext& context) {
    if (stages.empty()) throw Error(ErrorCode::InvalidArgument, "no backbone stage was chosen; name at least one");
    const auto& [neighbourhood, stageScale] = m_parameters;
    if (neighbourhood.empty())
        throw Error(ErrorCode::InvalidArgument, "no neighbourhood was chosen; name none, average or gaussian");
    if (!stageScale.empty() && stageScale.size() != stages.size())
        throw Error(ErrorCode::InvalidArgument, "give one scale for each stage");

    m_patches.gridHeight = m_patches.gridWidth = 0;
    std::int64_t dimensions = 0;
    for (const FeatureMap& stage : stages) {
        m_patches.gridHeight = std::max(m_patches.gridHeight, stage.height);
        m_patches.gridWidth = std::max(m_patches.gridWidth, stage.width);
        dimensions += stage.channels;
    }
    m_patches.rows.resize(std::int64_t{m_patches.gridHeight} * m_patches.gridWidth, dimensions);
    std::int64_t column = 0;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        place(stages[i], neighbourhood[std::min(i, neighbourhood.size() - 1)],
              stageScale.empty() ? 1.0F : stageScale[i], column, context);
        column += stages[i].channels;
    }
    return m_patches;
}

PatchFeatures patchFeatures(std::span<const FeatureMap> stages, const PatchFeatureParameters& parameters,
                            const RunContext& context) {
    return std::move(PatchDescriber(parameters).describe(stages, context));
}

}  // namespace engine
