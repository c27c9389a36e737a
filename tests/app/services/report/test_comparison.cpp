// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "app/services/report/compose_comparison.h"
#include "app/services/report/html_writer.h"
#include "tests/app/services/report/html_check.h"
#include "tests/app/services/report/reading.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

// Scores of images 0, 1, ... of which the first `good` are good, the others defects of two types.
ComparedModel modelOf(const std::string& name, const std::vector<double>& scores, std::size_t good,
                      std::optional<double> fail) {
    ComparedModel model;
    model.name = name;
    model.info.method = "patchcore";
    model.info.operatingPoint.fail = fail;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        engine::ImageResult image;
        image.name = "image " + std::to_string(i) + ".png";
        image.label = i < good ? engine::Label::Good : engine::Label::Defect;
        if (i >= good) image.defectType = i % 2 == 0 ? "dent" : "scratch";
        image.score = scores[i];
        model.evaluation.images.push_back(image);
    }
    chooseCut(model);
    return model;
}

}  // namespace

TEST_CASE("two models are compared image by image") {
    // good: 0 1 2; defects: 3 4 5 6
    const std::vector<ComparedModel> models{modelOf("a", {1, 2, 3, 4, 5, 6, 7}, 3, 4.5),
                                            modelOf("b", {10, 60, 20, 50, 55, 5, 70}, 3, 40)};
    const Comparison comparison = compare(models);
    REQUIRE(comparison.images.size() == 7);
    REQUIRE(comparison.pairs.size() == 1);
    const ComparedPair& pair = comparison.pairs[0];
    // a catches 4, 5, 6; b catches 3, 4, 6 and rejects the good image 1.
    CHECK(pair.caught.onlyFirst == 1);
    CHECK(pair.caught.onlySecond == 1);
    CHECK(pair.passed.onlyFirst == 1);
    CHECK(pair.passed.onlySecond == 0);
    CHECK(pair.right.onlyFirst == 2);
    CHECK(pair.right.onlySecond == 1);
    REQUIRE(pair.auroc);
    CHECK(pair.auroc->first == 1);
    // b: defects 50, 55, 5, 70 against 10, 60, 20: 2 + 2 + 0 + 3 of 12
    CHECK(pair.auroc->second == Approx(7.0 / 12));
    std::vector<std::string> disputed;
    for (const ComparedImage* image : disputedImages(comparison)) disputed.push_back(image->name);
    // Defects first; image 5 is the last but one of a and the first of b.
    CHECK(disputed == std::vector<std::string>{"image 5.png", "image 3.png", "image 1.png"});
}

TEST_CASE("a model that could not be run, or could not score an image, takes nothing from the others") {
    ComparedModel broken;
    broken.name = "broken";
    broken.fault = "broken.anomaly: is cut short; copy it again";
    ComparedModel partial = modelOf("partial", {1, 2, 3, 4, 5, 6, 7}, 3, 4.5);
    partial.evaluation.images.erase(partial.evaluation.images.begin() + 2);
    const std::vector<ComparedModel> models{modelOf("a", {1, 2, 3, 4, 5, 6, 7}, 3, 4.5), broken, partial};
    const Comparison comparison = compare(models);
    CHECK(comparison.models.size() == 2);
    CHECK(comparison.images.size() == 6);
    CHECK(comparison.leftOut == 1);
    CHECK(comparison.pairs.size() == 1);
    CHECK(disputedImages(comparison).empty());

    ComparisonContent content;
    content.title = "Compared";
    content.created = timestampFromIso("2026-11-25T12:40:05+09:00");
    content.models = models;
    content.comparison = &comparison;
    test::TemporaryFolder folder;
    writeHtml(folder / "c.html", composeComparison(content), {});
    const std::string page = test::contentOf(folder / "c.html");
    CHECK(test::faultOf(page) == "");
    for (const char* part : {"is cut short; copy it again", "1 image could not be scored by every model",
                             "a and partial", "at their cuts, all models say the same", "all of the models"}) {
        INFO(part);
        CHECK(test::has(test::textOf(page), part));
    }
}

TEST_CASE("a model without an operating point is cut at its best F1, and the report says that it flatters") {
    const std::vector<ComparedModel> models{modelOf("a", {1, 2, 3, 4, 5, 6, 7}, 3, {}),
                                            modelOf("b", {1, 2, 3, 4, 5, 6, 7}, 7, {})};
    CHECK(models[0].cut == 4);
    CHECK(models[0].cutFromTheseImages);
    // Good images alone: nothing to choose by, and nothing is flagged.
    CHECK(models[1].cut > 1e300);
    const Comparison comparison = compare(std::span(models).first(1));
    ComparisonContent content;
    content.title = "Compared";
    content.models = std::span(models).first(1);
    content.comparison = &comparison;
    test::TemporaryFolder folder;
    writeHtml(folder / "c.html", composeComparison(content), {});
    CHECK(test::has(test::textOf(test::contentOf(folder / "c.html")), "which flatters it"));
}

TEST_CASE("Holm's step-down by hand") {
    // 0.01 * 3, 0.02 * 2, and 0.9; the second may not fall below the first.
    const auto p = holmAdjusted({0.02, 0.01, std::nullopt, 0.9});
    CHECK(*p[1] == Approx(0.03));
    CHECK(*p[0] == Approx(0.04));
    CHECK_FALSE(p[2]);
    CHECK(*p[3] == Approx(0.9));
    const auto tied = holmAdjusted({0.02, 0.015});
    CHECK(*tied[1] == Approx(0.03));
    CHECK(*tied[0] == Approx(0.03));
    CHECK(*holmAdjusted({0.7, 0.6})[1] == 1);
}
