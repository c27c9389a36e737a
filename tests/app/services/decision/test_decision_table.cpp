// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <vector>

#include "app/services/decision/decision_table.h"

using engine::Label;
using engine::OperatingPoint;
using engine::Split;
using services::DecisionTable;
using services::ImageRecord;

namespace {

ImageRecord image(double score, Label label, Split split = Split::Test) {
    ImageRecord record;
    record.score = score;
    record.label = label;
    record.split = split;
    return record;
}

OperatingPoint cuts(std::optional<double> review, std::optional<double> fail) {
    OperatingPoint point;
    point.review = review;
    point.fail = fail;
    return point;
}

std::vector<ImageRecord> randomImages(int count) {
    std::mt19937 random(7);
    std::vector<ImageRecord> images;
    for (int i = 0; i < count; ++i) {
        const auto label = static_cast<Label>(random() % 3);
        // Coarse scores, so that many are tied and cuts fall on them.
        images.push_back(
            image(static_cast<double>(random() % 200) / 100, label, random() % 5 == 0 ? Split::Train : Split::Test));
    }
    return images;
}

}  // namespace

TEST_CASE("Counts at a cut are those of the verdicts, one by one") {
    const auto images = randomImages(500);
    const DecisionTable table(images, {});
    for (double fail = -0.1; fail < 2.2; fail += 0.1) {
        const OperatingPoint point = cuts(fail - 0.3, fail);
        std::map<std::pair<Label, engine::Verdict>, std::int64_t> expected;
        for (const auto& record : images) {
            if (record.split == Split::Test) ++expected[{record.label, engine::verdictOf(record.score, point)}];
        }
        const auto decision = table.at(point);
        const auto check = [&](const services::VerdictCounts& counts, Label label) {
            CHECK(counts.pass == expected[{label, engine::Verdict::Pass}]);
            CHECK(counts.review == expected[{label, engine::Verdict::Review}]);
            CHECK(counts.fail == expected[{label, engine::Verdict::Fail}]);
        };
        check(decision.good, Label::Good);
        check(decision.defect, Label::Defect);
        check(decision.unlabelled, Label::Unlabelled);
        CHECK(decision.falseRejects->count == decision.good.fail);
        CHECK(decision.escapes->count == decision.defect.pass + decision.defect.review);
        const auto exact = engine::rate(decision.good.fail, table.good());
        CHECK(decision.falseRejects->interval.high == exact->interval.high);
        const auto confusion = engine::confusionAt(table.labelled().scores, table.labelled().labels, fail);
        CHECK(confusion.fp == decision.good.fail);
        CHECK(confusion.fn == decision.escapes->count);
    }
}

TEST_CASE("Training images and those without a number are not counted") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    const std::vector<ImageRecord> images{image(1, Label::Good), image(nan, Label::Good),
                                          image(infinite, Label::Defect), image(5, Label::Good, Split::Train),
                                          image(2, Label::Unlabelled)};
    const DecisionTable table(images, {});
    CHECK(table.good() == 1);
    CHECK(table.defect() == 0);
    CHECK(table.unlabelled() == 1);
    CHECK(table.range()->high == 2);
    CHECK_FALSE(table.at(cuts({}, 1.5)).escapes.has_value());
    CHECK(DecisionTable({}, {}).isEmpty());
    CHECK_FALSE(DecisionTable({}, {}).range().has_value());
}

TEST_CASE("Without good test images, false rejects are those of the training images") {
    const std::vector<double> good{1, 2, 3, 4};
    const std::vector<ImageRecord> defects{image(3, Label::Defect)};
    const auto decision = DecisionTable(defects, good).at(cuts({}, 3.5));
    CHECK(decision.crossValidated);
    CHECK(decision.falseRejects->count == 1);
    CHECK(decision.falseRejects->total == 4);
    const std::vector<ImageRecord> both{image(3, Label::Defect), image(1, Label::Good)};
    const auto tested = DecisionTable(both, good).at(cuts({}, 3.5));
    CHECK_FALSE(tested.crossValidated);
    CHECK(tested.falseRejects->total == 1);
}

TEST_CASE("No fail cut, no verdicts, and no review cut, no band, nor where it is above the fail cut") {
    const std::vector<ImageRecord> images{image(1, Label::Good), image(2, Label::Good), image(3, Label::Defect)};
    const DecisionTable table(images, {});
    CHECK(table.at({}).good.total() == 0);
    CHECK_FALSE(table.at({}).falseRejects.has_value());
    CHECK(table.at(cuts({}, 2.0)).good.review == 0);
    CHECK(table.at(cuts(2.5, 2.0)).good.review == 0);
    CHECK(table.at(cuts(2.5, 2.0)).good.fail == 1);
    CHECK(table.at(cuts(1.5, 3.0)).good.review == 1);
}

TEST_CASE("The curves are the engine's, and a cut lies on them") {
    const auto images = randomImages(300);
    const DecisionTable table(images, {});
    const auto& data = table.labelled();
    CHECK(table.auroc() == engine::auroc(data.scores, data.labels));
    CHECK(table.aupr() == engine::aupr(data.scores, data.labels));
    REQUIRE(table.curve().size() > 100);
    for (const auto& point : table.curve()) {
        const auto there = table.curveAt(point.threshold);
        CHECK(there->falsePositiveRate == Approx(point.falsePositiveRate));
        CHECK(there->truePositiveRate == Approx(point.truePositiveRate));
        CHECK(there->precision == Approx(point.precision));
    }
    CHECK(table.curveAt(99)->truePositiveRate == 0);
    CHECK(table.curveAt(99)->precision == 1);
    const std::vector<ImageRecord> oneClass{image(1, Label::Good)};
    CHECK_FALSE(DecisionTable(oneClass, {}).curveAt(1).has_value());
    CHECK(DecisionTable(oneClass, {}).curve().empty());
}

TEST_CASE("Every score is in one bar of the histogram, the largest in the last") {
    const auto images = randomImages(400);
    const DecisionTable table(images, {});
    const auto histogram = table.histogram(*table.range(), 40);
    REQUIRE(histogram.good.size() == 40);
    std::vector<int> defects(40, 0);
    for (const auto& record : images) {
        if (record.split == Split::Test && record.label == Label::Defect) ++defects[histogram.barOf(record.score)];
    }
    int difference = 0;  // a score on an edge may round into the neighbour
    int sum = 0;
    for (std::size_t bar = 0; bar < 40; ++bar) {
        difference += std::abs(defects[bar] - histogram.defect[bar]);
        sum += histogram.defect[bar];
    }
    CHECK(sum == table.defect());
    CHECK(difference <= 4);
    CHECK(histogram.defect.back() > 0);
}
