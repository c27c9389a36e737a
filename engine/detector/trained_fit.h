// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/detector/method.h"
#include "engine/detector/prepared_images.h"
#include "engine/training/train_loop.h"

namespace engine {

// What the fits of methods with a network of their own share.

// The images of a fit, in two parts: indices into PreparedImages.
struct FitParts {
    std::vector<std::size_t> learned;
    std::vector<std::size_t> heldOut;

    FitParts(const PreparedImages& images, std::size_t count, double heldOutShare);
    // As the model keeps them: indices into its training images.
    std::vector<std::int32_t> learnedTraining(const PreparedImages& images) const;
};

// What a training goes by that can be resumed. The binding is a digest of all that decides the result: the settings,
// the seed, the input, the region and the images that are learned from.
TrainParameters trainParametersOf(const FitTask& task, const std::map<std::string, std::string>& settings,
                                  std::span<const std::int32_t> learned, std::int64_t epochs, std::int64_t batch);

// "images were sampled to 1 of 3 ...": for the notes of a model whose images did not fit the memory budget.
std::string sampledImagesNote(double keptShare);

// The seconds that `step` takes once it is warm: the second of two.
template <typename Step>
double secondsOf(const Step& step) {
    step();
    Stopwatch watch;
    step();
    return watch.lapMs() / 1000;
}

}  // namespace engine
