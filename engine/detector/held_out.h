// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/detector/evaluate.h"
#include "engine/detector/prepared_images.h"

namespace engine {

// Methods that train a network on pixels hold some good images out: the model has nothing of them, neither in its
// weights nor in its bank. They give the thresholds. Training anew for each fold would cost a fit a fold, and the
// scores of another network have another scale; the scores of the held-out images are the model's own. (Methods that
// train on stored features learn from every image and train anew for each fold: trained_folds.h.)

// Evenly spread, so that a drift over the day of the recording is in both parts. Below six images none is held out,
// else at least two, and no more than half.
bool isHeldOut(std::size_t image, std::size_t count, double share);

// The images of a fit, in two parts: indices into PreparedImages.
struct FitParts {
    std::vector<std::size_t> learned;
    std::vector<std::size_t> heldOut;

    FitParts(const PreparedImages& images, std::size_t count, double heldOutShare);
    // As the model keeps them: indices into its training images.
    std::vector<std::int32_t> learnedTraining(const PreparedImages& images) const;
    // From what the model has not learned, or from all there is.
    const std::vector<std::size_t>& forRange() const { return heldOut.empty() ? learned : heldOut; }
};

// Scores of the good images of the set that the model has not learned from. `learned`: indices into info.training.
// Throws Error{NotEnoughData} below two such images, Cancelled, what scoring throws.
CrossValidation scoreHeldOut(Detector& detector, const ModelInfo& info, std::span<const std::int32_t> learned,
                             const ImageSet& set, const RunContext& context);

// The same in a model file. Taking it throws Error{Corrupt} unless it is a rising list of at least one image of the
// `images` that there are.
void putLearned(TensorFile& file, std::span<const std::int32_t> learned);
std::vector<std::int32_t> takeLearned(TensorFile& file, std::size_t images);

}  // namespace engine
