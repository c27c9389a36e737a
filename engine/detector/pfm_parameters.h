// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/detector/trained_fit.h"

namespace engine {

// As PatchCoreParameters: one name each, one set of defaults for all data, chosen by what docs/results.md reports.
struct PfmParameters {
    TrainSettings training{.epochs = 20, .batch = 1, .learningRate = 3e-4, .weightDecay = 1e-5, .patience = 0};
    double finestRate = 10;    // finest_rate: the finest stage's learning rate is so many times learning_rate
    double latentShare = 0.8;  // latent: width of the middle of a mapping, as a share of the wider network's channels
    double sigma = 4;          // sigma: of the map's Gaussian, in pixels of the input
    bool pictures = true;      // pictures: keep a small picture of each training image

    // Throws Error{InvalidArgument} naming the key that is unknown or the value that cannot be.
    static PfmParameters from(const std::map<std::string, std::string>& settings);
    std::map<std::string, std::string> settings() const;  // complete; from(settings()) is the same
};

}  // namespace engine
