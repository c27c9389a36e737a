// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/trained_method.h"

#include <algorithm>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/core/sha256.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

constexpr int mostFolds = 3;

}  // namespace

bool TrainSettings::set(const std::string& key, const std::string& value) {
    if (key == "epochs") {
        epochs = integerSetting(key, value, 1, 1'000'000);
    } else if (key == "batch") {
        batch = integerSetting(key, value, 1, 4096);
    } else if (key == "learning_rate") {
        learningRate = numberSetting(key, value, 1e-9, 100);
    } else if (key == "weight_decay") {
        weightDecay = numberSetting(key, value, 0, 10);
    } else if (key == "patience") {
        patience = integerSetting(key, value, 0, 1'000'000);
    } else {
        return false;
    }
    return true;
}

void TrainSettings::put(std::map<std::string, std::string>& settings) const {
    settings["epochs"] = std::to_string(epochs);
    settings["batch"] = std::to_string(batch);
    settings["learning_rate"] = numberText(learningRate);
    settings["weight_decay"] = numberText(weightDecay);
    settings["patience"] = std::to_string(patience);
}

TrainParameters trainParameters(const TrainSettings& settings, std::uint64_t seed) {
    TrainParameters parameters;
    parameters.epochs = settings.epochs;
    parameters.batch = settings.batch;
    parameters.seed = seed;
    parameters.patience = settings.patience;
    return parameters;
}

std::string trainingBinding(const FitTask& task, const std::map<std::string, std::string>& settings,
                            const FitOutcome& outcome) {
    Sha256 hash;
    const auto add = [&](std::string_view text) { hash.update(std::string(text) + '\0'); };
    add(task.parameters.method);
    for (const auto& [key, value] : settings) add(key + "=" + value);
    add(std::to_string(task.parameters.seed));
    const InputSpec& input = task.input;
    add(std::to_string(input.width) + "x" + std::to_string(input.height) + std::string(nameOf(input.fitMode)));
    for (const float value : input.mean) add(numberText(value));
    for (const float value : input.deviation) add(numberText(value));
    add(numberText(input.sixteenBitLow) + "-" + numberText(input.sixteenBitHigh));
    add(outcome.backboneSha256 + outcome.partnerSha256 + (outcome.precision == Precision::Bf16 ? "bf16" : "fp32"));
    for (const StageName& stage : outcome.stages) add(stage);
    for (const StageName& stage : outcome.partnerStages) add(stage);
    for (const TrainingImage& image : task.images.used()) add(image.sha256);
    const Region& region = task.parameters.region;
    if (!region.isEverything()) {
        const cv::Mat mask = region.mask().clone();  // clone: packed rows
        add(std::to_string(mask.cols) + "x" + std::to_string(mask.rows));
        hash.update(std::as_bytes(std::span(mask.ptr<std::uint8_t>(), mask.total())));
    }
    return hash.hex();
}

CrossValidation crossValidateTrained(const TrainingImages& images, const ImageSet& set, int folds,
                                     const RunContext& context,
                                     const std::function<ScoreImage(const std::vector<std::size_t>&)>& train) {
    CrossValidation result = startCrossValidation(images, set);
    const auto& used = images.used();
    const auto count = std::min(static_cast<std::size_t>(std::clamp(folds, 2, mostFolds)), used.size());
    result.folds = static_cast<int>(count);
    for (std::size_t fold = 0; fold < count; ++fold) {
        // Interleaved, so that a drift over the day of the recording is in every fold.
        std::vector<std::size_t> learned;
        for (std::size_t i = 0; i < used.size(); ++i)
            if (i % count != fold) learned.push_back(i);
        const ScoreImage score = train(learned);
        for (std::size_t i = fold; i < used.size(); i += count) {
            context.checkCancelled();
            const Prediction prediction = score(i);
            result.scores[i] = prediction.score;
            if (!prediction.map.empty()) cv::minMaxLoc(prediction.map, nullptr, &result.mapMaxima[i]);
        }
        context.report("cross-validation", static_cast<std::int64_t>(fold + 1), result.folds);
    }
    return result;
}

MapRange rangeOfTrained(std::size_t images, const std::function<std::vector<float>(std::size_t)>& scoresOf,
                        const RunContext& context) {
    constexpr std::size_t sampledImages = 12;
    std::vector<float> all;
    for (std::size_t i = 0; i < images; i += std::max<std::size_t>(1, images / sampledImages)) {
        context.checkCancelled();
        const auto scores = scoresOf(i);
        all.insert(all.end(), scores.begin(), scores.end());
    }
    return rangeOfGoodScores(std::move(all));
}

std::vector<float> inspectedScores(const CellScores& cells) {
    std::vector<float> scores;
    for (std::size_t i = 0; i < cells.scores.size(); ++i)
        if (cells.inspected[i] != 0) scores.push_back(cells.scores[i]);
    return scores;
}

double secondsOfStep(Learner& learner, const Sample& sample, std::int64_t batch, const RunContext& context) {
    const std::vector<Sample> samples(static_cast<std::size_t>(batch), sample);
    learner.step(samples, context);
    Stopwatch watch;
    learner.step(samples, context);
    return watch.lapMs() / 1000;
}

}  // namespace engine
