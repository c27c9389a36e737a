// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include "engine/core/random.h"
#include "engine/detector/mahalanobis.h"
#include "engine/features/shrunk_gaussian.h"

using namespace engine;

namespace {

// Three channels that vary by 4, 1 and 0.05.
Matrix pooledRows() {
    Matrix rows(60, 3);
    Random random(5);
    const double deviations[] = {4, 1, 0.05};
    for (std::int64_t i = 0; i < rows.rows; ++i)
        for (std::size_t c = 0; c < 3; ++c) rows.row(i)[c] = static_cast<float>(2 + deviations[c] * random.normal());
    return rows;
}

StageGaussian gaussian(Reduction reduction) {
    MahalanobisParameters parameters;
    parameters.reduction = reduction;
    const Matrix rows = pooledRows();
    return fitStageGaussian(rows, std::vector<std::uint8_t>(60, 1), parameters, RunContext());
}

}  // namespace

TEST_CASE("the distance of a stage is that by the inverse of its shrunk covariance") {
    const Matrix rows = pooledRows();
    const ShrunkCovariance covariance = shrunkCovariance(rows, std::vector<std::uint8_t>(60, 1), RunContext());
    const auto& s = covariance.triangle;  // 00 10 20 11 21 22
    const double a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5];
    const double determinant = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
    const float x[] = {5, 1, 2.2F};
    const double u[] = {x[0] - covariance.mean[0], x[1] - covariance.mean[1], x[2] - covariance.mean[2]};
    // By cofactors.
    const double squared =
        (u[0] * u[0] * (d * f - e * e) + u[1] * u[1] * (a * f - c * c) + u[2] * u[2] * (a * d - b * b) +
         2 * u[0] * u[1] * (c * e - b * f) + 2 * u[0] * u[2] * (b * e - c * d) + 2 * u[1] * u[2] * (b * c - a * e)) /
        determinant;
    CHECK(gaussian(Reduction::None).distance(x) == Approx(std::sqrt(squared)).epsilon(1e-4));
}

TEST_CASE("pca looks at the large components, npca at the small ones") {
    const StageGaussian large = gaussian(Reduction::Pca);
    const StageGaussian small = gaussian(Reduction::Npca);
    REQUIRE(large.components.rows == 2);
    REQUIRE(small.components.rows == 1);
    CHECK(std::abs(small.components.row(0)[2]) > 0.99F);
    const float alongLarge[] = {22, 2, 2};
    const float alongSmall[] = {2, 2, 3};
    CHECK(large.distance(alongLarge) > 4);
    CHECK(large.distance(alongSmall) < 1);
    CHECK(small.distance(alongSmall) > 10);
    CHECK(small.distance(alongLarge) < small.distance(alongSmall));
}
