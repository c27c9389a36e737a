// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include "engine/core/error.h"
#include "engine/detector/cfa_train.h"
#include "engine/detector/pfm_train.h"
#include "engine/detector/sample_store.h"

using namespace engine;

namespace {

Matrix matrix(std::int64_t columns, const std::vector<float>& values) {
    Matrix made(static_cast<std::int64_t>(values.size()) / columns, columns);
    std::copy(values.begin(), values.end(), made.values.begin());
    return made;
}

std::vector<float> valuesOf(const Matrix& matrix) {
    return {matrix.values.begin(), matrix.values.end()};
}

}  // namespace

TEST_CASE("CoordConv's coordinates go from -1 to 1, and only inspected cells are rows") {
    PatchFeatures patches{2, 3, matrix(1, {10, 11, 12, 13, 14, 15})};
    const FloatTensor all = cfaRows(patches, {1, 1, 1, 1, 1, 1});
    CHECK(all.shape == std::vector<std::int64_t>{6, 3});
    CHECK(std::vector<float>(all.values.begin(), all.values.end()) ==
          std::vector<float>{10, -1, -1, 11, 0, -1, 12, 1, -1, 13, -1, 1, 14, 0, 1, 15, 1, 1});
    const FloatTensor some = cfaRows(patches, {0, 0, 1, 0, 1, 0});
    CHECK(std::vector<float>(some.values.begin(), some.values.end()) == std::vector<float>{12, 1, -1, 14, 0, 1});
    PatchFeatures one{1, 1, matrix(1, {7})};
    const FloatTensor single = cfaRows(one, {1});
    CHECK(std::vector<float>(single.values.begin(), single.values.end()) == std::vector<float>{7, 0, 0});
}

TEST_CASE("a score is the nearest distance, less the more the others are as near") {
    Neighbours nearest;
    nearest.distances = {1, 2, 3, 5, 5, 5, 200, 300, 400};
    const auto scores = cfaScores(nearest, 3);
    REQUIRE(scores.size() == 3);
    CHECK(scores[0] == Approx(std::exp(-1.0) / (std::exp(-1.0) + std::exp(-2.0) + std::exp(-3.0))));
    CHECK(scores[1] == Approx(5.0 / 3));
    CHECK(scores[2] == Approx(200));  // where exp(-200) is nothing in float
}

TEST_CASE("the bank is a running mean: of the nearest patch of each image, or of the same cell") {
    const RunContext context;
    const Matrix first = matrix(2, {0, 0, 10, 0});
    const Matrix second = matrix(2, {9, 3, 1, 1});  // the other way round
    const Matrix third = matrix(2, {0, 2, 12, 0});
    CfaBank nearest(BankMatch::Nearest);
    CfaBank position(BankMatch::Position);
    for (CfaBank* bank : {&nearest, &position})
        for (const Matrix* image : {&first, &second, &third}) bank->add(*image, {4, 7}, context);
    const auto byNearest = valuesOf(*nearest.take());
    const auto byPosition = valuesOf(*position.take());
    const std::vector<float> expectedNearest{1.0F / 3, 1, 31.0F / 3, 1};
    const std::vector<float> expectedPosition{3, 5.0F / 3, 23.0F / 3, 1.0F / 3};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(byNearest[i] == Approx(expectedNearest[i]));
        CHECK(byPosition[i] == Approx(expectedPosition[i]));
    }
    CfaBank empty(BankMatch::Nearest);
    CHECK_THROWS_AS(empty.take(), Error);
}

TEST_CASE("a bank by position counts each cell by itself: regions may show another part of every image") {
    CfaBank bank(BankMatch::Position);
    bank.add(matrix(1, {1, 2}), {0, 1}, RunContext());
    bank.add(matrix(1, {6}), {1}, RunContext());
    bank.add(matrix(1, {5, 9}), {0, 2}, RunContext());
    CHECK(valuesOf(*bank.take()) == std::vector<float>{3, 4, 9});
}

TEST_CASE("PFM's rows have length 1, and a row of zeros stays one") {
    FeatureMap map{"3", 1, 3, 2, {}};
    map.values = {3, 4, 0, 0, 5, 12};
    const FloatTensor rows = pfmRows(map, {1, 1, 1});
    const std::vector<float> expected{0.6F, 0.8F, 0, 0, 5.0F / 13, 12.0F / 13};
    REQUIRE(rows.values.size() == 6);
    for (std::size_t i = 0; i < 6; ++i) CHECK(rows.values[i] == Approx(expected[i]));
    CHECK(pfmRows(map, {0, 0, 1}).shape == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("what exceeds the budget comes back from the file as it was") {
    SampleStore store(40);
    for (int i = 0; i < 5; ++i) {
        Sample sample{{{2, 2}, {}}, {{1}, {}}};
        for (int v = 0; v < 4; ++v) sample[0].values.push_back(static_cast<float>(10 * i + v));
        sample[1].values.push_back(static_cast<float>(-i));
        store.add(std::move(sample));
    }
    CHECK(store.spills());
    REQUIRE(store.size() == 5);
    for (const int i : {4, 0, 2, 3, 1}) {
        const Sample sample = store.get(static_cast<std::size_t>(i));
        REQUIRE(sample.size() == 2);
        CHECK(sample[0].shape == std::vector<std::int64_t>{2, 2});
        CHECK(sample[0].values[3] == static_cast<float>(10 * i + 3));
        CHECK(sample[1].values[0] == static_cast<float>(-i));
    }
}
