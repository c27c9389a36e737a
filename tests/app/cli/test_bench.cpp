// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/app/cli/workshop.h"

using test::Workshop;

namespace {

// What a bench writes on standard output; the remarks for people are on standard error.
nlohmann::json measured(const Workshop& shop, const std::vector<std::string>& arguments) {
    const auto result = shop.run(arguments);
    INFO(result.err);
    REQUIRE(result.status == 0);
    return nlohmann::json::parse(result.out);
}

}  // namespace

TEST_CASE("bench measures an image in its parts, and the search finds what faiss finds") {
    const Workshop shop;
    shop.fitModel();
    const auto json = measured(shop, {"bench", "score", "m.anomaly", "set", "--limit", "3", "--quiet"});
    CHECK(json.at("images") == 3);
    for (const char* key : {"backbone_ms", "search_ms", "faiss_flat_ms", "total_ms"}) {
        INFO(key);
        CHECK(json.at(key).get<double>() > 0);
    }
    for (const char* stage : {"decode", "preprocess", "network", "descriptors", "search", "map"}) {
        INFO(stage);
        CHECK(json.at("stages_ms").at(stage).get<double>() >= 0);
    }
}

TEST_CASE("bench compares the throughput of a folder with that of its stages, for a model of any method") {
    const Workshop shop;
    shop.fitModel();
    shop.fitModel("p.anomaly", {"--method", "padim"});
    for (const char* model : {"m.anomaly", "p.anomaly"}) {
        INFO(model);
        const auto json = measured(shop, {"bench", "throughput", model, "set", "--images", "80", "--quiet"});
        CHECK(json.at("images") == 80);
        const double slowest =
            std::max(json.at("decode_alone_ms").get<double>(), json.at("score_alone_ms").get<double>());
        CHECK(slowest > 0);
        CHECK(json.at("share_of_slowest").get<double>() ==
              Approx(slowest / json.at("together_ms").get<double>()).epsilon(1e-6));
        CHECK(json.at("rss_bytes").get<double>() > 1e6);
        CHECK(json.at("rss_bytes_per_image").is_number());
    }
}

TEST_CASE("bench compares a whole fit with its parts, each alone") {
    const Workshop shop;
    shop.drawImageSet();
    const std::vector<std::string> fit{"bench", "fit", "set", "--backbone", "resnet18", "--size", "64", "--quiet"};
    const auto json = measured(shop, fit);
    const double parts = json.at("decode_alone_s").get<double>() + json.at("forward_alone_s").get<double>() +
                         json.at("coreset_alone_s").get<double>();
    CHECK(parts > 0);
    CHECK(json.at("fit_over_parts").get<double>() == Approx(json.at("fit_s").get<double>() / parts).epsilon(1e-6));
    CHECK(json.at("peak_rss_bytes").get<double>() > json.at("candidate_bytes").get<double>());
    CHECK(json.at("candidate_bytes").get<double>() > 0);
    CHECK(json.at("images").get<int>() > 0);
    const auto refused = [&](const std::string& option, const std::string& value) {
        auto arguments = fit;
        arguments.insert(arguments.end(), {option, value});
        const auto result = shop.run(arguments);
        CHECK(test::lineCount(result.err) == 1);
        return result.status;
    };
    CHECK(refused("--method", "padim") == 1);
    CHECK(refused("--limit", "3") == 2);
}

TEST_CASE("bench refuses a set with an image that cannot be read, and one without images") {
    const Workshop shop;
    shop.fitModel();
    test::writeFile(shop / "set/test/good/broken.png", "no picture");
    const auto broken = shop.run({"bench", "throughput", "m.anomaly", "set", "--images", "80", "--quiet"});
    CHECK(broken.status == 1);
    CHECK(broken.err.find("broken.png") != std::string::npos);
    CHECK(test::lineCount(broken.err) == 1);
    std::filesystem::create_directory(shop / "empty");
    CHECK(shop.run({"bench", "throughput", "m.anomaly", "empty", "--quiet"}).status == 1);
}
