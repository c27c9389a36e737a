// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/padim.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/features/packed_triangle.h"
#include "engine/kernels/parallel.h"

namespace engine {

Matrix padimEmbedding(std::span<const FeatureMap> maps, const PadimParameters& parameters,
                      std::span<const std::int32_t> drawn, PatchGrid& grid, const RunContext& context) {
    PatchFeatures patches = patchFeatures(maps, {parameters.neighbourhood, {}}, context);
    grid = {patches.gridWidth, patches.gridHeight};
    if (static_cast<std::int64_t>(drawn.size()) == patches.rows.cols) return std::move(patches.rows);
    Matrix rows(patches.rows.rows, static_cast<std::int64_t>(drawn.size()));
    for (std::int64_t i = 0; i < rows.rows; ++i) {
        const float* from = patches.rows.row(i);
        float* to = rows.row(i);
        for (std::size_t c = 0; c < drawn.size(); ++c) to[c] = from[drawn[c]];
    }
    return rows;
}

CellScores padimScores(const PadimState& state, const Matrix& embedding, std::vector<std::uint8_t> inspected,
                       const RunContext& context) {
    CellScores cells{state.grid, std::vector<float>(inspected.size(), 0.0F), std::move(inspected)};
    for (std::size_t i = 0; i < cells.inspected.size(); ++i)
        if (state.counts[i] == 0) cells.inspected[i] = 0;
    if (std::find(cells.inspected.begin(), cells.inspected.end(), std::uint8_t{1}) == cells.inspected.end())
        throw Error(ErrorCode::InvalidArgument,
                    "no training image has shown any position of this image that is inspected; fit on images like it");
    const auto d = static_cast<std::size_t>(embedding.cols);
    constexpr std::int64_t positionsAtOnce = 32;
    parallelFor((embedding.rows + positionsAtOnce - 1) / positionsAtOnce, context, [&](std::int64_t group) {
        std::vector<float> x(d);
        const std::int64_t last = std::min(embedding.rows, (group + 1) * positionsAtOnce);
        for (std::int64_t position = group * positionsAtOnce; position < last; ++position) {
            const auto index = static_cast<std::size_t>(position);
            if (cells.inspected[index] == 0) continue;
            const float* row = embedding.row(position);
            const float* mean = state.means->row(position);
            for (std::size_t c = 0; c < d; ++c) x[c] = row[c] - mean[c];
            const auto factor = state.factors.values.subspan(index * packedSize(d), packedSize(d));
            cells.scores[index] = static_cast<float>(std::sqrt(squaredMahalanobis(factor, x)));
        }
    });
    return cells;
}

Padim::Padim(FeatureExtractor extractor, PadimState state)
    : m_extractor(std::move(extractor)), m_state(std::move(state)) {}

namespace {

CellScores scoresOf(FeatureExtractor& extractor, const PadimState& state, const Image& image, StageTimes& times,
                    const RunContext& context) {
    const auto& maps = extractor.extract(image, times, context);
    Stopwatch watch;
    PatchGrid grid;
    const Matrix embedding = padimEmbedding(maps, state.parameters, state.drawn, grid, context);
    times.backbone += watch.lapMs();
    auto inspected =
        requireInspectedCells(grid, extractor.preprocessor(), state.region, {image.width(), image.height()});
    CellScores cells = padimScores(state, embedding, std::move(inspected), context);
    times.search += watch.lapMs();
    return cells;
}

}  // namespace

Prediction Padim::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    const CellScores cells = scoresOf(m_extractor, m_state, image, prediction.times, context);
    Stopwatch watch;
    putMap(cells, m_state.parameters.sigma, m_extractor.preprocessor(), m_state.region, {image.width(), image.height()},
           prediction);
    cv::minMaxLoc(prediction.map, nullptr, &prediction.score);
    prediction.times.map = watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation Padim::explain(const Image& image, int x, int y, int /*count*/, const RunContext& context) {
    const cv::Size original(image.width(), image.height());
    requireInside(x, y, original);
    const Preprocessor& preprocessor = m_extractor.preprocessor();
    const int cell = inspectedCellAt(x, y, m_state.grid, preprocessor, m_state.region, original);
    StageTimes times;
    const CellScores cells = scoresOf(m_extractor, m_state, image, times, context);
    Explanation explanation;
    explanation.box = cellBox(cell, m_state.grid, preprocessor, original);
    explanation.distance = cells.scores[static_cast<std::size_t>(cell)];
    return explanation;
}

}  // namespace engine
