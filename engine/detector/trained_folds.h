// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "engine/detector/evaluate.h"
#include "engine/detector/method.h"

namespace engine {

// Thresholds for methods that train on stored features, such as CFA and PFM: their training is short, and every good
// image is worth learning from. (Those that train on pixels hold images out instead: held_out.h.)
//
// Good images, each scored by a model that has never seen it: `train` gets the indices (into used()) to learn from and
// gives back what scores another image. So every fold is a training of its own, of the same length as the fit's: the
// weights of the fit have seen every image. That the folds are at most three keeps it in reach; a model of two thirds
// of the images scores good parts somewhat higher than the fitted one, which errs on the side of fewer false rejects.
using ScoreImage = std::function<Prediction(std::size_t index)>;
CrossValidation crossValidateTrained(const TrainingImages& images, const ImageSet& set, int folds,
                                     const RunContext& context,
                                     const std::function<ScoreImage(const std::vector<std::size_t>&)>& train);

// Those of the cells that are inspected.
std::vector<float> inspectedScores(const CellScores& cells);

}  // namespace engine
