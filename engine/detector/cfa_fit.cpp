// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <utility>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/cfa.h"
#include "engine/detector/cfa_train.h"
#include "engine/detector/fit_estimate.h"
#include "engine/detector/memory_budget.h"
#include "engine/detector/trained_folds.h"

namespace engine {

namespace {

// Strides 4, 8 and 16 as in the paper, an EfficientNet's wide activations where there are any.
std::vector<StageName> stagesOf(const FitTask& task) {
    const auto& known = architecture(task.parameters.backbone.name).stages;
    const bool wide = std::find(known.begin(), known.end(), "4x") != known.end();
    return wide ? std::vector<StageName>{"2", "3x", "4x"} : std::vector<StageName>{"2", "3", "4"};
}

}  // namespace

std::unique_ptr<Detector> fitCfa(const FitTask& task, FitOutcome& outcome, const RunContext& context) {
    CfaState state{CfaParameters::from(task.parameters.settings), task.parameters.region};
    const CfaParameters& parameters = state.parameters;
    FeatureExtractor extractor(task.input, task.backbone(stagesOf(task), context));
    outcome.describe(extractor.backbone());
    const CfaSamples samples = collectCfaSamples(extractor, parameters, state.region, task.memoryBudgetBytes,
                                                 parameters.pictures, task.images, outcome.times, context);
    Stopwatch watch;
    std::vector<std::size_t> all(samples.store.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const TrainParameters training = trainParameters(parameters.training, task, parameters.settings(),
                                                     std::vector<std::int32_t>(all.begin(), all.end()), outcome);
    CfaNetwork network = trainCfa(samples, all, parameters, training, task.parameters.backbone.device, context);
    outcome.times.training = watch.lapMs() / 1000;
    outcome.losses = network.losses;
    const MapRange range = rangeOfTrained(
        all, [&](std::size_t i) { return inspectedScores(scoresOfSample(network, samples, i, parameters, context)); },
        context);
    outcome.mapLow = range.low;
    outcome.mapHigh = range.high;
    outcome.bankRows = network.bank->rows;
    outcome.bankDimensions = network.bank->cols;
    for (std::size_t i : all) outcome.candidates += samples.store.get(i)[0].shape[0];
    return std::make_unique<Cfa>(task.toScore(std::move(extractor), context), std::move(state), std::move(network));
}

FitEstimate estimateCfa(const FitTask& task, const RunContext& context) {
    const auto parameters = CfaParameters::from(task.parameters.settings);
    FeatureExtractor extractor(task.input, task.backbone(stagesOf(task), context));
    const TimedPass pass = timedPass(extractor, context);
    const PatchFeatures patches = patchFeatures(pass.maps, {parameters.neighbourhood, {}}, context);
    const FloatTensor rows =
        cfaRows(patches, std::vector<std::uint8_t>(static_cast<std::size_t>(patches.rows.rows), 1));

    FitEstimate estimate;
    estimate.images = static_cast<std::int64_t>(task.images.size());
    estimate.epochs = parameters.training.epochs;
    estimate.candidates = estimate.images * patches.rows.rows;
    estimate.bankRows = patches.rows.rows;
    estimate.bankDimensions = cfaDimensions(parameters, rows.shape[1]);
    const std::int64_t weights = estimate.bankDimensions * (rows.shape[1] + 1);
    estimate.modelBytes = 4 * (estimate.bankRows * estimate.bankDimensions + weights) +
                          weightBytes(extractor.backbone()) +
                          (parameters.pictures ? pictureBytes * estimate.images : 0);
    const std::int64_t features = static_cast<std::int64_t>(rows.values.size() * sizeof(float)) * estimate.images;
    const std::int64_t near = parameters.attracted + parameters.repelled;
    // What a step keeps for the gradient: the differences to the rows near by, several times over, an image a thread.
    const std::int64_t stepBytes =
        context.threads() * 4 * patches.rows.rows * (near * estimate.bankDimensions * 4 + 4 * rows.shape[1]);
    estimate.peakBytes =
        programBytes + std::min(features, task.memoryBudgetBytes) + stepBytes + 5 * 4 * weights + estimate.modelBytes;

    // A bank of noise: what a step costs does not depend on what it holds, and a constant one would be all ties.
    Matrix bank(estimate.bankRows, estimate.bankDimensions);
    Random random(task.parameters.seed);
    for (float& value : bank.values) value = static_cast<float>(random.uniform());
    const auto learner = makeCfa(parameters, rows.shape[1], &bank, nullptr, task.parameters.seed,
                                 task.parameters.backbone.device, context);
    Sample sample{rows, {{rows.shape[0], near}, {}}};
    sample[1].values.assign(static_cast<std::size_t>(rows.shape[0] * near), 0.0F);
    const std::vector<Sample> batch(static_cast<std::size_t>(parameters.training.batch), sample);
    const double step =
        secondsOf([&] { learner->step(batch, context); }) / static_cast<double>(parameters.training.batch);
    Stopwatch watch;
    cfaDescriptors(*learner, rows, context);
    constexpr double searchOverDescribing = 2;
    const double search = searchOverDescribing * watch.lapMs() / 1000;
    const auto images = static_cast<double>(estimate.images);
    estimate.seconds = images * (pass.ms + 4) / 1000 + images * search +
                       images * static_cast<double>(estimate.epochs) * (step + search);
    return estimate;
}

CrossValidation crossValidateCfa(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                 const RunContext& context) {
    auto& model = dynamic_cast<Cfa&>(fitted);
    const CfaParameters& parameters = model.state().parameters;
    TrainingImages images(set, 0, context);
    FitTimes times;
    const CfaSamples samples = collectCfaSamples(model.extractor(), parameters, model.state().region,
                                                 defaultMemoryBudget(), false, images, times, context);
    const auto train = [&](const std::vector<std::size_t>& learned) -> ScoreImage {
        const auto network = std::make_shared<CfaNetwork>(trainCfa(samples, learned, parameters,
                                                                   trainParameters(parameters.training, info.seed),
                                                                   model.extractor().backbone().device(), context));
        return [&, network](std::size_t index) {
            const TrainingImage& image = images.used()[index];
            Prediction prediction;
            putMap(scoresOfSample(*network, samples, index, parameters, context), parameters.sigma,
                   model.extractor().preprocessor(), model.state().region, {image.width, image.height}, prediction);
            cv::minMaxLoc(prediction.map, nullptr, &prediction.score);
            return prediction;
        };
    };
    return crossValidateTrained(images, set, folds, context, train);
}

}  // namespace engine
