// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "engine/search/neighbour_index.h"

namespace engine {

// Every parameter has a name, by which it is set (`--set name=value`) and written into the model.
struct SpadeParameters {
    int neighbours = 50;                 // neighbours: K, the images that a picture is compared with
    int correspondences = 1;             // correspondences: how many nearest pixels of theirs a pixel is compared with
    IndexKind index = IndexKind::Exact;  // index: exact | flat | approximate
    double sigma = 4;                    // sigma: of the map's Gaussian, in pixels of the input
    bool pictures = true;                // pictures: keep a small picture of each training image

    // Throws Error{InvalidArgument} naming the key that is unknown or the value that cannot be.
    static SpadeParameters from(const std::map<std::string, std::string>& settings);
    std::map<std::string, std::string> settings() const;  // complete; from(settings()) is the same
};

}  // namespace engine
