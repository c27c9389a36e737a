// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/spade_parameters.h"

#include "engine/detector/setting.h"

namespace engine {

SpadeParameters SpadeParameters::from(const std::map<std::string, std::string>& settings) {
    SpadeParameters p;
    for (const auto& [key, value] : settings) {
        if (key == "neighbours")
            p.neighbours = static_cast<int>(integerSetting(key, value, 1, 100'000));
        else if (key == "correspondences")
            p.correspondences = static_cast<int>(integerSetting(key, value, 1, 64));
        else if (key == "index")
            p.index = indexKindFromName(value);
        else if (key == "sigma")
            p.sigma = numberSetting(key, value, 0, 64);
        else if (key == "pictures")
            p.pictures = switchSetting(key, value);
        else
            refuseSetting("spade", key, SpadeParameters().settings());
    }
    return p;
}

std::map<std::string, std::string> SpadeParameters::settings() const {
    return {
        {"neighbours", std::to_string(neighbours)}, {"correspondences", std::to_string(correspondences)},
        {"index", std::string(nameOf(index))},      {"sigma", numberText(sigma)},
        {"pictures", pictures ? "true" : "false"},
    };
}

}  // namespace engine
