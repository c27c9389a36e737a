// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "app/services/threshold_rules.h"
#include "engine/core/error.h"

using services::ThresholdRule;

namespace {

// Good images score 1 ... 10, defects 8.5 ... 18.5.
engine::Evaluation overlapping() {
    engine::Evaluation evaluation;
    for (int i = 0; i < 10; ++i) {
        engine::ImageResult good, defect;
        good.label = engine::Label::Good;
        good.score = i + 1;
        defect.label = engine::Label::Defect;
        defect.score = i + 8.5;
        evaluation.images.push_back(good);
        evaluation.images.push_back(defect);
    }
    return evaluation;
}

engine::CrossValidation hundred() {
    engine::CrossValidation scores;
    for (int i = 1; i <= 100; ++i) {
        scores.scores.push_back(i);
        scores.mapMaxima.push_back(2 * i);
    }
    scores.folds = 5;
    return scores;
}

}  // namespace

TEST_CASE("From good images: fail rejects the asked share, review three times it, pixel the share of map maxima") {
    const auto point = services::fromGoodImages({.falseRejectRate = 0.02}, hundred());
    CHECK(*point.fail > 98);
    CHECK(*point.fail <= 99);
    CHECK(*point.review > 94);
    CHECK(*point.review <= 95);
    CHECK(*point.pixel > 196);
    CHECK(*point.pixel <= 198);
    CHECK(point.rule == "false-reject");
    CHECK(point.expectedFalseRejects->count == 2);
    CHECK_FALSE(point.expectedEscapes.has_value());
    CHECK(point.basis.find("100 good training images, cross-validated in 5 folds; at most 2.0 % of them rejected") ==
          0);
}

TEST_CASE("From good images: those that a trained method held out say so") {
    auto scores = hundred();
    scores.folds = 1;
    const auto point = services::fromGoodImages({.falseRejectRate = 0.02}, scores);
    CHECK(point.basis.find("100 good training images, held out of the training; at most 2.0 % of them rejected") == 0);
}

TEST_CASE("From good images: cuts given by hand stay, and a rate of zero has no review band") {
    const auto given = services::fromGoodImages({.falseRejectRate = 0.02, .review = 50, .pixel = 7}, hundred());
    CHECK(given.review == 50.0);
    CHECK(given.pixel == 7.0);
    const auto zero = services::fromGoodImages({.falseRejectRate = 0.0}, hundred());
    CHECK(*zero.fail > 100);
    CHECK_FALSE(zero.review.has_value());
    CHECK_THROWS_AS(services::fromGoodImages({.falseRejectRate = 0.02, .review = 99.5}, hundred()), engine::Error);
}

TEST_CASE("With labels: the rules cut where they promise, and say on what") {
    const auto evaluation = overlapping();
    const auto noEscapes = services::fromTestImages({.noEscapes = true}, &evaluation, "parts", {}, 0);
    CHECK(noEscapes.fail == 8.5);
    CHECK(noEscapes.expectedFalseRejects->count == 2);
    CHECK(noEscapes.expectedEscapes->count == 0);
    CHECK(noEscapes.basis.find("10 good and 10 defective test images of parts, with their labels") == 0);
    const auto escape = services::fromTestImages({.escapeRate = 0.1}, &evaluation, "parts", {}, 0);
    CHECK(escape.fail == 9.5);
    CHECK(escape.rule == "escape");
    const auto best = services::fromTestImages({.bestF1 = true}, &evaluation, "parts", {}, 0);
    CHECK(best.rule == "best-f1");
    CHECK(best.expectedFalseRejects->count + best.expectedEscapes->count <= 2);
}

TEST_CASE("By hand: the rates are those of the test images, if there are any") {
    const auto evaluation = overlapping();
    const auto point = services::fromTestImages({.fail = 9.0, .review = 5.0}, &evaluation, "parts", {}, 0);
    CHECK(point.rule == "manual");
    CHECK(point.fail == 9.0);
    CHECK(point.review == 5.0);
    CHECK(point.expectedFalseRejects->count == 2);
    CHECK(point.expectedEscapes->count == 1);
    const auto alone = services::fromTestImages({.fail = 9.0}, nullptr, "", {}, 0);
    CHECK(alone.basis.find("chosen by hand") == 0);
    CHECK_FALSE(alone.expectedEscapes.has_value());
}

TEST_CASE("The pixel cut comes from the masks, else from the model") {
    auto evaluation = overlapping();
    engine::ModelInfo info;
    info.mapLow = 1;
    info.mapHigh = 3;
    CHECK(services::fromTestImages({.noEscapes = true}, &evaluation, "parts", info, 0).pixel == 3.0);
    info.operatingPoint.pixel = 2.5;
    CHECK(services::fromTestImages({.noEscapes = true}, &evaluation, "parts", info, 0).pixel == 2.5);
    evaluation.pixel.f1threshold = 2.25;
    evaluation.pixel.masks = 10;
    CHECK(services::fromTestImages({.noEscapes = true}, &evaluation, "parts", info, 0).pixel == 2.25);
    CHECK(services::fromTestImages({.fail = 3.0, .pixel = 9.0}, &evaluation, "parts", info, 0).pixel == 9.0);
}

TEST_CASE("Plain scores and labels give what an evaluation gives") {
    const auto evaluation = overlapping();
    services::LabelledScores data;
    data.setName = "parts";
    for (const auto& image : evaluation.images) data.add(image.score, image.label == engine::Label::Defect);
    CHECK(data.good == 10);
    CHECK(data.defect == 10);
    for (const ThresholdRule& rule : {ThresholdRule{.bestF1 = true}, ThresholdRule{.noEscapes = true},
                                      ThresholdRule{.escapeRate = 0.1}, ThresholdRule{.fail = 9.0}}) {
        const auto one = services::fromTestImages(rule, &evaluation, "parts", {}, 0);
        const auto other = services::fromLabelledImages(rule, data, {}, 0);
        CHECK(one.fail == other.fail);
        CHECK(one.basis == other.basis + (other.pixel ? "" : "; pixels from the range of good patches"));
        CHECK(one.expectedEscapes->count == other.expectedEscapes->count);
        CHECK(one.failInterval.has_value() == other.failInterval.has_value());
    }
}

TEST_CASE("A cut moved by hand leaves the others with what their rule promised") {
    const auto chosen = services::fromGoodImages({.falseRejectRate = 0.02}, hundred());
    const auto pixel = services::withPixel(chosen, 150);
    CHECK(pixel.pixel == 150.0);
    CHECK(pixel.fail == chosen.fail);
    CHECK(pixel.rule == "false-reject");
    CHECK(pixel.basis.find("map maxima") == std::string::npos);
    CHECK(pixel.basis.find("; pixels by hand") != std::string::npos);
    const auto both = services::withReview(services::withPixel(pixel, 151), 90);
    CHECK(both.review == 90.0);
    CHECK(both.expectedFalseRejects->count == 2);
    CHECK(both.basis.find("three times") == std::string::npos);
    CHECK(both.basis.find("; pixels by hand") == both.basis.rfind("; pixels by hand"));
    CHECK_THROWS_AS(services::withReview(chosen, 99.5), engine::Error);
}
