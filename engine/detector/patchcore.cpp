// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patchcore.h"

#include <algorithm>
#include <utility>

#include "engine/detector/patch_grid.h"

namespace engine {

PatchCore::PatchCore(FeatureExtractor extractor, PatchCoreState state, const RunContext& context)
    : m_extractor(std::move(extractor)),
      m_state(std::move(state)),
      m_pca(m_state.pca),
      m_scorer(m_state.parameters.index, m_state.parameters.reweight, m_state.bank, context),
      m_describer({m_state.parameters.neighbourhood, m_state.stageScale}) {}

const PatchFeatures& PatchCore::describe(const Image& image, StageTimes& times, const RunContext& context) {
    const auto& maps = m_extractor.extract(image, times, context);
    Stopwatch watch;
    const PatchFeatures& patches = descriptors(maps, context);
    times.backbone += watch.lapMs();
    return patches;
}

const PatchFeatures& PatchCore::descriptors(std::span<const FeatureMap> maps, const RunContext& context) {
    const PatchFeatures& patches = m_describer.describe(maps, context);
    if (m_pca.isIdentity()) return patches;
    m_reduced.gridHeight = patches.gridHeight;
    m_reduced.gridWidth = patches.gridWidth;
    m_pca.apply(patches.rows, context, m_reduced.rows);
    return m_reduced;
}

Prediction PatchCore::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    const PatchFeatures& patches = describe(image, prediction.times, context);

    Stopwatch watch;
    const Preprocessor& preprocessor = m_extractor.preprocessor();
    CellScores cells{{patches.gridWidth, patches.gridHeight}, {}, {}};
    const cv::Size original(image.width(), image.height());
    cells.inspected = requireInspectedCells(cells.grid, preprocessor, m_state.region, original);
    const PatchScores scores = m_scorer.score(inspectedRows(patches.rows, cells.inspected, m_inspected), context);
    prediction.score = scores.image;
    prediction.times.search = watch.lapMs();

    cells.scores.assign(cells.inspected.size(), 0.0F);
    for (std::size_t i = 0, next = 0; i < cells.inspected.size(); ++i)
        if (cells.inspected[i] != 0) cells.scores[i] = scores.distances[next++];
    putMap(cells, m_state.parameters.sigma, preprocessor, m_state.region, original, prediction);
    prediction.times.map = watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation PatchCore::explain(const Image& image, int x, int y, int count, const RunContext& context) {
    const cv::Size original(image.width(), image.height());
    requireInside(x, y, original);
    StageTimes times;
    const PatchFeatures& patches = describe(image, times, context);
    const Preprocessor& preprocessor = m_extractor.preprocessor();
    const PatchGrid grid{patches.gridWidth, patches.gridHeight};
    const int cell = inspectedCellAt(x, y, grid, preprocessor, m_state.region, original);
    Matrix query(1, patches.rows.cols);
    std::copy_n(patches.rows.row(cell), query.cols, query.row(0));
    const std::int64_t wanted = std::clamp<std::int64_t>(count, 1, m_state.bank->rows);
    const Neighbours nearest = m_scorer.index().search(query, wanted, context);

    Explanation explanation;
    explanation.box = cellBox(cell, grid, preprocessor, original);
    explanation.distance = nearest.distances.front();
    for (std::size_t i = 0; i < nearest.rows.size(); ++i) {
        const BankOrigin& origin = m_state.origins[static_cast<std::size_t>(nearest.rows[i])];
        const auto trainingImage = static_cast<std::size_t>(origin.image);
        explanation.similar.push_back({trainingImage,
                                       cellBox(origin.cell, grid, preprocessor, m_state.trainingSizes[trainingImage]),
                                       nearest.distances[i]});
    }
    return explanation;
}

}  // namespace engine
