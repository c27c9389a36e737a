// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "engine/core/error.h"
#include "engine/detector/mahalanobis_parameters.h"
#include "engine/detector/padim_parameters.h"
#include "engine/detector/spade_parameters.h"

using namespace engine;
using Catch::Contains;

namespace {

using Settings = std::map<std::string, std::string>;

template <typename Parameters>
void readBack(const Settings& others) {
    const Settings defaults = Parameters().settings();
    CHECK(Parameters::from(defaults).settings() == defaults);
    CHECK(Parameters::from(others).settings() == others);
    for (const auto& [key, value] : others) {
        CHECK(defaults.at(key) != value);
        CHECK_THROWS_AS(Parameters::from({{key, "?"}}), Error);
    }
    CHECK_THROWS_WITH(Parameters::from({{"colour", "1"}}), Contains("colour") && Contains(defaults.begin()->first));
}

}  // namespace

TEST_CASE("settings of the other methods read back as they were written, and bad ones are refused") {
    readBack<SpadeParameters>(
        {{"neighbours", "7"}, {"correspondences", "3"}, {"index", "flat"}, {"sigma", "2.5"}, {"pictures", "false"}});
    readBack<PadimParameters>(
        {{"dimensions", "64"}, {"epsilon", "0.5"}, {"neighbourhood", "gaussian,average"}, {"sigma", "0"}});
    readBack<MahalanobisParameters>({{"reduction", "npca"}, {"variance", "0.95"}});
}

TEST_CASE("PaDiM draws a hundred of few dimensions and 550 of many, never more than there are") {
    const PadimParameters automatic;
    CHECK(automatic.drawn(448) == 100);
    CHECK(automatic.drawn(1792) == 550);
    CHECK(automatic.drawn(64) == 64);
    CHECK(PadimParameters::from({{"dimensions", "300"}}).drawn(448) == 300);
    CHECK(PadimParameters::from({{"dimensions", "300"}}).drawn(200) == 200);
}
