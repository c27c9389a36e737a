// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "engine/core/error.h"
#include "engine/detector/patchcore_parameters.h"
#include "engine/detector/setting.h"

using namespace engine;
using Catch::Contains;

TEST_CASE("PatchCore's settings read back as they were written, defaults and others") {
    const auto defaults = PatchCoreParameters().settings();
    CHECK(PatchCoreParameters::from(defaults).settings() == defaults);
    const std::map<std::string, std::string> others{
        {"coreset", "0.25"},    {"projection", "64"}, {"neighbourhood", "none,average,gaussian"},
        {"stage_scale", "rms"}, {"pca", "100"},       {"index", "flat"},
        {"reweight", "9"},      {"sigma", "2.5"},     {"pictures", "false"}};
    CHECK(PatchCoreParameters::from(others).settings() == others);
}

TEST_CASE("a coreset up to 1 is a share and above it a count") {
    CHECK(PatchCoreParameters::from({{"coreset", "1"}}).coresetShare == 1.0);
    CHECK(PatchCoreParameters::from({{"coreset", "1"}}).coresetCount == 0);
    CHECK(PatchCoreParameters::from({{"coreset", "500"}}).coresetCount == 500);
    for (const char* bad : {"0", "-1", "1.5", "x", "", "nan", "1e99"})
        CHECK_THROWS_AS(PatchCoreParameters::from({{"coreset", bad}}), Error);
}

TEST_CASE("an unknown key and a bad value are refused by name") {
    CHECK_THROWS_WITH(PatchCoreParameters::from({{"sigm", "4"}}), Contains("sigm") && Contains("sigma"));
    CHECK_THROWS_WITH(PatchCoreParameters::from({{"sigma", "4px"}}), Contains("sigma") && Contains("4px"));
    CHECK_THROWS_AS(PatchCoreParameters::from({{"pictures", "perhaps"}}), Error);
    CHECK_THROWS_AS(PatchCoreParameters::from({{"neighbourhood", "average,"}}), Error);
}

TEST_CASE("numbers are written so that they read back the same") {
    for (const double value : {0.1, 1.0 / 3, 4.0, 1e-9, 123456.789})
        CHECK(numberSetting("x", numberText(value), 0, 1e6) == value);
    CHECK(listSetting("a,b,,c") == std::vector<std::string>{"a", "b", "", "c"});
}
