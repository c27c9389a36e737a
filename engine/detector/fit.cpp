// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/fit.h"

#include <utility>

#include "engine/core/error.h"
#include "engine/core/stage_times.h"
#include "engine/detector/memory_budget.h"
#include "engine/detector/method.h"
#include "engine/detector/training_images.h"

namespace engine {

namespace {

InputSpec inputOf(const FitParameters& parameters, const ImageSet& set, const TrainingImages& images,
                  const RunContext& context) {
    InputSpec input = resolveInput(parameters.preprocess, images.headers());
    if (parameters.preprocess.sixteenBit == PreprocessParameters::SixteenBit::Percentiles)
        fitSixteenBitRange(input, set, context);
    return input;
}

FitTask taskOf(const FitParameters& parameters, const InputSpec& input, const FitWeights& weights,
               TrainingImages& images) {
    static const TensorFile none;
    const std::int64_t budget = parameters.memoryBudgetBytes > 0 ? parameters.memoryBudgetBytes : defaultMemoryBudget();
    return {parameters, input, weights.backbone != nullptr ? *weights.backbone : none, images, budget, weights.partner};
}

void requireNetworks(const Method& method, const FitWeights& weights) {
    const int given = weights.backbone == nullptr ? 0 : weights.partner == nullptr ? 1 : 2;
    if (given < method.networks)
        throw Error(ErrorCode::InvalidArgument,
                    std::string(method.name) + " looks through " +
                        (method.networks == 2 ? "two pretrained networks" : "a pretrained network") +
                        "; give the weights of " + (method.networks == 2 ? "both" : "it"));
}

}  // namespace

FitEstimate estimateFit(const FitParameters& parameters, const ImageSet& set, const FitWeights& weights,
                        const RunContext& context) {
    const Method& method = methodNamed(parameters.method);
    requireNetworks(method, weights);
    TrainingImages images(set, parameters.limit, context);
    const InputSpec input = inputOf(parameters, set, images, context);
    return method.estimate(taskOf(parameters, input, weights, images), context);
}

FitResult fit(const FitParameters& parameters, const ImageSet& set, const FitWeights& weights,
              const RunContext& context) {
    const Method& method = methodNamed(parameters.method);
    requireNetworks(method, weights);
    Stopwatch watch;
    FitResult result;
    ModelInfo& info = result.model.info;
    info.method = method.name;
    info.parameters = method.settings(parameters.settings);
    info.seed = parameters.seed;
    info.trainingSet = set.root.filename().string();

    TrainingImages images(set, parameters.limit, context);
    info.input = inputOf(parameters, set, images, context);
    FitOutcome outcome;
    result.model.detector = method.fit(taskOf(parameters, info.input, weights, images), outcome, context);

    info.backboneName = std::move(outcome.backboneName);
    info.backboneSha256 = std::move(outcome.backboneSha256);
    info.stages = std::move(outcome.stages);
    if (method.networks > 0) info.precision = parameters.backbone.precision;
    info.partnerName = std::move(outcome.partnerName);
    info.partnerSha256 = std::move(outcome.partnerSha256);
    info.partnerStages = std::move(outcome.partnerStages);
    info.losses = std::move(outcome.losses);
    info.candidates = outcome.candidates;
    info.bankRows = outcome.bankRows;
    info.bankDimensions = outcome.bankDimensions;
    info.mapLow = outcome.mapLow;
    info.mapHigh = outcome.mapHigh;
    info.notes = std::move(outcome.notes);
    info.training = images.used();
    info.hasRegion = !parameters.region.isEverything();
    result.model.region = parameters.region;
    result.model.pictures = images.takePictures();
    result.failures = images.failures();
    result.imagesUsed = static_cast<std::int64_t>(images.used().size());
    result.times = outcome.times;
    result.times.total = watch.lapMs() / 1000;
    return result;
}

}  // namespace engine
