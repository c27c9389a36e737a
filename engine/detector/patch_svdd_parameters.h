// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/detector/trained_fit.h"
#include "engine/search/neighbour_index.h"

namespace engine {

// Every parameter has a name, by which it is set (`--set name=value`) and written into the model. docs/results.md has
// the measurements behind the defaults.
struct PatchSvddParameters {
    TrainSettings training{.epochs = 12, .batch = 2, .learningRate = 5e-4};  // batch: crops of a step
    std::int64_t crops = 40;       // crops: of each epoch, however many images there are
    std::int64_t crop = 192;       // crop: side in pixels, at least 64; no more than the input has
    std::int64_t pairs = 128;      // pairs: of patches, of each kind and each size, in a crop
    double pull = 0.001;           // lambda: what the SVDD loss weighs beside the loss of the positions
    double noise = 0.02;           // noise: deviation of the colour shift and of the pixels, of values in [0, 1]
    std::int64_t dimensions = 64;  // dimensions: of a patch's descriptor
    std::int64_t stride = 4;       // stride: of the 32-pixel patches, 2 | 4 | 8; those of 64 pixels have four times it
    double coreset = 1;            // coreset: share of the patches that is kept, in (0, 1]
    IndexKind index = IndexKind::Exact;  // index: exact | flat | approximate
    double heldOut = 0.2;  // held_out: share of the good images that is never learned from, but for thresholds
    bool pictures = true;  // pictures: keep a small picture of each training image

    // Throws Error{InvalidArgument} naming the key that is unknown or the value that cannot be.
    static PatchSvddParameters from(const std::map<std::string, std::string>& settings);
    std::map<std::string, std::string> settings() const;  // complete; from(settings()) is the same
};

}  // namespace engine
