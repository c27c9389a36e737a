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

FitTask taskOf(const FitParameters& parameters, const InputSpec& input, const TensorFile& weights,
               TrainingImages& images) {
    const std::int64_t budget = parameters.memoryBudgetBytes > 0 ? parameters.memoryBudgetBytes : defaultMemoryBudget();
    return {parameters, input, weights, images, budget};
}

}  // namespace

FitEstimate estimateFit(const FitParameters& parameters, const ImageSet& set, const TensorFile& weights,
                        const RunContext& context) {
    const Method& method = methodNamed(parameters.method);
    TrainingImages images(set, parameters.limit, context);
    const InputSpec input = inputOf(parameters, set, images, context);
    return method.estimate(taskOf(parameters, input, weights, images), context);
}

FitResult fit(const FitParameters& parameters, const ImageSet& set, const TensorFile& weights,
              const RunContext& context) {
    const Method& method = methodNamed(parameters.method);
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
    info.precision = outcome.precision;
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
