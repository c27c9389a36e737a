// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/backbone/backbone.h"
#include "engine/core/run_context.h"
#include "engine/dataset/image_set.h"
#include "engine/detector/model.h"
#include "engine/image/image_stream.h"
#include "engine/image/preprocess.h"

namespace engine {

struct FitParameters {
    std::string method = "patchcore";
    BackboneOptions backbone;
    PreprocessParameters preprocess;
    Region region;
    std::map<std::string, std::string> settings;  // of the method: see PatchCoreParameters
    std::int64_t limit = 0;                       // at most so many training images, evenly spread; 0: all
    std::uint64_t seed = 0;
    std::int64_t memoryBudgetBytes = 0;  // for the candidates; 0: half of the free memory
};

struct FitEstimate {
    std::int64_t images = 0;
    std::int64_t candidates = 0;
    std::int64_t bankRows = 0;
    std::int64_t bankDimensions = 0;
    std::int64_t peakBytes = 0;
    std::int64_t modelBytes = 0;
    double seconds = 0;       // from a timed forward pass on this machine
    bool overBudget = false;  // more than the memory budget would be needed; `note` says what is done about it
    std::string note;         // for people; may be empty
};

struct FitTimes {       // seconds, wall clock
    double decode = 0;  // waited for, beside the network
    double backbone = 0;
    double features = 0;
    double coreset = 0;
    double total = 0;
};

struct FitResult {
    Model model;
    std::vector<ImageFailure> failures;
    std::int64_t imagesUsed = 0;
    FitTimes times;
};

// Needs no image decoded, only headers. Throws as fit.
FitEstimate estimateFit(const FitParameters& parameters, const ImageSet& set, const TensorFile& weights,
                        const RunContext& context);

// From the good training images of a set to a model in memory. Nothing is written. Bad images are listed and passed
// over. Throws Cancelled, Error: NotEnoughData (no readable good image), InvalidArgument, Mismatch, NoDevice,
// OutOfMemory.
FitResult fit(const FitParameters& parameters, const ImageSet& set, const TensorFile& weights,
              const RunContext& context);

// Names of the methods that fit() knows.
std::vector<std::string> methods();

}  // namespace engine
