// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/spade.h"

#include <algorithm>
#include <utility>

#include "engine/features/pooled_features.h"

namespace engine {

Spade::Spade(FeatureExtractor extractor, SpadeState state)
    : m_extractor(std::move(extractor)),
      m_state(std::move(state)),
      m_search(m_state.parameters, m_state.region, m_extractor.preprocessor()) {}

Prediction Spade::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    auto& maps = m_extractor.extract(image, prediction.times, context);
    Stopwatch watch;
    const Preprocessor& preprocessor = m_extractor.preprocessor();
    const cv::Size original(image.width(), image.height());
    CellScores cells{m_state.gallery.grid(), {}, {}};
    cells.inspected = requireInspectedCells(cells.grid, preprocessor, m_state.region, original);
    const auto pooled = pooledFeatures(maps.back(), preprocessor, m_state.region, original.width, original.height);
    const PatchFeatures patches = pixelFeatures(pixelMaps(std::move(maps)), context);
    prediction.times.backbone += watch.lapMs();

    const auto images = m_search.images(m_state.gallery, pooled, -1, context);
    prediction.score = images.score;
    Matrix some;
    const auto pixels =
        m_search.pixels(m_state.gallery, images.chosen, inspectedRows(patches.rows, cells.inspected, some),
                        m_state.parameters.correspondences, context);
    prediction.times.search = watch.lapMs();

    cells.scores.assign(cells.inspected.size(), 0.0F);
    for (std::size_t i = 0, next = 0; i < cells.inspected.size(); ++i)
        if (cells.inspected[i] != 0) cells.scores[i] = pixels.scores[next++];
    putMap(cells, m_state.parameters.sigma, preprocessor, m_state.region, original, prediction);
    prediction.times.map = watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation Spade::explain(const Image& image, int x, int y, int count, const RunContext& context) {
    const cv::Size original(image.width(), image.height());
    requireInside(x, y, original);
    const Preprocessor& preprocessor = m_extractor.preprocessor();
    const PatchGrid grid = m_state.gallery.grid();
    const int cell = inspectedCellAt(x, y, grid, preprocessor, m_state.region, original);
    StageTimes times;
    auto& maps = m_extractor.extract(image, times, context);
    const auto pooled = pooledFeatures(maps.back(), preprocessor, m_state.region, original.width, original.height);
    const PatchFeatures patches = pixelFeatures(pixelMaps(std::move(maps)), context);
    Matrix query(1, patches.rows.cols);
    std::copy_n(patches.rows.row(cell), query.cols, query.row(0));
    const auto images = m_search.images(m_state.gallery, pooled, -1, context);
    const std::int64_t wanted = std::max({1, count, m_state.parameters.correspondences});
    const auto pixels = m_search.pixels(m_state.gallery, images.chosen, query, wanted, context);

    Explanation explanation;
    explanation.box = cellBox(cell, grid, preprocessor, original);
    explanation.distance = pixels.scores.front();
    const auto shown = std::min<std::size_t>(pixels.nearest.rows.size(), static_cast<std::size_t>(std::max(1, count)));
    for (std::size_t i = 0; i < shown; ++i) {
        const auto row = static_cast<std::size_t>(pixels.nearest.rows[i]);
        const auto trainingImage = static_cast<std::size_t>(pixels.image[row]);
        explanation.similar.push_back(
            {trainingImage, cellBox(pixels.cell[row], grid, preprocessor, m_state.gallery.sizes[trainingImage]),
             pixels.nearest.distances[i]});
    }
    return explanation;
}

}  // namespace engine
