// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/pfm.h"

#include <utility>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/model_tensors.h"
#include "engine/detector/pfm_train.h"

namespace engine {

namespace {

FeatureExtractor openNetwork(TensorFile& file, std::string_view prefix, const InputSpec& input,
                             const BackboneOptions& options, const std::string& identity, const RunContext& context) {
    FeatureExtractor extractor(input, Backbone(options, takeBackbone(file, prefix), context));
    if (extractor.backbone().identity() != identity)
        damagedModel("a network in it is not the one that it was fitted with");
    return extractor;
}

}  // namespace

std::vector<FeatureMap> PfmExtractors::extract(const Image& image, StageTimes& times, const RunContext& context) {
    auto& from = first.extract(image, times, context);
    auto& to = second.extract(image, times, context);
    if (from.size() != to.size())
        throw Error(ErrorCode::Mismatch, "the two networks have another number of stages; name the same for both");
    std::vector<FeatureMap> maps;
    for (std::size_t s = 0; s < from.size(); ++s) {
        maps.push_back(std::move(from[s]));
        maps.push_back(std::move(to[s]));
    }
    return maps;
}

Pfm::Pfm(PfmExtractors extractors, PfmState state, std::shared_ptr<Learner> learner)
    : m_extractors(std::move(extractors)), m_state(std::move(state)), m_learner(std::move(learner)) {}

CellScores Pfm::cellScores(const Image& image, StageTimes& times, const RunContext& context) {
    const auto maps = m_extractors.extract(image, times, context);
    Stopwatch watch;
    const auto stages = pfmStages(maps);
    const cv::Size original(image.width(), image.height());
    const Preprocessor& preprocessor = m_extractors.first.preprocessor();
    const auto inspected = pfmInspected(stages, preprocessor, m_state.region, original);
    CellScores cells = pfmScores(*m_learner, pfmSample(maps, inspected), stages, inspected, context);
    requireInspectedCells(cells.grid, preprocessor, m_state.region, original);
    times.search += watch.lapMs();
    return cells;
}

Prediction Pfm::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    const CellScores cells = cellScores(image, prediction.times, context);
    Stopwatch watch;
    putMap(cells, m_state.parameters.sigma, m_extractors.first.preprocessor(), m_state.region,
           {image.width(), image.height()}, prediction);
    cv::minMaxLoc(prediction.map, nullptr, &prediction.score);
    prediction.times.map = watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation Pfm::explain(const Image& image, int x, int y, int, const RunContext& context) {
    const cv::Size original(image.width(), image.height());
    requireInside(x, y, original);
    StageTimes times;
    const CellScores cells = cellScores(image, times, context);
    const Preprocessor& preprocessor = m_extractors.first.preprocessor();
    const int cell = inspectedCellAt(x, y, cells.grid, preprocessor, m_state.region, original);
    return {cellBox(cell, cells.grid, preprocessor, original), cells.scores[static_cast<std::size_t>(cell)], {}};
}

void Pfm::save(TensorFile& file) const {
    m_learner->save(file);
    putBackbone(file, m_extractors.first.backbone().weights());
    putBackbone(file, m_extractors.second.backbone().weights(), "partner.");
}

std::unique_ptr<Detector> Pfm::open(TensorFile& file, const ModelInfo& info, const Region& region,
                                    const OpenOptions& options, const RunContext& context) {
    const Precision precision = options.precision.value_or(info.precision);
    PfmState state{PfmParameters::from(info.parameters), region};
    PfmExtractors extractors{
        openNetwork(file, "backbone.", info.input, {info.backboneName, info.stages, options.device, precision},
                    info.backboneSha256, context),
        openNetwork(file, "partner.", info.input, {info.partnerName, info.partnerStages, options.device, precision},
                    info.partnerSha256, context)};
    // How wide the mappings have to be is not in the file: one gray image tells.
    const Image gray{cv::Mat(info.input.height, info.input.width, CV_8UC1, cv::Scalar(128))};
    StageTimes times;
    const auto stages = pfmStages(extractors.extract(gray, times, context));
    std::shared_ptr<Learner> learner = makePfm(state.parameters, stages, &file, info.seed, options.device, context);
    return std::make_unique<Pfm>(std::move(extractors), std::move(state), std::move(learner));
}

}  // namespace engine
