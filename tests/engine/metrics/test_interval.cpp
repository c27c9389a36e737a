// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/metrics/curves.h"
#include "engine/metrics/interval.h"

using namespace engine;

TEST_CASE("Clopper and Pearson's intervals are those of the published tables") {
    struct Row {
        std::int64_t count, total;
        double low, high;
    };
    const Row table[] = {{0, 10, 0, 0.3085},        {1, 10, 0.0025, 0.4450}, {5, 10, 0.1871, 0.8129},
                         {10, 10, 0.6915, 1},       {0, 20, 0, 0.1684},      {2, 20, 0.0123, 0.3170},
                         {10, 100, 0.0490, 0.1762}, {1, 1, 0.025, 1},        {50, 100, 0.3983, 0.6017}};
    for (const Row& row : table) {
        CAPTURE(row.count, row.total);
        const auto share = rate(row.count, row.total);
        CHECK(share->value == static_cast<double>(row.count) / static_cast<double>(row.total));
        CHECK(share->interval.low == Approx(row.low).margin(5.1e-5));
        CHECK(share->interval.high == Approx(row.high).margin(5.1e-5));
    }
}

TEST_CASE("none of n: the upper end is the closed form, also for a million images") {
    for (const std::int64_t n : {3, 20, 1000, 1'000'000}) {
        CHECK(rate(0, n)->interval.low == 0);
        CHECK(rate(0, n)->interval.high == Approx(1 - std::pow(0.025, 1.0 / static_cast<double>(n))).epsilon(1e-8));
        CHECK(rate(n, n)->interval.low == Approx(std::pow(0.025, 1.0 / static_cast<double>(n))).epsilon(1e-8));
    }
}

TEST_CASE("a share of nothing is not defined, and more than all is refused") {
    CHECK_FALSE(rate(0, 0));
    CHECK_THROWS_AS(rate(2, 1), Error);
    CHECK_THROWS_AS(rate(-1, 1), Error);
}

TEST_CASE("the bootstrap keeps the classes, repeats itself for a seed and differs for another") {
    Random random(3);
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    for (int i = 0; i < 80; ++i) {
        labels.push_back(static_cast<std::uint8_t>(i % 4 == 0));
        scores.push_back(random.normal() + labels.back());
    }
    bool classesKept = true;
    const auto checked = [&](std::span<const double> s, std::span<const std::uint8_t> l) {
        classesKept = classesKept && s.size() == 80 && std::count(l.begin(), l.end(), 1) == 20;
        return auroc(s, l);
    };
    const auto interval = bootstrapInterval(scores, labels, checked, 5, 300);
    CHECK(classesKept);
    const double value = *auroc(scores, labels);
    CHECK(interval->low < value);
    CHECK(value < interval->high);
    CHECK(interval->low == bootstrapInterval(scores, labels, auroc, 5, 300)->low);
    CHECK(interval->high == bootstrapInterval(scores, labels, auroc, 5, 300)->high);
    CHECK(interval->low != bootstrapInterval(scores, labels, auroc, 6, 300)->low);
}

TEST_CASE("the bootstrap interval of a mean is about as wide as theory says") {
    Random random(11);
    std::vector<double> scores;
    for (int i = 0; i < 400; ++i) scores.push_back(random.normal());
    const std::vector<std::uint8_t> labels(scores.size(), 0);
    const auto mean = [](std::span<const double> s, std::span<const std::uint8_t>) {
        double sum = 0;
        for (const double x : s) sum += x;
        return std::optional<double>(sum / static_cast<double>(s.size()));
    };
    const auto interval = bootstrapInterval(scores, labels, mean);
    CHECK(interval->high - interval->low == Approx(2 * 1.96 / 20).epsilon(0.12));
}

TEST_CASE("a statistic that is not defined has no interval, and separated classes have one without width") {
    const std::vector<double> scores{1, 2, 3};
    CHECK_FALSE(bootstrapInterval(scores, std::vector<std::uint8_t>{0, 0, 0}, auroc));
    const auto interval = bootstrapInterval(scores, std::vector<std::uint8_t>{0, 0, 1}, auroc);
    CHECK(interval->low == 1);
    CHECK(interval->high == 1);
    CHECK_THROWS_AS(bootstrapInterval(scores, std::vector<std::uint8_t>{0, 0, 1}, auroc, 0, 0), Error);
}
