// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/features/packed_triangle.h"
#include "engine/features/pooled_features.h"
#include "engine/features/shrunk_gaussian.h"

using namespace engine;

namespace {

using Square = std::vector<std::vector<double>>;

// Gauss and Jordan: nothing in common with the code under test.
Square inverseOf(Square a) {
    const std::size_t n = a.size();
    Square inverse(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) inverse[i][i] = 1;
    for (std::size_t i = 0; i < n; ++i) {
        const double pivot = a[i][i];
        for (std::size_t c = 0; c < n; ++c) {
            a[i][c] /= pivot;
            inverse[i][c] /= pivot;
        }
        for (std::size_t r = 0; r < n; ++r) {
            if (r == i) continue;
            const double factor = a[r][i];
            for (std::size_t c = 0; c < n; ++c) {
                a[r][c] -= factor * a[i][c];
                inverse[r][c] -= factor * inverse[i][c];
            }
        }
    }
    return inverse;
}

Square randomCovariance(std::size_t n, Random& random) {
    Square rows(n + 3, std::vector<double>(n));
    for (auto& row : rows)
        for (double& value : row) value = random.normal();
    Square a(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            for (const auto& row : rows) a[i][j] += row[i] * row[j] / static_cast<double>(rows.size());
            if (i == j) a[i][j] += 0.01;
        }
    return a;
}

}  // namespace

TEST_CASE("a Mahalanobis distance by the factor is that by the inverse") {
    Random random(3);
    for (const std::size_t n : {1U, 2U, 7U, 40U}) {
        CAPTURE(n);
        const Square a = randomCovariance(n, random);
        std::vector<float> triangle(packedSize(n));
        for (std::size_t j = 0; j < n; ++j)
            for (std::size_t i = j; i < n; ++i) triangle[packedColumn(n, j) + i - j] = static_cast<float>(a[i][j]);
        std::vector<double> scratch;
        factorise(triangle, n, scratch);
        std::vector<float> x(n);
        for (float& value : x) value = static_cast<float>(random.normal());
        const Square inverse = inverseOf(a);
        double expected = 0;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) expected += static_cast<double>(x[i]) * inverse[i][j] * x[j];
        CHECK(squaredMahalanobis(triangle, x) == Approx(expected).epsilon(1e-4));
    }
}

TEST_CASE("what is not positive definite is refused") {
    std::vector<double> triangle{1, 2, 1};  // [[1, 2], [2, 1]]
    CHECK_THROWS_AS(factorise(triangle, 2), Error);
    std::vector<double> notANumber{std::nan("")};
    CHECK_THROWS_AS(factorise(notANumber, 1), Error);
}

TEST_CASE("Ledoit and Wolf's shrinkage on a fixed matrix") {
    Matrix rows(6, 3);
    const float data[] = {1, 2, 0, 3, 1, 1, 0, 4, 2, 2, 2, 5, 99, 99, 99, 5, 0, 1};
    std::copy(std::begin(data), std::end(data), rows.values.begin());
    const std::vector<std::uint8_t> used{1, 1, 1, 1, 0, 1};
    const ShrunkCovariance result = shrunkCovariance(rows, used, RunContext());
    // Worked out from the definition with a few lines of Python.
    CHECK(result.shrinkage == Approx(0.7519038076152307));
    const double expected[] = {2.659238476953908,  -0.5358877755511018, -0.08931462925851694,
                               2.3615230460921848, 0.13893386773547084, 2.659238476953908};
    for (std::size_t i = 0; i < 6; ++i) CHECK(result.triangle[i] == Approx(expected[i]));
    CHECK(result.mean[0] == Approx(2.2));
    CHECK(result.mean[2] == Approx(1.8));
}

TEST_CASE("two images, and images that are all alike, have a covariance that can be inverted") {
    Matrix rows(3, 4);
    for (std::int64_t i = 0; i < 3; ++i)
        for (std::int64_t c = 0; c < 4; ++c) rows.row(i)[c] = static_cast<float>(i == 2 ? c + 1 : c * c);
    for (const std::vector<std::uint8_t>& used : {std::vector<std::uint8_t>{1, 0, 1}, {1, 1, 0}}) {
        ShrunkCovariance result = shrunkCovariance(rows, used, RunContext());
        CHECK_NOTHROW(factorise(result.triangle, 4));
    }
    CHECK_THROWS_AS(shrunkCovariance(rows, std::vector<std::uint8_t>{0, 1, 0}, RunContext()), Error);
}

TEST_CASE("pooling is the mean of the cells in the region, by how much of each lies in it") {
    InputSpec input;
    input.width = input.height = 32;
    const Preprocessor preprocessor(input);
    FeatureMap map{"4", 2, 2, 2, {}};
    map.values = {1, 10, 2, 20, 3, 30, 4, 40};
    CHECK(pooledFeatures(map, preprocessor, Region(), 32, 32) == std::vector<float>{2.5F, 25.0F});
    cv::Mat mask(32, 32, CV_8UC1, cv::Scalar(0));
    mask(cv::Rect(0, 0, 16, 16)).setTo(255);
    mask(cv::Rect(16, 0, 8, 16)).setTo(255);  // half of the second cell
    const auto pooled = pooledFeatures(map, preprocessor, Region(mask), 32, 32);
    CHECK(pooled[0] == Approx((1 + 0.5 * 2) / 1.5));
    CHECK(pooled[1] == Approx((10 + 0.5 * 20) / 1.5));
}
