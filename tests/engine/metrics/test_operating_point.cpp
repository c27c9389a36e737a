// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/metrics/curves.h"
#include "engine/metrics/operating_point.h"

using namespace engine;

namespace {

std::vector<double> oneTo(int n) {
    std::vector<double> scores(static_cast<std::size_t>(n));
    std::iota(scores.begin(), scores.end(), 1.0);
    return scores;
}

double after(double x) {
    return std::nextafter(x, std::numeric_limits<double>::infinity());
}

}  // namespace

TEST_CASE("a verdict changes at the cuts, and they belong to the worse side") {
    OperatingPoint point;
    CHECK(verdictOf(99, point) == Verdict::None);
    point.fail = 2;
    CHECK(verdictOf(1.99, point) == Verdict::Pass);
    CHECK(verdictOf(2, point) == Verdict::Fail);
    point.review = 1;
    CHECK(verdictOf(0.99, point) == Verdict::Pass);
    CHECK(verdictOf(1, point) == Verdict::Review);
    CHECK(verdictOf(2, point) == Verdict::Fail);
    CHECK(verdictOf(std::numeric_limits<double>::infinity(), point) == Verdict::Fail);
    CHECK(verdictOf(std::numeric_limits<double>::quiet_NaN(), point) == Verdict::Error);
    CHECK(nameOf(Verdict::Review) == "review");
}

TEST_CASE("false rejects: the smallest cut that rejects no more than asked") {
    const auto scores = oneTo(100);
    const Cut cut = cutForFalseRejects(scores, 0.05);
    CHECK(cut.value == after(95));
    CHECK(cut.falseRejects->count == 5);
    CHECK(cut.falseRejects->total == 100);
    CHECK_FALSE(cut.escapes);
    CHECK(cutForFalseRejects(scores, 0.29).falseRejects->count == 29);  // 0.29 * 100 is a little less than 29
    CHECK(cutForFalseRejects(scores, 0.059).value == after(95));
}

TEST_CASE("false rejects with ties: tied images are kept together on the side that obeys the rate") {
    const std::vector<double> scores{1, 2, 3, 3, 3, 3, 3, 3, 3, 4};
    const Cut cut = cutForFalseRejects(scores, 0.3);
    CHECK(cut.value == after(3));
    CHECK(cut.falseRejects->count == 1);
    CHECK(cutForFalseRejects(scores, 0.8).value == after(2));
}

TEST_CASE("fewer images than the rate can tell: beyond the largest, and the interval admits it") {
    const auto scores = oneTo(20);
    const Cut cut = cutForFalseRejects(scores, 0.01);
    CHECK(cut.value == after(20));
    CHECK(cut.falseRejects->count == 0);
    CHECK(cut.falseRejects->interval.high == Approx(0.1684).margin(1e-4));
    REQUIRE(cut.interval);
    CHECK(cut.openAbove);
    CHECK(cut.interval->high == cut.value);
    CHECK(std::isfinite(cut.interval->high));
    const Cut none = cutForFalseRejects(scores, 0);
    CHECK(none.value == after(20));
    CHECK_FALSE(none.interval);
    CHECK(cutForFalseRejects(std::vector<double>{7}, 0.5).value == after(7));
}

TEST_CASE("the interval of a quantile has the textbook's order statistics") {
    // The median of 10: the 2nd and the 9th of ten; of 100: the 40th and the 61st.
    const Cut ten = cutForFalseRejects(oneTo(10), 0.5);
    CHECK(ten.interval->low == 2);
    CHECK(ten.interval->high == 9);
    const Cut hundred = cutForFalseRejects(oneTo(100), 0.5);
    CHECK(hundred.interval->low == 40);
    CHECK(hundred.interval->high == 61);
    CHECK_FALSE(hundred.openAbove);
    CHECK_FALSE(hundred.openBelow);
    // 1 - 0.99^n < 0.975 up to n = 367: the 99 % quantile is not bounded from above.
    CHECK(cutForFalseRejects(oneTo(367), 0.01).openAbove);
    CHECK_FALSE(cutForFalseRejects(oneTo(368), 0.01).openAbove);
}

TEST_CASE("the interval of a quantile covers the true one in at least 95 % of the samples, not much more") {
    Random random(21);
    int covered = 0;
    for (int round = 0; round < 2000; ++round) {
        std::vector<double> scores(400);
        for (double& s : scores) s = random.uniform();
        const Cut cut = cutForFalseRejects(scores, 0.1);
        covered += cut.interval->low <= 0.9 && 0.9 <= cut.interval->high;
    }
    CHECK(covered >= 1880);
    CHECK(covered <= 1970);
}

TEST_CASE("no escapes and few escapes: the largest cut that still catches them") {
    const std::vector<double> scores{1, 5, 3, 4, 4, 6, 7, 2};
    const std::vector<std::uint8_t> labels{0, 0, 1, 1, 1, 1, 1, 0};
    const Cut none = cutForNoEscapes(scores, labels);
    CHECK(none.value == 3);
    CHECK(none.escapes->count == 0);
    CHECK(none.escapes->interval.high == Approx(1 - std::pow(0.025, 0.2)));
    CHECK(none.falseRejects->count == 1);
    CHECK_FALSE(none.interval);
    const Cut fifth = cutForEscapes(scores, labels, 0.2);
    CHECK(fifth.value == 4);
    CHECK(fifth.escapes->count == 1);
    // Two may escape, but the second and third are tied: both are caught.
    CHECK(cutForEscapes(scores, labels, 0.4).value == 4);
    CHECK(cutForEscapes(scores, labels, 0.6).value == 6);
    CHECK(cutForEscapes(scores, labels, 0.6).interval->low <= 6);
    CHECK(cutForEscapes(scores, labels, 0.1).openBelow);
}

TEST_CASE("best F1 has the threshold of the curve, rates and an interval around it") {
    Random random(9);
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    for (int i = 0; i < 120; ++i) {
        labels.push_back(static_cast<std::uint8_t>(i % 3 == 0));
        scores.push_back(random.normal() + 2.5 * labels.back());
    }
    const Cut cut = cutForBestF1(scores, labels, 4);
    CHECK(cut.value == f1Max(scores, labels)->threshold);
    CHECK(cut.interval->low <= cut.value);
    CHECK(cut.value <= cut.interval->high);
    CHECK(cut.interval->low < cut.interval->high);
    const Confusion confusion = confusionAt(scores, labels, cut.value);
    CHECK(cut.falseRejects->count == confusion.fp);
    CHECK(cut.escapes->count == confusion.fn);
    CHECK(cutForBestF1(scores, labels, 4).interval->low == cut.interval->low);
}

TEST_CASE("the confusion table counts each image once") {
    const Confusion c = confusionAt(std::vector<double>{1, 2, 2, 3, 0}, std::vector<std::uint8_t>{0, 0, 1, 1, 1}, 2);
    CHECK(c.tp == 2);
    CHECK(c.fp == 1);
    CHECK(c.tn == 1);
    CHECK(c.fn == 1);
}

TEST_CASE("rules without the images that they need, and rates that are none, are refused with the reason") {
    const std::vector<double> scores{1, 2};
    const std::vector<std::uint8_t> good{0, 0};
    const std::vector<std::uint8_t> defect{1, 1};
    const auto codeOf = [](auto&& call) {
        try {
            call();
        } catch (const Error& e) {
            return e.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(codeOf([&] { cutForFalseRejects({}, 0.1); }) == ErrorCode::NotEnoughData);
    CHECK(codeOf([&] { cutForNoEscapes(scores, good); }) == ErrorCode::NotEnoughData);
    CHECK(codeOf([&] { cutForEscapes(scores, good, 0.1); }) == ErrorCode::NotEnoughData);
    CHECK(codeOf([&] { cutForBestF1(scores, good); }) == ErrorCode::NotEnoughData);
    CHECK(codeOf([&] { cutForBestF1(scores, defect); }) == ErrorCode::NotEnoughData);
    for (const double rate : {-0.1, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
        CHECK(codeOf([&] { cutForFalseRejects(scores, rate); }) == ErrorCode::InvalidArgument);
        CHECK(codeOf([&] { cutForEscapes(scores, defect, rate); }) == ErrorCode::InvalidArgument);
    }
    CHECK(codeOf([&] { cutForFalseRejects(std::vector<double>{std::nan("")}, 0.1); }) == ErrorCode::InvalidArgument);
    const Cut withoutGood = cutForNoEscapes(scores, defect);
    CHECK_FALSE(withoutGood.falseRejects);
}
