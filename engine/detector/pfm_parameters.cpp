// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/pfm_parameters.h"

#include "engine/core/error.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

void set(PfmParameters& p, const std::string& key, const std::string& value) {
    if (p.training.set(key, value)) return;
    if (key == "finest_rate") {
        p.finestRate = numberSetting(key, value, 1e-3, 1e3);
    } else if (key == "latent") {
        p.latentShare = numberSetting(key, value, 0.01, 8);
    } else if (key == "sigma") {
        p.sigma = numberSetting(key, value, 0, 64);
    } else if (key == "pictures") {
        p.pictures = switchSetting(key, value);
    } else {
        refuseSetting("pfm", key, PfmParameters().settings());
    }
}

}  // namespace

PfmParameters PfmParameters::from(const std::map<std::string, std::string>& settings) {
    PfmParameters parameters;
    for (const auto& [key, value] : settings) set(parameters, key, value);
    return parameters;
}

std::map<std::string, std::string> PfmParameters::settings() const {
    std::map<std::string, std::string> settings{
        {"finest_rate", numberText(finestRate)},
        {"latent", numberText(latentShare)},
        {"sigma", numberText(sigma)},
        {"pictures", pictures ? "true" : "false"},
    };
    training.put(settings);
    return settings;
}

}  // namespace engine
