// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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
    BackboneOptions backbone;  // its precision is that of scoring: a fit computes in fp32
    // The second network of methods that compare two.
    BackboneOptions partner = {"efficientnet_lite2", {}, "auto", Precision::Fp32};
    PreprocessParameters preprocess;
    Region region;
    std::map<std::string, std::string> settings;  // of the method: see PatchCoreParameters
    std::int64_t limit = 0;                       // at most so many training images, evenly spread; 0: all
    std::uint64_t seed = 0;
    std::int64_t memoryBudgetBytes = 0;  // for the candidates; 0: half of the free memory
    // Trained methods: where each epoch is kept, so that a fit that was stopped goes on from there (see
    // TrainParameters). Empty: nowhere. The caller removes the file once the model is saved.
    std::filesystem::path checkpoint;
};

// The pretrained networks that a fit looks through, as methodNetworks() says. They must outlive the call.
struct FitWeights {
    FitWeights() = default;
    FitWeights(const TensorFile& first) : backbone(&first) {}  // NOLINT: most methods look through one
    FitWeights(const TensorFile& first, const TensorFile& second) : backbone(&first), partner(&second) {}

    const TensorFile* backbone = nullptr;
    const TensorFile* partner = nullptr;
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
    std::int64_t epochs = 0;  // 0: the method trains nothing
};

struct FitTimes {       // seconds, wall clock
    double decode = 0;  // waited for, beside the network
    double backbone = 0;
    double features = 0;
    double coreset = 0;
    double training = 0;
    double total = 0;
};

struct FitResult {
    Model model;
    std::vector<ImageFailure> failures;
    std::int64_t imagesUsed = 0;
    FitTimes times;
};

// Needs no image decoded, only headers. Throws as fit.
FitEstimate estimateFit(const FitParameters& parameters, const ImageSet& set, const FitWeights& weights,
                        const RunContext& context);

// From the good training images of a set to a model in memory. Nothing is written. Bad images are listed and passed
// over. Throws Cancelled, Error: NotEnoughData (no readable good image), InvalidArgument (weights are missing too),
// Mismatch, NoDevice, OutOfMemory.
FitResult fit(const FitParameters& parameters, const ImageSet& set, const FitWeights& weights,
              const RunContext& context);

// Names of the methods that fit() knows.
std::vector<std::string> methods();
// What `--set` can change, with the method's defaults. Throws Error{InvalidArgument}.
std::map<std::string, std::string> methodSettings(std::string_view method);
// How many pretrained networks a method looks through: 0, 1 or 2. Throws Error{InvalidArgument}.
int methodNetworks(std::string_view method);
// Whether it has epochs: a setting `epochs`, a checkpoint, a curve of losses. Throws Error{InvalidArgument}.
bool methodTrains(std::string_view method);

}  // namespace engine
