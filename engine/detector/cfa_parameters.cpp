// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/cfa_parameters.h"

#include "engine/core/error.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

std::string joined(const std::vector<Neighbourhood>& neighbourhoods) {
    std::string text;
    for (const Neighbourhood n : neighbourhoods) text += (text.empty() ? "" : ",") + std::string(nameOf(n));
    return text;
}

void set(CfaParameters& p, const std::string& key, const std::string& value) {
    if (p.training.set(key, value)) return;
    if (key == "neighbourhood") {
        p.neighbourhood.clear();
        for (const std::string& name : listSetting(value)) p.neighbourhood.push_back(neighbourhoodFromName(name));
    } else if (key == "gamma_d") {
        p.gammaD = numberSetting(key, value, 0.125, 1024);
    } else if (key == "bank") {
        if (value != "nearest" && value != "position")
            throw Error(ErrorCode::InvalidArgument, "bank takes nearest or position, not '" + value + "'");
        p.bank = value == "nearest" ? BankMatch::Nearest : BankMatch::Position;
    } else if (key == "k") {
        p.attracted = integerSetting(key, value, 1, 64);
    } else if (key == "j") {
        p.repelled = integerSetting(key, value, 0, 64);
    } else if (key == "radius") {
        p.radius = numberSetting(key, value, 0, 1e6);
    } else if (key == "margin") {
        p.margin = numberSetting(key, value, 0, 1e6);
    } else if (key == "nu") {
        p.nu = numberSetting(key, value, 1e-6, 1);
    } else if (key == "sigma") {
        p.sigma = numberSetting(key, value, 0, 64);
    } else if (key == "pictures") {
        p.pictures = switchSetting(key, value);
    } else {
        refuseSetting("cfa", key, CfaParameters().settings());
    }
}

}  // namespace

CfaParameters CfaParameters::from(const std::map<std::string, std::string>& settings) {
    CfaParameters parameters;
    for (const auto& [key, value] : settings) set(parameters, key, value);
    return parameters;
}

std::map<std::string, std::string> CfaParameters::settings() const {
    std::map<std::string, std::string> settings{
        {"neighbourhood", joined(neighbourhood)},
        {"gamma_d", numberText(gammaD)},
        {"bank", bank == BankMatch::Nearest ? "nearest" : "position"},
        {"k", std::to_string(attracted)},
        {"j", std::to_string(repelled)},
        {"radius", numberText(radius)},
        {"margin", numberText(margin)},
        {"nu", numberText(nu)},
        {"sigma", numberText(sigma)},
        {"pictures", pictures ? "true" : "false"},
    };
    training.put(settings);
    return settings;
}

}  // namespace engine
