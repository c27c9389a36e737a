// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/detector/method.h"
#include "engine/detector/patch_grid.h"
#include "engine/training/train_loop.h"

namespace engine {

// What the fits of methods that train share.

// Parameters that they have under the same names.
struct TrainSettings {
    std::int64_t epochs = 1;                    // epochs
    std::int64_t batch = 1;                     // batch: samples of a step
    double learningRate = 0;                    // learning_rate: of Adam
    std::optional<double> weightDecay = {};     // weight_decay; nothing: the method has none
    std::optional<std::int64_t> patience = {};  // patience: see TrainParameters; nothing: the method has no early stop

    // False if the key is none of them. Throws Error{InvalidArgument} on a bad value.
    bool set(const std::string& key, const std::string& value);
    void put(std::map<std::string, std::string>& settings) const;
};

// For a training that is kept nowhere.
TrainParameters trainParameters(const TrainSettings& settings, std::uint64_t seed);

// For the training of a fit, which can be resumed. Its binding is a digest of all that decides the result: the method
// and its settings, the seed, how an image becomes the network's input, the region, the images that are learned from
// (indices into TrainingImages::used()), and the frozen networks that outcome names.
TrainParameters trainParameters(const TrainSettings& settings, const FitTask& task,
                                const std::map<std::string, std::string>& methodSettings,
                                std::span<const std::int32_t> learned, const FitOutcome& outcome);

// The range of the map, from the inspected scores of up to a dozen of these images, evenly spread.
MapRange rangeOfTrained(std::span<const std::size_t> images,
                        const std::function<std::vector<float>(std::size_t)>& scoresOf, const RunContext& context);

// The seconds that `step` takes once it is warm: the second of two.
double secondsOf(const std::function<void()>& step);

}  // namespace engine
