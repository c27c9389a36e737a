// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/backbone/backbone.h"
#include "engine/core/run_context.h"
#include "engine/detector/detector.h"
#include "engine/image/preprocess.h"
#include "engine/image/region.h"
#include "engine/metrics/operating_point.h"

namespace engine {

inline constexpr int modelFormatVersion = 1;

struct TrainingImage {
    std::string name;    // relative to the image set
    std::string sha256;  // of the file's bytes
    int width = 0;       // upright
    int height = 0;
};

// What a model file says of itself, without its tensors.
struct ModelInfo {
    int formatVersion = modelFormatVersion;
    std::string method;
    std::map<std::string, std::string> parameters;  // of the method, as --set takes them; complete
    InputSpec input;
    std::string backboneName;  // empty: the method needs no pretrained network
    std::string backboneSha256;
    std::vector<StageName> stages;
    Precision precision = Precision::Fp32;  // of scoring; what was fitted was computed in fp32
    std::string partnerName;                // the second network of a method that compares two; else empty
    std::string partnerSha256;
    std::vector<StageName> partnerStages;
    std::vector<double> losses;  // the mean training loss of each epoch, in the method's own unit; empty: not trained
    std::uint64_t seed = 0;
    std::int64_t bankRows = 0;
    std::int64_t bankDimensions = 0;
    std::int64_t candidates = 0;
    bool hasRegion = false;
    std::string trainingSet;  // name of the folder or list, without its path
    std::vector<TrainingImage> training;
    std::vector<std::string> notes;  // what was not as asked: "candidates sampled to 1 of 3 to stay within 4 GB"
    // What good patches score when their own image is left out of the bank: where an overlay starts to show (95th
    // percentile) and where it is full (twice the 99.9th). The range belongs to the model, so that a good part looks
    // calm.
    double mapLow = 0;
    double mapHigh = 1;  // not above mapLow: the method has no map
    OperatingPoint operatingPoint;
};

struct Model {
    ModelInfo info;
    std::unique_ptr<Detector> detector;
    Region region;
    std::vector<std::vector<std::byte>> pictures;  // of the training images: a small JPEG each, may be empty
};

struct OpenOptions {
    std::string device = "auto";
    std::optional<Precision> precision;  // empty: the model's own
};

// The `.anomaly` file: a safetensors container whose metadata is JSON. Same content, same bytes. Atomic.
// Throws Error{WriteFailed}.
void saveModel(const std::filesystem::path& path, const Model& model);
// Throws Error: NotFound, Unreadable, Corrupt, Unsupported (a newer format, an unknown method), NoDevice, OutOfMemory.
Model openModel(const std::filesystem::path& path, const OpenOptions& options, const RunContext& context);
// The same from memory; `name` is used in messages.
Model openModel(std::span<const std::byte> bytes, const std::filesystem::path& name, const OpenOptions& options,
                const RunContext& context);
// The metadata alone; quick at any size. Throws as openModel.
ModelInfo readModelInfo(const std::filesystem::path& path);
// The region of interest alone, without the detector; reads the file only if it has one. Throws as openModel.
Region readModelRegion(const std::filesystem::path& path);
// Changes the operating point and nothing else. Atomic.
void writeOperatingPoint(const std::filesystem::path& path, const OperatingPoint& point);

}  // namespace engine
