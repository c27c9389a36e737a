// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/features/patch_features.h"
#include "engine/search/coreset.h"
#include "engine/search/neighbour_index.h"

namespace engine {

// How the stages are weighed against each other.
enum class StageScale {
    None,  // as the network gives them
    Rms,   // each divided by its root mean square over the training set, so that each lends as much to a distance
};

// Every parameter has a name, by which it is set (`--set name=value`) and written into the model. One set of defaults
// for all data; docs/results.md has the measurements that chose them.
struct PatchCoreParameters {
    double coresetShare = 0.10;     // coreset: a share in (0, 1] ...
    std::int64_t coresetCount = 0;  // ... or, above 1, a count
    int projection = 128;           // projection: dimensions of the coreset's random projection
    // neighbourhood: none | average | gaussian, one a stage; the last for all further stages
    std::vector<Neighbourhood> neighbourhood{Neighbourhood::Gaussian, Neighbourhood::Average};
    StageScale stageScale = StageScale::None;  // stage_scale: none | rms
    int pca = 192;                             // pca: dimensions; 0, or no fewer than the descriptor has: none
    IndexKind index = IndexKind::Exact;        // index: exact | flat | approximate
    int reweight = 0;                          // reweight: b of Eq. 7; 0: the largest distance as it is
    double sigma = 5;                          // sigma: of the map's Gaussian, in pixels of the input
    bool pictures = true;                      // pictures: keep a small picture of each training image

    // Throws Error{InvalidArgument} naming the key that is unknown or the value that cannot be.
    static PatchCoreParameters from(const std::map<std::string, std::string>& settings);
    std::map<std::string, std::string> settings() const;  // complete; from(settings()) is the same
};

}  // namespace engine
