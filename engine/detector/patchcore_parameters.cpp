// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patchcore_parameters.h"

#include "engine/core/error.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

constexpr std::int64_t maxCount = 100'000'000;

void set(PatchCoreParameters& p, const std::string& key, const std::string& value) {
    if (key == "coreset") {
        const double number = numberSetting(key, value, 0, static_cast<double>(maxCount));
        if (number <= 0)
            throw Error(ErrorCode::InvalidArgument, "coreset takes a share above 0 and up to 1, or a count");
        p.coresetCount = number > 1 ? integerSetting(key, value, 2, maxCount) : 0;
        p.coresetShare = number > 1 ? p.coresetShare : number;
    } else if (key == "projection") {
        p.projection = static_cast<int>(integerSetting(key, value, 0, 4096));
    } else if (key == "neighbourhood") {
        p.neighbourhood.clear();
        for (const std::string& name : listSetting(value)) p.neighbourhood.push_back(neighbourhoodFromName(name));
    } else if (key == "stage_scale") {
        if (value != "none" && value != "rms")
            throw Error(ErrorCode::InvalidArgument, "stage_scale takes none or rms, not '" + value + "'");
        p.stageScale = value == "rms" ? StageScale::Rms : StageScale::None;
    } else if (key == "pca") {
        p.pca = static_cast<int>(integerSetting(key, value, 0, 65536));
    } else if (key == "index") {
        p.index = indexKindFromName(value);
    } else if (key == "reweight") {
        p.reweight = static_cast<int>(integerSetting(key, value, 0, 64));
    } else if (key == "sigma") {
        p.sigma = numberSetting(key, value, 0, 64);
    } else if (key == "pictures") {
        p.pictures = switchSetting(key, value);
    } else {
        refuseSetting("patchcore", key, PatchCoreParameters().settings());
    }
}

}  // namespace

PatchCoreParameters PatchCoreParameters::from(const std::map<std::string, std::string>& settings) {
    PatchCoreParameters parameters;
    for (const auto& [key, value] : settings) set(parameters, key, value);
    return parameters;
}

std::map<std::string, std::string> PatchCoreParameters::settings() const {
    return {
        {"coreset", coresetCount > 0 ? std::to_string(coresetCount) : numberText(coresetShare)},
        {"projection", std::to_string(projection)},
        {"neighbourhood", namesOf(neighbourhood)},
        {"stage_scale", stageScale == StageScale::Rms ? "rms" : "none"},
        {"pca", std::to_string(pca)},
        {"index", std::string(nameOf(index))},
        {"reweight", std::to_string(reweight)},
        {"sigma", numberText(sigma)},
        {"pictures", pictures ? "true" : "false"},
    };
}

}  // namespace engine
