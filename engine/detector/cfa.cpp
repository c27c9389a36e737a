// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/cfa.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/cfa_train.h"
#include "engine/detector/model_tensors.h"

namespace engine {

namespace {

float coordinate(int index, int count) {
    return count > 1 ? static_cast<float>(2.0 * index / (count - 1) - 1) : 0.0F;
}

}  // namespace

FloatTensor cfaRows(const PatchFeatures& patches, const std::vector<std::uint8_t>& inspected) {
    const std::int64_t features = patches.rows.cols;
    const std::int64_t count = std::count(inspected.begin(), inspected.end(), std::uint8_t{1});
    FloatTensor rows{{count, features + 2}, {}};
    rows.values.resize(static_cast<std::size_t>(count * (features + 2)));
    float* out = rows.values.data();
    for (int y = 0; y < patches.gridHeight; ++y)
        for (int x = 0; x < patches.gridWidth; ++x) {
            const std::int64_t cell = std::int64_t{y} * patches.gridWidth + x;
            if (inspected[static_cast<std::size_t>(cell)] == 0) continue;
            out = std::copy_n(patches.rows.row(cell), features, out);
            *out++ = coordinate(x, patches.gridWidth);
            *out++ = coordinate(y, patches.gridHeight);
        }
    return rows;
}

std::vector<float> cfaScores(const Neighbours& nearest, std::int64_t k) {
    std::vector<float> scores;
    const std::size_t step = static_cast<std::size_t>(k);
    for (std::size_t first = 0; first + step <= nearest.distances.size(); first += step) {
        const double smallest = nearest.distances[first];
        // exp(-d_1) cancels: each term is relative to it.
        double sum = 0;
        for (std::size_t i = first; i < first + step; ++i) sum += std::exp(smallest - nearest.distances[i]);
        scores.push_back(static_cast<float>(smallest / sum));
    }
    return scores;
}

Cfa::Cfa(FeatureExtractor extractor, CfaState state, CfaNetwork network)
    : m_extractor(std::move(extractor)), m_state(std::move(state)), m_network(std::move(network)) {}

CellScores Cfa::cellScores(const Image& image, StageTimes& times, const RunContext& context) {
    const auto& maps = m_extractor.extract(image, times, context);
    Stopwatch watch;
    const PatchFeatures patches = patchFeatures(maps, {m_state.parameters.neighbourhood, {}}, context);
    CellScores cells{{patches.gridWidth, patches.gridHeight}, {}, {}};
    cells.inspected =
        requireInspectedCells(cells.grid, m_extractor.preprocessor(), m_state.region, {image.width(), image.height()});
    const Matrix descriptors = cfaDescriptors(*m_network.learner, cfaRows(patches, cells.inspected), context);
    times.backbone += watch.lapMs();
    const std::int64_t k = std::min(m_state.parameters.attracted, m_network.bank->rows);
    const auto scores = cfaScores(m_network.index->search(descriptors, k, context), k);
    cells.scores.assign(cells.inspected.size(), 0.0F);
    for (std::size_t i = 0, next = 0; i < cells.inspected.size(); ++i)
        if (cells.inspected[i] != 0) cells.scores[i] = scores[next++];
    times.search += watch.lapMs();
    return cells;
}

Prediction Cfa::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    const CellScores cells = cellScores(image, prediction.times, context);
    Stopwatch watch;
    putMap(cells, m_state.parameters.sigma, m_extractor.preprocessor(), m_state.region, {image.width(), image.height()},
           prediction);
    cv::minMaxLoc(prediction.map, nullptr, &prediction.score);
    prediction.times.map = watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation Cfa::explain(const Image& image, int x, int y, int, const RunContext& context) {
    const cv::Size original(image.width(), image.height());
    requireInside(x, y, original);
    StageTimes times;
    const CellScores cells = cellScores(image, times, context);
    const int cell = inspectedCellAt(x, y, cells.grid, m_extractor.preprocessor(), m_state.region, original);
    return {cellBox(cell, cells.grid, m_extractor.preprocessor(), original),
            cells.scores[static_cast<std::size_t>(cell)],
            {}};
}

void Cfa::save(TensorFile& file) const {
    file.tensors["cfa.bank"] = Tensor::of({m_network.bank->rows, m_network.bank->cols}, m_network.bank->values);
    m_network.learner->save(file);
    putBackbone(file, m_extractor.backbone().weights());
}

std::unique_ptr<Cfa> Cfa::open(TensorFile& file, const ModelInfo& info, const Region& region,
                               const BackboneOptions& options, const TensorFile& weights, const RunContext& context) {
    CfaState state{CfaParameters::from(info.parameters), region};
    FeatureExtractor extractor(info.input, Backbone(options, weights, context));
    CfaNetwork network;
    auto bank = std::make_shared<Matrix>(takeMatrix(file, "cfa.bank"));
    if (bank->rows < 1 || bank->cols < 1) damagedModel("the memory bank is empty");
    // How wide the descriptor has to be is not in the file: one gray image tells.
    const Image gray{cv::Mat(info.input.height, info.input.width, CV_8UC1, cv::Scalar(128))};
    StageTimes times;
    std::int64_t channels = 2;
    for (const FeatureMap& map : extractor.extract(gray, times, context)) channels += map.channels;
    if (bank->cols != cfaDimensions(state.parameters, channels))
        damagedModel("the memory bank does not fit the backbone");
    network.bank = std::move(bank);
    network.index = makeIndex(IndexKind::Exact, network.bank, context);
    network.learner = makeCfa(state.parameters, channels, nullptr, &file, info.seed, options.device, context);
    return std::make_unique<Cfa>(std::move(extractor), std::move(state), std::move(network));
}

}  // namespace engine
