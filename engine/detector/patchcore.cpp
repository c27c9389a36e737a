// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patchcore.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/detector/anomaly_map.h"

namespace engine {

namespace {

// The rows of the cells that are inspected; `patches.rows` itself when all are.
Matrix inspectedRows(PatchFeatures& patches, const std::vector<std::uint8_t>& inspected) {
    const std::int64_t count = std::count(inspected.begin(), inspected.end(), std::uint8_t{1});
    if (count == patches.rows.rows) return std::move(patches.rows);
    Matrix rows(count, patches.rows.cols);
    std::int64_t next = 0;
    for (std::size_t i = 0; i < inspected.size(); ++i)
        if (inspected[i] != 0) std::copy_n(patches.rows.row(static_cast<std::int64_t>(i)), rows.cols, rows.row(next++));
    return rows;
}

// The 3x3 cells that a descriptor sees first-hand, in the coordinates of an original, clipped to it.
Box boxOf(int cell, int gridWidth, int gridHeight, const Preprocessor& preprocessor, cv::Size original) {
    const InputSpec& input = preprocessor.spec();
    const Placement placement = preprocessor.placement(original.width, original.height);
    const double cellWidth = static_cast<double>(input.width) / gridWidth;
    const double cellHeight = static_cast<double>(input.height) / gridHeight;
    const int column = cell % gridWidth;
    const int row = cell / gridWidth;
    const auto back = [](double value, double scale, double offset, int size) {
        return std::clamp(static_cast<int>(std::lround((value - offset) / scale)), 0, size);
    };
    const int left = back((column - 1) * cellWidth, placement.scaleX, placement.offsetX, original.width);
    const int right = back((column + 2) * cellWidth, placement.scaleX, placement.offsetX, original.width);
    const int top = back((row - 1) * cellHeight, placement.scaleY, placement.offsetY, original.height);
    const int bottom = back((row + 2) * cellHeight, placement.scaleY, placement.offsetY, original.height);
    return {left, top, right - left, bottom - top};
}

}  // namespace

PatchCore::PatchCore(FeatureExtractor extractor, PatchCoreState state, const RunContext& context)
    : m_extractor(std::move(extractor)),
      m_state(std::move(state)),
      m_pca(m_state.pca),
      m_scorer(m_state.parameters.index, m_state.parameters.reweight, m_state.bank, context) {}

PatchFeatures PatchCore::describe(const Image& image, StageTimes& times, const RunContext& context) {
    const auto maps = m_extractor.extract(image, times, context);
    Stopwatch watch;
    PatchFeatures patches = descriptors(maps, context);
    times.backbone += watch.lapMs();
    return patches;
}

PatchFeatures PatchCore::descriptors(std::span<const FeatureMap> maps, const RunContext& context) const {
    PatchFeatures patches = patchFeatures(maps, {m_state.parameters.neighbourhood, m_state.stageScale}, context);
    if (!m_pca.isIdentity()) patches.rows = m_pca.apply(patches.rows, context);
    return patches;
}

Prediction PatchCore::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    PatchFeatures patches = describe(image, prediction.times, context);

    Stopwatch watch;
    const auto inspected = inspectedCells(m_extractor.preprocessor(), m_state.region, image.width(), image.height(),
                                          patches.gridWidth, patches.gridHeight);
    const Matrix queries = inspectedRows(patches, inspected);
    if (queries.rows == 0)
        throw Error(ErrorCode::InvalidArgument, "the region of interest covers no patch of this image; draw it larger");
    const PatchScores scores = m_scorer.score(queries, context);
    prediction.score = scores.image;
    prediction.times.search = watch.lapMs();

    std::vector<float> distances(inspected.size(), 0.0F);
    for (std::size_t i = 0, next = 0; i < inspected.size(); ++i)
        if (inspected[i] != 0) distances[i] = scores.distances[next++];
    const Preprocessor& preprocessor = m_extractor.preprocessor();
    prediction.inputMap = inputMap(distances, patches.gridWidth, patches.gridHeight, inspected,
                                   m_state.parameters.sigma, preprocessor.spec());
    prediction.placement = preprocessor.placement(image.width(), image.height());
    prediction.map = anomalyMap(prediction.inputMap, preprocessor, m_state.region, image.width(), image.height());
    prediction.times.map = watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation PatchCore::explain(const Image& image, int x, int y, int count, const RunContext& context) {
    if (x < 0 || y < 0 || x >= image.width() || y >= image.height())
        throw Error(ErrorCode::InvalidArgument, "the point " + std::to_string(x) + "," + std::to_string(y) +
                                                    " lies outside the image of " + std::to_string(image.width()) +
                                                    " x " + std::to_string(image.height()) + " pixels");
    StageTimes times;
    const PatchFeatures patches = describe(image, times, context);
    const Preprocessor& preprocessor = m_extractor.preprocessor();
    const Placement placement = preprocessor.placement(image.width(), image.height());
    const auto cellOf = [](double position, double extent, int cells) {
        return static_cast<int>(std::floor(position / extent * cells));
    };
    const int column =
        cellOf((x + 0.5) * placement.scaleX + placement.offsetX, preprocessor.spec().width, patches.gridWidth);
    const int row =
        cellOf((y + 0.5) * placement.scaleY + placement.offsetY, preprocessor.spec().height, patches.gridHeight);
    const bool inGrid = column >= 0 && row >= 0 && column < patches.gridWidth && row < patches.gridHeight;
    const auto inspected = inspectedCells(preprocessor, m_state.region, image.width(), image.height(),
                                          patches.gridWidth, patches.gridHeight);
    const int cell = row * patches.gridWidth + column;
    if (!inGrid || inspected[static_cast<std::size_t>(cell)] == 0)
        throw Error(ErrorCode::InvalidArgument, "the point " + std::to_string(x) + "," + std::to_string(y) +
                                                    " lies outside what the model inspects");
    Matrix query(1, patches.rows.cols);
    std::copy_n(patches.rows.row(cell), query.cols, query.row(0));
    const std::int64_t wanted = std::clamp<std::int64_t>(count, 1, m_state.bank->rows);
    const Neighbours nearest = m_scorer.index().search(query, wanted, context);

    Explanation explanation;
    explanation.box = boxOf(cell, patches.gridWidth, patches.gridHeight, preprocessor, {image.width(), image.height()});
    explanation.distance = nearest.distances.front();
    for (std::size_t i = 0; i < nearest.rows.size(); ++i) {
        const BankOrigin& origin = m_state.origins[static_cast<std::size_t>(nearest.rows[i])];
        const auto trainingImage = static_cast<std::size_t>(origin.image);
        explanation.similar.push_back({trainingImage,
                                       boxOf(origin.cell, patches.gridWidth, patches.gridHeight, preprocessor,
                                             m_state.trainingSizes[trainingImage]),
                                       nearest.distances[i]});
    }
    return explanation;
}

}  // namespace engine
