// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::Workshop;

// Methods that train a network, as somebody at the command line meets them.

TEST_CASE("A trained fit that is interrupted tells how to go on, and goes on to the same model") {
    const Workshop shop;
    const std::vector<std::string> method{"--method", "cfa", "--epochs", "40"};
    const auto whole = test::contentOf(shop.fitModel("whole.anomaly", method));
    auto process = shop.start(shop.fitArguments("m.anomaly", method));
    for (int i = 0; i < 1000 && !std::filesystem::exists(shop / "m.anomaly.training"); ++i) ::usleep(10'000);
    process.send(SIGINT);
    const auto stopped = process.finish();
    INFO(stopped.err);
    CHECK(stopped.status == 130);
    CHECK(stopped.err.find("kept in m.anomaly.training; the same command goes on from there") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(shop / "m.anomaly"));
    const auto resumed = shop.run(shop.fitArguments("m.anomaly", method));
    INFO(resumed.err);
    CHECK(resumed.status == 0);
    CHECK(resumed.err.find("training goes on after epoch") != std::string::npos);
    CHECK(test::contentOf(shop / "m.anomaly") == whole);
    CHECK_FALSE(std::filesystem::exists(shop / "m.anomaly.training"));
}

TEST_CASE("Epochs and losses are in what a fit says and in what info reads") {
    const Workshop shop;
    shop.fitModel("m.anomaly", {"--method", "cfa", "--epochs", "3", "--json", "fit.json"});
    const auto fit = nlohmann::json::parse(test::contentOf(shop / "fit.json"));
    CHECK(fit.at("parameters").at("epochs") == "3");
    REQUIRE(fit.at("losses").size() == 3);
    CHECK(fit.at("losses")[2] < fit.at("losses")[0]);
    CHECK(fit.at("timing_s").at("training") > 0);
    const auto info = shop.runJson({"info", "m.anomaly"});
    CHECK(info.at("losses") == fit.at("losses"));
    CHECK(shop.run({"info", "m.anomaly"}).out.find("in 3 epochs") != std::string::npos);
}

TEST_CASE("Options that a method has no use for are wrong usage") {
    const Workshop shop;
    const auto options = GENERATE(values<std::vector<std::string>>({
        {"--epochs", "3"},
        {"--method", "cfa", "--epochs", "3", "--set", "epochs=4"},
        {"--method", "cfa", "--partner-backbone", "resnet34"},
        {"--partner-weights", "weights.safetensors"},
    }));
    const auto result = shop.run(shop.fitArguments("m.anomaly", options));
    INFO(result.err);
    CHECK(result.status == 2);
    CHECK(test::lineCount(result.err) == 1);
}
