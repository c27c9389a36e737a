// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/padim_parameters.h"

#include <algorithm>

#include "engine/detector/setting.h"

namespace engine {

PadimParameters PadimParameters::from(const std::map<std::string, std::string>& settings) {
    PadimParameters p;
    for (const auto& [key, value] : settings) {
        if (key == "dimensions") {
            p.dimensions = static_cast<int>(integerSetting(key, value, 0, 4096));
        } else if (key == "epsilon") {
            p.epsilon = numberSetting(key, value, 1e-6, 1e6);
        } else if (key == "neighbourhood") {
            p.neighbourhood.clear();
            for (const std::string& name : listSetting(value)) p.neighbourhood.push_back(neighbourhoodFromName(name));
        } else if (key == "sigma") {
            p.sigma = numberSetting(key, value, 0, 64);
        } else {
            refuseSetting("padim", key, PadimParameters().settings());
        }
    }
    return p;
}

std::map<std::string, std::string> PadimParameters::settings() const {
    return {
        {"dimensions", std::to_string(dimensions)},
        {"epsilon", numberText(epsilon)},
        {"neighbourhood", namesOf(neighbourhood)},
        {"sigma", numberText(sigma)},
    };
}

int PadimParameters::drawn(int all) const {
    constexpr int narrow = 512;  // a ResNet18 has 448
    const int wanted = dimensions > 0 ? dimensions : (all <= narrow ? 100 : 550);
    return std::min(wanted, all);
}

}  // namespace engine
