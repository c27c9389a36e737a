// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/detector/fit_estimate.h"
#include "engine/detector/held_out.h"
#include "engine/detector/patch_grid.h"
#include "engine/detector/patch_lattice.h"
#include "engine/detector/ssim_autoencoder.h"
#include "engine/detector/trained_fit.h"

namespace engine {

namespace {

// What the loop of training counts.
std::int64_t samplesOf(std::int64_t patches) {
    constexpr auto each = static_cast<std::int64_t>(autoencoderPatchesOfSample);
    return (patches + each - 1) / each;
}

}  // namespace

std::unique_ptr<Detector> fitSsimAutoencoder(const FitTask& task, FitOutcome& outcome, const RunContext& context) {
    const auto parameters = SsimAutoencoderParameters::from(task.parameters.settings);
    const std::uint64_t seed = task.parameters.seed;
    const auto learner =
        makeSsimAutoencoder(parameters, task.input, nullptr, seed, task.parameters.backbone.device, context);
    Stopwatch watch;
    const Preprocessor preprocessor(task.input);
    const PreparedImages images(preprocessor, task.parameters.region, task.images, parameters.pictures,
                                task.memoryBudgetBytes, context);
    outcome.times.decode = watch.lapMs() / 1000;
    if (images.keptShare() < 1) {
        outcome.notes.push_back(images.leftOutNote());
        context.warn(outcome.notes.back());
    }
    const FitParts parts(images, task.images.used().size(), parameters.heldOut);
    auto learned = parts.learnedTraining(images);
    const std::int64_t samples = samplesOf(parameters.patches);
    const auto sample = [&](const Draw& draw) {
        // Patches go round the images, and begin where the last epoch ended.
        std::size_t next = (static_cast<std::size_t>(draw.epoch * samples) + draw.sample) * autoencoderPatchesOfSample;
        return ssimAutoencoderSample(
            images, [&] { return parts.learned[next++ % parts.learned.size()]; }, task.input, parameters.view,
            draw.random);
    };
    TrainParameters training = trainParameters(parameters.training, task, parameters.settings(), learned, outcome);
    training.batch = samplesOf(training.batch);
    outcome.losses = train(*learner, static_cast<std::size_t>(samples), sample, training, context).losses;
    outcome.times.training = watch.lapMs() / 1000;
    auto detector =
        std::make_unique<SsimAutoencoder>(task.input, learner, parameters, std::move(learned), task.parameters.region);
    const auto scoresOf = [&](std::size_t image) {
        StageTimes times;
        std::vector<float> values;
        appendInspected(detector->mapOf(images, image, times, context), images.area(image), values);
        return values;
    };
    const MapRange range = rangeOfTrained(parts.forRange(), scoresOf, context);
    outcome.mapLow = range.low;
    outcome.mapHigh = range.high;
    outcome.times.features = watch.lapMs() / 1000;
    return detector;
}

FitEstimate estimateSsimAutoencoder(const FitTask& task, const RunContext& context) {
    const auto parameters = SsimAutoencoderParameters::from(task.parameters.settings);
    const auto learner =
        makeSsimAutoencoder(parameters, task.input, nullptr, 0, task.parameters.backbone.device, context);
    const PreparedImages blank(task.input);
    Random random(0);
    std::vector<Sample> batch;
    for (std::int64_t i = 0; i < samplesOf(parameters.training.batch); ++i)
        batch.push_back(ssimAutoencoderSample(
            blank, [] { return std::size_t{0}; }, task.input, parameters.view, random));
    const double stepSeconds = secondsOf([&] { learner->step(batch, context); });

    FitEstimate estimate;
    estimate.images = static_cast<std::int64_t>(task.images.size());
    estimate.epochs = parameters.training.epochs;
    const std::int64_t inputBytes = 12LL * task.input.width * task.input.height * estimate.images;
    estimate.overBudget = inputBytes > task.memoryBudgetBytes;
    constexpr std::int64_t networkBytes = 4'000'000;  // of which the code takes 16 kB for each number of it
    estimate.modelBytes =
        networkBytes + 16'384 * parameters.latent + (parameters.pictures ? pictureBytes * estimate.images : 0);
    constexpr std::int64_t patchBytes = 16'000'000;  // activations of a patch and their gradients
    estimate.peakBytes = programBytes + std::min(inputBytes, task.memoryBudgetBytes) + 3 * estimate.modelBytes +
                         samplesOf(parameters.training.batch) * (networkBytes + 16'384 * parameters.latent) +
                         context.threads() * static_cast<std::int64_t>(autoencoderPatchesOfSample) * patchBytes;
    const double steps = static_cast<double>(parameters.training.epochs) *
                         std::ceil(static_cast<double>(samplesOf(parameters.patches)) /
                                   static_cast<double>(samplesOf(parameters.training.batch)));
    constexpr double decodeSeconds = 0.01;
    estimate.seconds = steps * stepSeconds + static_cast<double>(estimate.images) * decodeSeconds;
    return estimate;
}

CrossValidation crossValidateSsimAutoencoder(Detector& fitted, const ModelInfo& info, const ImageSet& set, int,
                                             const RunContext& context) {
    return scoreHeldOut(fitted, info, dynamic_cast<SsimAutoencoder&>(fitted).learned(), set, context);
}

}  // namespace engine
