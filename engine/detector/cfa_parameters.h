// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/detector/trained_fit.h"
#include "engine/features/patch_features.h"

namespace engine {

// Which patch of the next image a bank row is moved towards.
enum class BankMatch {
    Nearest,   // the one that is nearest to it, as in the paper: parts need not lie still
    Position,  // the one in its own cell, as in the published code
};

// As PatchCoreParameters: one name each, one set of defaults for all data, chosen by what docs/results.md reports.
struct CfaParameters {
    TrainSettings training{.epochs = 5, .batch = 4, .learningRate = 1e-3, .weightDecay = 5e-4, .patience = 0};
    // neighbourhood: none | average | gaussian, one a stage; the last for all further stages
    std::vector<Neighbourhood> neighbourhood{Neighbourhood::Average};
    double gammaD = 4;  // gamma_d: the descriptor has so many times fewer dimensions than the features
    BankMatch bank = BankMatch::Nearest;  // bank: nearest | position
    std::int64_t attracted = 3;           // k: bank rows that a descriptor is drawn to, and that a score looks at
    std::int64_t repelled = 3;            // j: the next ones, from which it is pushed away
    double radius = 1e-5;                 // radius: of the hyperspheres, to begin with; it is trained
    double margin = 0.1;                  // margin: alpha of the repulsion
    double nu = 1e-3;                     // nu
    double sigma = 4;                     // sigma: of the map's Gaussian, in pixels of the input
    bool pictures = true;                 // pictures: keep a small picture of each training image

    // Throws Error{InvalidArgument} naming the key that is unknown or the value that cannot be.
    static CfaParameters from(const std::map<std::string, std::string>& settings);
    std::map<std::string, std::string> settings() const;  // complete; from(settings()) is the same
};

}  // namespace engine
