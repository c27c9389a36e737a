// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patch_svdd_parameters.h"

#include "engine/core/error.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

void set(PatchSvddParameters& p, const std::string& key, const std::string& value) {
    if (p.training.set(key, value)) return;
    if (key == "crops") {
        p.crops = integerSetting(key, value, 1, 1'000'000);
    } else if (key == "crop") {
        p.crop = integerSetting(key, value, 64, 2048);
    } else if (key == "pairs") {
        p.pairs = integerSetting(key, value, 1, 4096);
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
        refuseSetting("patch-svdd", key, PatchSvddParameters().settings());
    }
}

}  // namespace

PatchSvddParameters PatchSvddParameters::from(const std::map<std::string, std::string>& settings) {
    PatchSvddParameters parameters;
    for (const auto& [key, value] : settings) set(parameters, key, value);
    return parameters;
}

std::map<std::string, std::string> PatchSvddParameters::settings() const {
    std::map<std::string, std::string> settings{
        {"crops", std::to_string(crops)},
        {"crop", std::to_string(crop)},
        {"pairs", std::to_string(pairs)},
        {"lambda", numberText(pull)},
        {"noise", numberText(noise)},
        {"dimensions", std::to_string(dimensions)},
        {"stride", std::to_string(stride)},
        {"coreset", numberText(coreset)},
        {"index", std::string(nameOf(index))},
        {"held_out", numberText(heldOut)},
        {"pictures", pictures ? "true" : "false"},
    };
    training.put(settings);
    return settings;
}

}  // namespace engine
