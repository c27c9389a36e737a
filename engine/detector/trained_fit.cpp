// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/trained_fit.h"

#include <algorithm>
#include <string_view>

#include "engine/core/sha256.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

std::string bindingOf(const FitTask& task, const std::map<std::string, std::string>& settings,
                      std::span<const std::int32_t> learned, const FitOutcome& outcome) {
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
    add(outcome.backboneSha256 + outcome.partnerSha256);
    for (const StageName& stage : outcome.stages) add(stage);
    for (const StageName& stage : outcome.partnerStages) add(stage);
    for (const std::int32_t image : learned) add(task.images.used()[static_cast<std::size_t>(image)].sha256);
    const Region& region = task.parameters.region;
    if (!region.isEverything()) {
        const cv::Mat mask = region.mask().clone();  // clone: packed rows
        add(std::to_string(mask.cols) + "x" + std::to_string(mask.rows));
        hash.update(std::as_bytes(std::span(mask.ptr<std::uint8_t>(), mask.total())));
    }
    return hash.hex();
}

}  // namespace

bool TrainSettings::set(const std::string& key, const std::string& value) {
    if (key == "epochs") {
        epochs = integerSetting(key, value, 1, 1'000'000);
    } else if (key == "batch") {
        batch = integerSetting(key, value, 1, 4096);
    } else if (key == "learning_rate") {
        learningRate = numberSetting(key, value, 1e-9, 100);
    } else if (key == "weight_decay" && weightDecay) {
        weightDecay = numberSetting(key, value, 0, 10);
    } else if (key == "patience" && patience) {
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
    if (weightDecay) settings["weight_decay"] = numberText(*weightDecay);
    if (patience) settings["patience"] = std::to_string(*patience);
}

TrainParameters trainParameters(const TrainSettings& settings, std::uint64_t seed) {
    TrainParameters parameters;
    parameters.epochs = settings.epochs;
    parameters.batch = settings.batch;
    parameters.seed = seed;
    parameters.patience = settings.patience.value_or(0);
    return parameters;
}

TrainParameters trainParameters(const TrainSettings& settings, const FitTask& task,
                                const std::map<std::string, std::string>& methodSettings,
                                std::span<const std::int32_t> learned, const FitOutcome& outcome) {
    TrainParameters parameters = trainParameters(settings, task.parameters.seed);
    parameters.checkpoint = task.parameters.checkpoint;
    parameters.binding = bindingOf(task, methodSettings, learned, outcome);
    return parameters;
}

MapRange rangeOfTrained(std::span<const std::size_t> images,
                        const std::function<std::vector<float>(std::size_t)>& scoresOf, const RunContext& context) {
    constexpr std::size_t sampledImages = 12;
    std::vector<float> all;
    for (std::size_t i = 0; i < images.size(); i += std::max<std::size_t>(1, images.size() / sampledImages)) {
        context.checkCancelled();
        const auto scores = scoresOf(images[i]);
        all.insert(all.end(), scores.begin(), scores.end());
    }
    return rangeOfGoodScores(std::move(all));
}

double secondsOf(const std::function<void()>& step) {
    step();
    Stopwatch watch;
    step();
    return watch.lapMs() / 1000;
}

}  // namespace engine
