// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::Workshop;

namespace {

struct Outcome {
    nlohmann::json point, evaluation;
    std::string scores, report;
};

Outcome inspect(const Workshop& shop, int good, const std::vector<std::string>& backbone) {
    std::vector<std::string> fit{"fit", "sample", "--out", "m.anomaly"};
    fit.insert(fit.end(), backbone.begin(), backbone.end());
    Outcome outcome;
    CHECK(shop.runJson(fit).at("images").at("used") == good);
    outcome.point = shop.runJson({"threshold", "m.anomaly", "sample", "--false-reject", "0.1"});
    const auto scored =
        shop.run({"score", "m.anomaly", "sample/test", "--csv", "-", "--overlays", "overlays", "--quiet"});
    CHECK(scored.status == 0);
    outcome.scores = scored.out;
    outcome.evaluation = shop.runJson({"evaluate", "m.anomaly", "sample", "--report", "report.html"});
    outcome.report = test::contentOf(shop / "report.html");
    return outcome;
}

}  // namespace

TEST_CASE("From a generated image set to verdicts, overlays and a report") {
    const Workshop shop;
    REQUIRE(shop.run({"sample", "sample", "--good", "12", "--defect", "8", "--seed", "4", "--quiet"}).status == 0);
    const auto outcome = inspect(shop, 12, {"--backbone", "resnet18", "--size", "96"});
    const auto& counts = outcome.evaluation.at("counts");
    CHECK(counts.at("good") == 4);
    CHECK(counts.at("defect") == 8);
    CHECK(counts.at("masks") == 8);
    CHECK(counts.at("unreadable") == 0);
    // Random weights see the coarse things only; better than chance is what they owe.
    CHECK(outcome.evaluation.at("pixel").at("auroc").get<double>() > 0.6);
    CHECK(outcome.evaluation.at("operating_point").at("fail") == outcome.point.at("fail"));
    CHECK(test::lineCount(outcome.scores) == 13);
    CHECK(test::filesBelow(shop / "overlays").size() == 12);
    CHECK(outcome.report.find("data:image/") != std::string::npos);

    const auto again = shop.run({"sample", "sample"});
    CHECK(again.status == 1);
    REQUIRE(shop.run({"sample", "twin", "--good", "12", "--defect", "8", "--seed", "4", "--quiet"}).status == 0);
    const auto files = test::filesBelow(shop / "sample");
    REQUIRE(files == test::filesBelow(shop / "twin"));
    for (const auto& file : files)
        CHECK(test::contentOf(shop / ("sample/" + file)) == test::contentOf(shop / ("twin/" + file)));
}

TEST_CASE("With real weights the defects of the generated set stand out") {
    const auto weights = test::realData("weights/resnet18_imagenet_layers1-3.safetensors");
    if (!weights) return;
    const Workshop shop;
    REQUIRE(shop.run({"sample", "sample", "--good", "40", "--defect", "16", "--quiet"}).status == 0);
    const auto outcome = inspect(shop, 40, {"--backbone", "resnet18", "--weights", weights->string(), "--size", "192"});
    CHECK(outcome.evaluation.at("image").at("auroc").get<double>() > 0.9);
    CHECK(outcome.evaluation.at("pixel").at("auroc").get<double>() > 0.95);
}
