// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <utility>

#include <opencv2/core.hpp>

#include "engine/detector/fit_estimate.h"
#include "engine/detector/memory_budget.h"
#include "engine/detector/pfm.h"
#include "engine/detector/pfm_train.h"
#include "engine/detector/trained_folds.h"

namespace engine {

namespace {

PfmExtractors extractorsOf(const FitTask& task, const RunContext& context) {
    Backbone first = task.backbone({"2", "3", "4"}, context);
    Backbone second = task.partnerBackbone(first, context);
    return {FeatureExtractor(task.input, std::move(first)), FeatureExtractor(task.input, std::move(second))};
}

CellScores scoresOf(Learner& learner, const PfmSamples& samples, const TrainingImages& images, std::size_t index,
                    const Preprocessor& preprocessor, const Region& region, const RunContext& context) {
    const TrainingImage& image = images.used()[index];
    const auto inspected = pfmInspected(samples.stages, preprocessor, region, {image.width, image.height});
    return pfmScores(learner, samples.store.get(index), samples.stages, inspected, context);
}

}  // namespace

std::unique_ptr<Detector> fitPfm(const FitTask& task, FitOutcome& outcome, const RunContext& context) {
    PfmState state{PfmParameters::from(task.parameters.settings), task.parameters.region};
    const PfmParameters& parameters = state.parameters;
    PfmExtractors extractors = extractorsOf(task, context);
    outcome.describe(extractors.first.backbone());
    outcome.partnerName = extractors.second.backbone().name();
    outcome.partnerSha256 = extractors.second.backbone().identity();
    outcome.partnerStages = extractors.second.backbone().stages();
    const PfmSamples samples = collectPfmSamples(extractors, state.region, task.memoryBudgetBytes, parameters.pictures,
                                                 task.images, outcome.times, context);
    Stopwatch watch;
    std::vector<std::size_t> all(samples.store.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const TrainParameters training = trainParameters(parameters.training, task, parameters.settings(),
                                                     std::vector<std::int32_t>(all.begin(), all.end()), outcome);
    PfmNetwork network = trainPfm(samples, all, parameters, training, task.parameters.backbone.device, context);
    outcome.times.training = watch.lapMs() / 1000;
    outcome.losses = std::move(network.losses);
    const MapRange range = rangeOfTrained(
        all,
        [&](std::size_t i) {
            return inspectedScores(scoresOf(*network.learner, samples, task.images, i, extractors.first.preprocessor(),
                                            state.region, context));
        },
        context);
    outcome.mapLow = range.low;
    outcome.mapHigh = range.high;
    return std::make_unique<Pfm>(PfmExtractors{task.toScore(std::move(extractors.first), context),
                                               task.toScore(std::move(extractors.second), context)},
                                 std::move(state), std::move(network.learner));
}

FitEstimate estimatePfm(const FitTask& task, const RunContext& context) {
    const auto parameters = PfmParameters::from(task.parameters.settings);
    PfmExtractors extractors = extractorsOf(task, context);
    const TimedPass first = timedPass(extractors.first, context);
    const TimedPass second = timedPass(extractors.second, context);
    std::vector<FeatureMap> maps;
    for (std::size_t s = 0; s < std::min(first.maps.size(), second.maps.size()); ++s) {
        maps.push_back(first.maps[s]);
        maps.push_back(second.maps[s]);
    }
    const auto stages = pfmStages(maps);
    std::vector<std::vector<std::uint8_t>> inspected;
    for (const PfmStage& stage : stages) inspected.emplace_back(static_cast<std::size_t>(stage.grid.cells()), 1);
    const Sample sample = pfmSample(maps, inspected);

    FitEstimate estimate;
    estimate.images = static_cast<std::int64_t>(task.images.size());
    estimate.epochs = parameters.training.epochs;
    std::int64_t features = 0;
    for (const FloatTensor& rows : sample) features += static_cast<std::int64_t>(rows.values.size() * sizeof(float));
    const auto learner =
        makePfm(parameters, stages, nullptr, task.parameters.seed, task.parameters.backbone.device, context);
    TensorFile network;
    learner->save(network);
    std::int64_t networkBytes = 0;
    for (const auto& [name, tensor] : network.tensors) networkBytes += static_cast<std::int64_t>(tensor.bytes.size());
    estimate.modelBytes = networkBytes + weightBytes(extractors.first.backbone()) +
                          weightBytes(extractors.second.backbone()) +
                          (parameters.pictures ? pictureBytes * estimate.images : 0);
    constexpr std::int64_t keptForGradient = 30;  // times what goes in: five or so layers both ways, with batch norm
    estimate.peakBytes =
        programBytes + std::min(estimate.images * features, task.memoryBudgetBytes) +
        keptForGradient * features * std::min<std::int64_t>(parameters.training.batch, context.threads()) +
        4 * networkBytes + estimate.modelBytes;
    const std::vector<Sample> batch(static_cast<std::size_t>(parameters.training.batch), sample);
    const double step =
        secondsOf([&] { learner->step(batch, context); }) / static_cast<double>(parameters.training.batch);
    estimate.seconds = static_cast<double>(estimate.images) *
                       ((first.ms + second.ms + 4) / 1000 + static_cast<double>(estimate.epochs) * step);
    return estimate;
}

CrossValidation crossValidatePfm(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                 const RunContext& context) {
    auto& model = dynamic_cast<Pfm&>(fitted);
    const PfmParameters& parameters = model.state().parameters;
    PfmExtractors& extractors = model.extractors();
    TrainingImages images(set, 0, context);
    FitTimes times;
    const PfmSamples samples =
        collectPfmSamples(extractors, model.state().region, defaultMemoryBudget(), false, images, times, context);
    const auto train = [&](const std::vector<std::size_t>& learned) -> ScoreImage {
        const auto network = trainPfm(samples, learned, parameters, trainParameters(parameters.training, info.seed),
                                      extractors.first.backbone().device(), context);
        return [&, learner = network.learner](std::size_t index) {
            const TrainingImage& image = images.used()[index];
            const Preprocessor& preprocessor = extractors.first.preprocessor();
            Prediction prediction;
            putMap(scoresOf(*learner, samples, images, index, preprocessor, model.state().region, context),
                   parameters.sigma, preprocessor, model.state().region, {image.width, image.height}, prediction);
            cv::minMaxLoc(prediction.map, nullptr, &prediction.score);
            return prediction;
        };
    };
    return crossValidateTrained(images, set, folds, context, train);
}

}  // namespace engine
