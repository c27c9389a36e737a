// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include "engine/metrics/binomial.h"

using namespace engine;

TEST_CASE("the incomplete beta function has its closed forms") {
    for (const double x : {0.001, 0.1, 0.37, 0.5, 0.9, 0.9999}) {
        CHECK(incompleteBeta(1, 1, x) == Approx(x).epsilon(1e-13));
        CHECK(incompleteBeta(1, 7, x) == Approx(1 - std::pow(1 - x, 7)).epsilon(1e-12));
        CHECK(incompleteBeta(5, 1, x) == Approx(std::pow(x, 5)).epsilon(1e-12));
        CHECK(incompleteBeta(0.5, 0.5, x) == Approx(2 / std::acos(-1.0) * std::asin(std::sqrt(x))).epsilon(1e-12));
        CHECK(incompleteBeta(13, 4, x) == Approx(1 - incompleteBeta(4, 13, 1 - x)).margin(1e-13));
    }
    CHECK(incompleteBeta(2, 3, 0) == 0);
    CHECK(incompleteBeta(2, 3, 1) == 1);
}

TEST_CASE("a binomial probability is the sum of its terms") {
    for (const std::int64_t n : {1, 5, 20, 60}) {
        for (const double p : {0.01, 0.3, 0.5, 0.97}) {
            double sum = 0;
            double term = std::pow(1 - p, static_cast<double>(n));
            for (std::int64_t k = 0; k < n; ++k) {
                sum += term;
                CHECK(binomialAtMost(k, n, p) == Approx(sum).epsilon(1e-10));
                term *= static_cast<double>(n - k) / static_cast<double>(k + 1) * p / (1 - p);
            }
            CHECK(binomialAtMost(-1, n, p) == 0);
            CHECK(binomialAtMost(n, n, p) == 1);
        }
    }
}

TEST_CASE("the inverse gives the probability back, from one image to a billion") {
    for (const double n : {1.0, 30.0, 1e4, 1e9}) {
        for (const double share : {0.0, 0.02, 0.5}) {
            const double a = std::floor(share * n) + 1;
            const double b = n - a + 1;
            const double x = inverseIncompleteBeta(a, b, 0.975);
            CHECK(incompleteBeta(a, b, x) == Approx(0.975).epsilon(1e-6));
        }
    }
}
