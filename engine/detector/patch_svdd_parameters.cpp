// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patch_svdd_parameters.h"

#include "engine/core/error.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

void set(PatchSvddParameters& p, const std::string& key, const std::string& value) {
    if (key == "epochs") {
        p.epochs = integerSetting(key, value, 1, 1'000'000);
    } else if (key == "crops") {
        p.crops = integerSetting(key, value, 1, 1'000'000);
    } else if (key == "crop") {
        p.crop = integerSetting(key, value, 64, 2048);
    } else if (key == "batch") {
        p.batch = integerSetting(key, value, 1, 1024);
    } else if (key == "pairs") {
        p.pairs = integerSetting(key, value, 1, 4096);
    } else if (key == "learning_rate") {
        p.learningRate = numberSetting(key, value, 1e-8, 1);
    } else if (key == "lambda") {
        p.pull = numberSetting(key, value, 0, 1e6);
    } else if (key == "noise") {
        p.noise = numberSetting(key, value, 0, 1);
    } else if (key == "dimensions") {
        p.dimensions = integerSetting(key, value, 1, 1024);
    } else if (key == "stride") {
        p.stride = integerSetting(key, value, 2, 8);
        if (p.stride != 2 && p.stride != 4 && p.stride != 8)
            throw Error(ErrorCode::InvalidArgument, "stride takes 2, 4 or 8, not '" + value + "'");
    } else if (key == "coreset") {
        p.coreset = numberSetting(key, value, 1e-6, 1);
    } else if (key == "index") {
        p.index = indexKindFromName(value);
    } else if (key == "held_out") {
        p.heldOut = numberSetting(key, value, 0, 0.5);
    } else if (key == "pictures") {
        p.pictures = switchSetting(key, value);
    } else {
        std::string known;
        for (const auto& [name, unused] : PatchSvddParameters().settings()) known += (known.empty() ? "" : ", ") + name;
        throw Error(ErrorCode::InvalidArgument, "patch-svdd has no parameter '" + key + "'; it has " + known);
    }
}

}  // namespace

PatchSvddParameters PatchSvddParameters::from(const std::map<std::string, std::string>& settings) {
    PatchSvddParameters parameters;
    for (const auto& [key, value] : settings) set(parameters, key, value);
    return parameters;
}

std::map<std::string, std::string> PatchSvddParameters::settings() const {
    return {
        {"epochs", std::to_string(epochs)},
        {"crops", std::to_string(crops)},
        {"crop", std::to_string(crop)},
        {"batch", std::to_string(batch)},
        {"pairs", std::to_string(pairs)},
        {"learning_rate", numberText(learningRate)},
        {"lambda", numberText(pull)},
        {"noise", numberText(noise)},
        {"dimensions", std::to_string(dimensions)},
        {"stride", std::to_string(stride)},
        {"coreset", numberText(coreset)},
        {"index", std::string(nameOf(index))},
        {"held_out", numberText(heldOut)},
        {"pictures", pictures ? "true" : "false"},
    };
}

}  // namespace engine
