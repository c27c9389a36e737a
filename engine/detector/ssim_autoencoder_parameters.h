// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/detector/trained_fit.h"

namespace engine {

// What the autoencoder takes for its 128 x 128 pixels.
enum class AutoencoderView {
    Whole,    // the whole input, shrunk
    Patches,  // each part of it at its own size
};

// Every parameter has a name, by which it is set (`--set name=value`) and written into the model. docs/results.md has
// the measurements behind the defaults.
struct SsimAutoencoderParameters {
    // batch: patches of a step
    TrainSettings training{.epochs = 20, .batch = 16, .learningRate = 1e-3, .weightDecay = 1e-5};
    AutoencoderView view = AutoencoderView::Whole;  // view: whole | patches
    std::int64_t patches = 320;                     // patches: of each epoch, or images, however many there are
    std::int64_t latent = 100;                      // latent: size of the code that a patch goes through
    std::int64_t window = 11;                       // window: of the structural similarity, in loss and map; odd
    std::int64_t stride = 30;  // stride: of the patches that an image is scored by, in pixels of the input
    double heldOut = 0.2;      // held_out: share of the good images that is never learned from, but for thresholds
    bool pictures = true;      // pictures: keep a small picture of each training image

    // Throws Error{InvalidArgument} naming the key that is unknown or the value that cannot be.
    static SsimAutoencoderParameters from(const std::map<std::string, std::string>& settings);
    std::map<std::string, std::string> settings() const;  // complete; from(settings()) is the same
};

}  // namespace engine
