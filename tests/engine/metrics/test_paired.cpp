// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/metrics/curves.h"
#include "engine/metrics/paired.h"

using namespace engine;

namespace {

struct Data {
    std::vector<double> first, second;
    std::vector<std::uint8_t> labels;
};

// Correlated scores, rounded so that there are ties.
Data drawn(std::uint64_t seed, int good, int defect, double shift) {
    Random random(seed);
    Data data;
    for (int i = 0; i < good + defect; ++i) {
        const bool isDefect = i % (good + defect) >= good;
        const double part = random.normal() + (isDefect ? 1.0 : 0.0);
        data.first.push_back(std::round(4 * (part + 0.5 * random.normal())) / 4);
        data.second.push_back(std::round(4 * (part + 0.9 * random.normal() - (isDefect ? shift : 0.0))) / 4);
        data.labels.push_back(isDefect);
    }
    return data;
}

// The definition of 1988, pair by pair, with the covariance matrix written out.
struct Plain {
    double difference = 0, variance = 0;
};
Plain byDefinition(const Data& data) {
    std::vector<std::size_t> defect, good;
    for (std::size_t i = 0; i < data.labels.size(); ++i) (data.labels[i] == 1 ? defect : good).push_back(i);
    const std::vector<double>* scores[2] = {&data.first, &data.second};
    const auto kernel = [](double x, double y) { return x > y ? 1.0 : x == y ? 0.5 : 0.0; };
    std::vector<double> v10[2], v01[2];
    double auc[2] = {0, 0};
    for (int r = 0; r < 2; ++r) {
        for (const auto i : defect) {
            double sum = 0;
            for (const auto j : good) sum += kernel((*scores[r])[i], (*scores[r])[j]);
            v10[r].push_back(sum / static_cast<double>(good.size()));
        }
        for (const auto j : good) {
            double sum = 0;
            for (const auto i : defect) sum += kernel((*scores[r])[i], (*scores[r])[j]);
            v01[r].push_back(sum / static_cast<double>(defect.size()));
        }
        for (const double v : v10[r]) auc[r] += v / static_cast<double>(defect.size());
    }
    const auto covariance = [&](const std::vector<double>& a, double meanA, const std::vector<double>& b,
                                double meanB) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - meanA) * (b[i] - meanB);
        return sum / static_cast<double>(a.size() - 1);
    };
    double s[2][2];
    for (int r = 0; r < 2; ++r) {
        for (int q = 0; q < 2; ++q)
            s[r][q] = covariance(v10[r], auc[r], v10[q], auc[q]) / static_cast<double>(defect.size()) +
                      covariance(v01[r], auc[r], v01[q], auc[q]) / static_cast<double>(good.size());
    }
    return {auc[0] - auc[1], s[0][0] + s[1][1] - 2 * s[0][1]};
}

}  // namespace

TEST_CASE("DeLong's test agrees with its definition, ties included") {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const Data data = drawn(seed, 30 + static_cast<int>(seed) * 7, 25, 0.4);
        const auto ours = compareAuroc(data.first, data.second, data.labels);
        const Plain plain = byDefinition(data);
        REQUIRE(ours);
        CHECK(ours->first == Approx(*auroc(data.first, data.labels)).epsilon(1e-12));
        CHECK(ours->second == Approx(*auroc(data.second, data.labels)).epsilon(1e-12));
        CHECK(ours->difference == Approx(plain.difference).margin(1e-12));
        CHECK(ours->standardError == Approx(std::sqrt(plain.variance)).epsilon(1e-10));
        const double z = plain.difference / std::sqrt(plain.variance);
        CHECK(*ours->p == Approx(std::erfc(std::abs(z) / std::sqrt(2.0))).epsilon(1e-9));
        CHECK(ours->interval.high - ours->interval.low == Approx(2 * 1.96 * ours->standardError).epsilon(1e-4));
    }
}

TEST_CASE("DeLong's test by hand: two defects, two good images") {
    // first: both defects above both good ones, AUROC 1, no spread. second: the defect at 1 is below both good ones,
    // the one at 4 above both: V10 = (0, 1), variance 1/2, over 2 defects 1/4; V01 = (1/2, 1/2), no spread.
    const std::vector<std::uint8_t> labels{1, 1, 0, 0};
    const auto result = compareAuroc(std::vector<double>{5, 6, 1, 2}, std::vector<double>{1, 4, 2, 3}, labels);
    REQUIRE(result);
    CHECK(result->first == 1);
    CHECK(result->second == 0.5);
    CHECK(result->standardError == Approx(0.5));
    CHECK(*result->p == Approx(0.3173105).epsilon(1e-6));  // z = 1
    CHECK(result->interval.high == 1);
}

TEST_CASE("a model against itself differs by nothing, and swapping two changes the sign alone") {
    const Data data = drawn(9, 40, 30, 0.5);
    const auto same = compareAuroc(data.first, data.first, data.labels);
    REQUIRE(same);
    CHECK(same->difference == 0);
    CHECK_FALSE(same->p);
    const auto there = compareAuroc(data.first, data.second, data.labels);
    const auto back = compareAuroc(data.second, data.first, data.labels);
    CHECK(there->difference == Approx(-back->difference));
    CHECK(*there->p == Approx(*back->p));
}

TEST_CASE("DeLong's test holds its level where there is no difference") {
    int rejected = 0;
    constexpr int rounds = 400;
    for (std::uint64_t seed = 0; seed < rounds; ++seed) {
        Random random(seed);
        Data data;
        for (int i = 0; i < 120; ++i) {
            const bool isDefect = i >= 60;
            const double part = random.normal() + (isDefect ? 1.0 : 0.0);
            data.first.push_back(part + 0.7 * random.normal());
            data.second.push_back(part + 0.7 * random.normal());
            data.labels.push_back(isDefect);
        }
        rejected += *compareAuroc(data.first, data.second, data.labels)->p < 0.05 ? 1 : 0;
    }
    // 20 are expected; 5 to 38 hold all but 1 in 10 000 such runs.
    CHECK(rejected > 5);
    CHECK(rejected < 38);
}

TEST_CASE("McNemar's test, exact") {
    // Two-sided, from the binomial coefficients: 2 * (1 + 10 + 45) / 1024 for 2 of 10.
    CHECK(mcNemar(2, 8).p == Approx(2.0 * 56 / 1024).epsilon(1e-12));
    CHECK(mcNemar(8, 2).p == Approx(mcNemar(2, 8).p));
    CHECK(mcNemar(0, 6).p == Approx(2.0 / 64).epsilon(1e-12));
    CHECK(mcNemar(5, 5).p == 1);
    CHECK(mcNemar(0, 0).p == 1);
    const std::vector<std::uint8_t> first{1, 1, 0, 0, 1};
    const std::vector<std::uint8_t> second{1, 0, 1, 0, 0};
    const McNemar both = mcNemar(first, second);
    CHECK(both.onlyFirst == 2);
    CHECK(both.onlySecond == 1);
    CHECK_THROWS_AS(mcNemar(-1, 2), Error);
}

TEST_CASE("what cannot be compared is said to be so") {
    const std::vector<double> scores{1, 2, 3};
    CHECK_FALSE(compareAuroc(scores, scores, std::vector<std::uint8_t>{1, 0, 0}));
    CHECK_THROWS_AS(compareAuroc(scores, std::vector<double>{1, 2}, std::vector<std::uint8_t>{1, 0, 0}), Error);
    CHECK_THROWS_AS(compareAuroc(scores, std::vector<double>{1, NAN, 2}, std::vector<std::uint8_t>{1, 0, 0}), Error);
    CHECK_THROWS_AS(compareAuroc(scores, scores, std::vector<std::uint8_t>{1, 0, 2}), Error);
    const std::vector<std::uint8_t> three{1, 0, 1};
    const std::vector<std::uint8_t> two{1, 0};
    CHECK_THROWS_AS(mcNemar(three, two), Error);
}
