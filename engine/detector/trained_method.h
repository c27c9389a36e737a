// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/detector/evaluate.h"
#include "engine/detector/method.h"
#include "engine/detector/patch_grid.h"
#include "engine/training/learner.h"
#include "engine/training/train_loop.h"

namespace engine {

// What the parameters of all trained methods have in common, under these names.
struct TrainSettings {
    std::int64_t epochs = 1;    // epochs
    std::int64_t batch = 4;     // batch: images a step
    double learningRate = 0;    // learning_rate
    double weightDecay = 0;     // weight_decay
    std::int64_t patience = 0;  // patience: see TrainParameters; 0: every epoch is run

    // False if the key is none of them. Throws Error{InvalidArgument} on a bad value.
    bool set(const std::string& key, const std::string& value);
    void put(std::map<std::string, std::string>& settings) const;
};

TrainParameters trainParameters(const TrainSettings& settings, std::uint64_t seed);

// What a checkpoint is bound to: the images that were used, the method and its settings, the seed, how an image becomes
// the network's input, the region, and the frozen networks that outcome names.
std::string trainingBinding(const FitTask& task, const std::map<std::string, std::string>& settings,
                            const FitOutcome& outcome);

// Good images, each scored by a model that has never seen it: `train` gets the indices (into used()) to learn from and
// gives back what scores another image. So every fold is a training of its own, of the same length as the fit's: no
// cheaper way is honest, as the weights of the fit have seen every image. That the folds are at most three keeps it in
// reach; a model of two thirds of the images scores good parts somewhat higher than the fitted one, which errs on the
// side of fewer false rejects.
using ScoreImage = std::function<Prediction(std::size_t index)>;
CrossValidation crossValidateTrained(const TrainingImages& images, const ImageSet& set, int folds,
                                     const RunContext& context,
                                     const std::function<ScoreImage(const std::vector<std::size_t>&)>& train);

// The range of a trained method's map, on up to a dozen training images, evenly spread, by the model that has learned
// from them: a second training would double the time of a fit for the sake of colours. Cuts never come from it.
MapRange rangeOfTrained(std::size_t images, const std::function<std::vector<float>(std::size_t)>& scoresOf,
                        const RunContext& context);

// Those of the cells that are inspected.
std::vector<float> inspectedScores(const CellScores& cells);

// Seconds of one step on samples such as this one, once it is warm. The learner is changed.
double secondsOfStep(Learner& learner, const Sample& sample, std::int64_t batch, const RunContext& context);

}  // namespace engine
