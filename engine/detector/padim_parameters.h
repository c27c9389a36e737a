// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/features/patch_features.h"

namespace engine {

// Every parameter has a name, by which it is set (`--set name=value`) and written into the model.
struct PadimParameters {
    int dimensions = 0;     // dimensions: how many are drawn; 0: 100 of up to 512, 550 of more
    double epsilon = 0.01;  // epsilon: added to the diagonal of every covariance
    // neighbourhood: none | average | gaussian, one a stage; the last for all further stages
    std::vector<Neighbourhood> neighbourhood{Neighbourhood::None};
    double sigma = 4;  // sigma: of the map's Gaussian, in pixels of the input

    // Throws Error{InvalidArgument} naming the key that is unknown or the value that cannot be.
    static PadimParameters from(const std::map<std::string, std::string>& settings);
    std::map<std::string, std::string> settings() const;  // complete; from(settings()) is the same

    // How many of `all` are drawn.
    int drawn(int all) const;
};

}  // namespace engine
