// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <set>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/metrics/curves.h"

using namespace engine;

namespace {

struct Set {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
};

// Few distinct scores: most images are tied with another.
Set randomSet(Random& random, std::size_t n, std::uint64_t levels) {
    Set set;
    for (std::size_t i = 0; i < n; ++i) {
        set.labels.push_back(static_cast<std::uint8_t>(random.below(3) == 0));
        set.scores.push_back(static_cast<double>(random.below(levels)) + (set.labels.back() == 1 ? 1.0 : 0.0));
    }
    set.labels[0] = 0;
    set.labels[1] = 1;
    return set;
}

struct Counts {
    double tp = 0, fp = 0, good = 0, defect = 0;
};

Counts countsAt(const Set& set, double threshold) {
    Counts c;
    for (std::size_t i = 0; i < set.scores.size(); ++i) {
        const bool flagged = set.scores[i] >= threshold;
        (set.labels[i] == 1 ? c.defect : c.good) += 1;
        if (flagged) (set.labels[i] == 1 ? c.tp : c.fp) += 1;
    }
    return c;
}

double bruteAuroc(const Set& set) {
    double pairs = 0;
    double total = 0;
    for (std::size_t i = 0; i < set.scores.size(); ++i) {
        for (std::size_t j = 0; j < set.scores.size(); ++j) {
            if (set.labels[i] != 1 || set.labels[j] != 0) continue;
            total += 1;
            pairs += set.scores[i] > set.scores[j] ? 1 : set.scores[i] == set.scores[j] ? 0.5 : 0;
        }
    }
    return pairs / total;
}

}  // namespace

TEST_CASE("five images worked by hand, a tie between good and defect among them") {
    // Descending: 9 defect | 7 defect, good | 4 good | 1 defect
    const Set set{{7, 9, 1, 7, 4}, {0, 1, 1, 1, 0}};
    CHECK(auroc(set.scores, set.labels) == (2 + 1.5 + 0) / 6);
    CHECK(*aupr(set.scores, set.labels) == Approx((1.0 + 2.0 / 3 + 3.0 / 5) / 3));
    const auto best = f1Max(set.scores, set.labels);
    CHECK(best->f1 == Approx(0.75));  // all flagged: 2 * 3 / (5 + 3)
    CHECK(best->threshold == 1);
    const auto points = curve(set.scores, set.labels);
    REQUIRE(points.size() == 4);
    CHECK(points[1].threshold == 7);
    CHECK(points[1].falsePositiveRate == 0.5);
    CHECK(points[1].truePositiveRate == Approx(2.0 / 3));
    CHECK(points[1].precision == Approx(2.0 / 3));
    CHECK(points[3].falsePositiveRate == 1);
    CHECK(points[3].truePositiveRate == 1);
}

TEST_CASE("perfect, reversed and indifferent scores") {
    const std::vector<std::uint8_t> labels{0, 0, 1, 1};
    CHECK(auroc(std::vector<double>{1, 2, 3, 4}, labels) == 1);
    CHECK(aupr(std::vector<double>{1, 2, 3, 4}, labels) == 1);
    CHECK(f1Max(std::vector<double>{1, 2, 3, 4}, labels)->threshold == 3);
    CHECK(auroc(std::vector<double>{4, 3, 2, 1}, labels) == 0);
    CHECK(auroc(std::vector<double>{5, 5, 5, 5}, labels) == 0.5);
    CHECK(aupr(std::vector<double>{5, 5, 5, 5}, labels) == 0.5);
    CHECK(curve(std::vector<double>{5, 5, 5, 5}, labels).size() == 1);
}

TEST_CASE("of thresholds with the same F1 the largest is given") {
    // At 5: tp 1, flagged 1: 2/4. At 3: tp 2, flagged 5: 4/8. At 1: tp 3, flagged 9: 6/12.
    const Set set{{5, 3, 3, 3, 3, 1, 1, 1, 1}, {1, 1, 0, 0, 0, 1, 0, 0, 0}};
    CHECK(f1Max(set.scores, set.labels)->f1 == 0.5);
    CHECK(f1Max(set.scores, set.labels)->threshold == 5);
}

TEST_CASE("with one class missing nothing is defined") {
    for (const std::uint8_t label : {std::uint8_t{0}, std::uint8_t{1}}) {
        const std::vector<double> scores{1, 2};
        const std::vector<std::uint8_t> labels{label, label};
        CHECK_FALSE(auroc(scores, labels));
        CHECK_FALSE(aupr(scores, labels));
        CHECK_FALSE(f1Max(scores, labels));
        CHECK(curve(scores, labels).empty());
    }
    CHECK_FALSE(auroc({}, {}));
}

TEST_CASE("scores that are not numbers, labels that are none and sizes that differ are refused") {
    const std::vector<std::uint8_t> labels{0, 1};
    CHECK_THROWS_AS(auroc(std::vector<double>{1, std::numeric_limits<double>::quiet_NaN()}, labels), Error);
    CHECK_THROWS_AS(aupr(std::vector<double>{1, std::numeric_limits<double>::infinity()}, labels), Error);
    CHECK_THROWS_AS(f1Max(std::vector<double>{1}, labels), Error);
    CHECK_THROWS_AS(curve(std::vector<double>{1, 2}, std::vector<std::uint8_t>{0, 2}), Error);
}

TEST_CASE("on random scores full of ties every curve agrees with counting") {
    Random random(7);
    for (int round = 0; round < 60; ++round) {
        const Set set = randomSet(random, 2 + random.below(60), 1 + random.below(12));
        CHECK(*auroc(set.scores, set.labels) == Approx(bruteAuroc(set)).epsilon(1e-12));

        const std::set<double, std::greater<>> thresholds(set.scores.begin(), set.scores.end());
        const auto points = curve(set.scores, set.labels);
        REQUIRE(points.size() == thresholds.size());
        double precisionSum = 0;
        double recall = 0;
        double best = -1;
        double bestThreshold = 0;
        std::size_t i = 0;
        for (const double threshold : thresholds) {
            const Counts c = countsAt(set, threshold);
            CHECK(points[i].threshold == threshold);
            CHECK(points[i].falsePositiveRate == Approx(c.fp / c.good));
            CHECK(points[i].truePositiveRate == Approx(c.tp / c.defect));
            CHECK(points[i].precision == Approx(c.tp / (c.tp + c.fp)));
            precisionSum += (c.tp / c.defect - recall) * c.tp / (c.tp + c.fp);
            recall = c.tp / c.defect;
            const double f1 = 2 * c.tp / (2 * c.tp + c.fp + c.defect - c.tp);
            if (f1 > best + 1e-12) {
                best = f1;
                bestThreshold = threshold;
            }
            ++i;
        }
        CHECK(*aupr(set.scores, set.labels) == Approx(precisionSum));
        CHECK(f1Max(set.scores, set.labels)->f1 == Approx(best));
        CHECK(f1Max(set.scores, set.labels)->threshold == bestThreshold);
    }
}
