// SPDX-License-Identifier: GPL-3.0-or-later
// The methods beside PatchCore, as somebody at a terminal meets them.
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::filesBelow;
using test::lineCount;
using test::Workshop;

TEST_CASE("Methods with a map give maps, overlays, a cut for pixels and an answer to explain") {
    const std::string method = GENERATE("spade", "padim");
    CAPTURE(method);
    const Workshop shop;
    shop.fitModel("m.anomaly", {"--method", method});
    CHECK(shop.runJson({"info", "m.anomaly"}).at("method") == method);
    const auto scored = shop.run({"score", "m.anomaly", "set/test", "--maps", "maps", "--overlays", "overlays"});
    INFO(scored.err);
    CHECK(scored.status == 0);
    CHECK(filesBelow(shop / "maps").size() == 8);
    CHECK(filesBelow(shop / "overlays").size() == 8);
    CHECK(shop.runJson({"threshold", "m.anomaly", "set", "--false-reject", "0.1"}).at("pixel").is_number());
    const auto json = shop.runJson({"evaluate", "m.anomaly", "set"});
    CHECK(json.at("image").at("auroc") == 1.0);
    CHECK(json.at("pixel").at("auroc").get<double>() > 0.8);
    const auto answer = shop.runJson({"explain", "m.anomaly", "set/test/spot/1.png"});
    CHECK(answer.at("similar").size() == (method == "spade" ? 3 : 0));
    const auto told = shop.run({"explain", "m.anomaly", "set/test/spot/1.png"});
    CHECK(told.out.find(method == "spade" ? "nearest good patches" : "none to show") != std::string::npos);
}

TEST_CASE("A method without a map says so wherever one is asked for, and leaves no file behind") {
    const Workshop shop;
    shop.fitModel("m.anomaly", {"--method", "mahalanobis"});
    const auto refused = [&](std::vector<std::string> arguments, const std::string& reason) {
        const auto result = shop.run(std::move(arguments));
        INFO(result.err);
        CHECK(result.status == 1);
        CHECK(result.err.find(reason) != std::string::npos);
    };
    refused({"score", "m.anomaly", "set/test", "--maps", "maps"}, "has no map");
    refused({"score", "m.anomaly", "set/test", "--overlays", "overlays"}, "has no map");
    refused({"threshold", "m.anomaly", "--fail", "3", "--pixel", "1"}, "has no map");
    refused({"explain", "m.anomaly", "set/test/spot/1.png", "--out", "e.png"}, "as a whole");
    for (const char* name : {"maps", "overlays", "e.png"}) CHECK_FALSE(std::filesystem::exists(shop / name));

    const auto point = shop.runJson({"threshold", "m.anomaly", "set", "--false-reject", "0.2"});
    CHECK(point.at("fail").is_number());
    CHECK(point.at("pixel").is_null());
    const auto csv = shop.run({"score", "m.anomaly", "set/test", "--csv", "-", "--quiet"});
    CHECK(csv.status == 0);
    CHECK(lineCount(csv.out) == 9);
    const auto result = shop.run({"evaluate", "m.anomaly", "set", "--json", "e.json", "--report", "e.html"});
    CHECK(result.status == 0);
    CHECK(shop.run({"evaluate", "m.anomaly", "set"}).out.find("the method has no map") != std::string::npos);
    const auto json = nlohmann::json::parse(test::contentOf(shop / "e.json"));
    CHECK(json.at("image").at("auroc").is_number());
    for (const char* key : {"auroc", "aupr", "f1max", "aupro30"}) CHECK(json.at("pixel").at(key).is_null());
    CHECK(test::contentOf(shop / "e.html").find("has no anomaly map") != std::string::npos);
}
