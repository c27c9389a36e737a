// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/features/patch_features.h"

using namespace engine;

namespace {

FeatureMap mapOf(int height, int width, int channels, std::uint64_t seed) {
    FeatureMap map{"3", height, width, channels, Buffer<float>(static_cast<std::size_t>(height * width * channels))};
    Random random(seed);
    for (float& v : map.values) v = static_cast<float>(random.normal());
    return map;
}

float at(const FeatureMap& map, int y, int x, int c) {
    if (y < 0 || x < 0 || y >= map.height || x >= map.width) return 0;
    return map.values[static_cast<std::size_t>((y * map.width + x) * map.channels + c)];
}

// The 3x3 average by its definition: nine cells, zeros beyond the border, divided by nine.
float average(const FeatureMap& map, int y, int x, int c) {
    double sum = 0;
    for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) sum += at(map, y + dy, x + dx, c);
    return static_cast<float>(sum / 9);
}

}  // namespace

TEST_CASE("the average is of nine cells with zeros beyond the border") {
    const FeatureMap map = mapOf(5, 7, 19, 1);
    PatchFeatureParameters parameters;
    parameters.neighbourhood = {Neighbourhood::Average};
    const auto patches = patchFeatures({&map, 1}, parameters, RunContext());
    REQUIRE(patches.rows.rows == 35);
    REQUIRE(patches.rows.cols == 19);
    for (int y = 0; y < 5; ++y)
        for (int x = 0; x < 7; ++x)
            for (int c = 0; c < 19; ++c)
                CHECK(patches.rows.row(y * 7 + x)[c] == Approx(average(map, y, x, c)).margin(1e-6));
}

TEST_CASE("the gaussian weighs 1-2-1 by 1-2-1, and none takes the cell alone") {
    FeatureMap map{"3", 3, 3, 1, Buffer<float>(9)};
    std::fill(map.values.begin(), map.values.end(), 0.0F);
    map.values[4] = 16;  // the centre
    PatchFeatureParameters parameters;
    parameters.neighbourhood = {Neighbourhood::Gaussian};
    const auto gaussian = patchFeatures({&map, 1}, parameters, RunContext());
    const float expected[9] = {1, 2, 1, 2, 4, 2, 1, 2, 1};
    for (int i = 0; i < 9; ++i) CHECK(gaussian.rows.row(i)[0] == expected[i]);
    parameters.neighbourhood = {Neighbourhood::None};
    const auto none = patchFeatures({&map, 1}, parameters, RunContext());
    for (int i = 0; i < 9; ++i) CHECK(none.rows.row(i)[0] == (i == 4 ? 16.0F : 0.0F));
}

TEST_CASE("a coarser stage is resized bilinearly, cell centres kept, and stages are concatenated in order") {
    const FeatureMap fine = mapOf(4, 6, 3, 2);
    FeatureMap coarse{"4", 2, 3, 1, Buffer<float>(6)};
    for (int y = 0; y < 2; ++y)
        for (int x = 0; x < 3; ++x) coarse.values[static_cast<std::size_t>(y * 3 + x)] = static_cast<float>(10 * y + x);
    PatchFeatureParameters parameters;
    parameters.neighbourhood = {Neighbourhood::None};
    parameters.stageScale = {1.0F, 2.0F};
    const FeatureMap stages[] = {fine, coarse};
    const auto patches = patchFeatures(stages, parameters, RunContext());
    REQUIRE(patches.gridHeight == 4);
    REQUIRE(patches.gridWidth == 6);
    REQUIRE(patches.rows.cols == 4);
    const double ys[] = {0, 0.25, 0.75, 1};  // align_corners = false, clamped at the border
    const double xs[] = {0, 0.25, 0.75, 1.25, 1.75, 2};
    for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 6; ++x) {
            const float* row = patches.rows.row(y * 6 + x);
            for (int c = 0; c < 3; ++c) CHECK(row[c] == at(fine, y, x, c));
            CHECK(row[3] == Approx(2 * (10 * ys[y] + xs[x])));
        }
    }
}

TEST_CASE("the last neighbourhood named holds for all further stages") {
    const FeatureMap map = mapOf(3, 3, 2, 4);
    const FeatureMap stages[] = {map, map, map};
    PatchFeatureParameters parameters;
    parameters.neighbourhood = {Neighbourhood::None, Neighbourhood::Average};
    const auto patches = patchFeatures(stages, parameters, RunContext());
    for (int cell = 0; cell < 9; ++cell) {
        const float* row = patches.rows.row(cell);
        CHECK(row[0] == at(map, cell / 3, cell % 3, 0));
        CHECK(row[2] == Approx(average(map, cell / 3, cell % 3, 0)));
        CHECK(row[4] == row[2]);
    }
}

TEST_CASE("one image after another goes through the same memory, and none is seen in the next") {
    PatchDescriber describer(PatchFeatureParameters{});
    const float* memory = nullptr;
    for (const int side : {8, 4, 6, 8}) {
        const FeatureMap stages[] = {mapOf(side, side + 2, 5, 1 + side), mapOf(side / 2, side / 2 + 1, 7, 2 + side)};
        const PatchFeatures& patches = describer.describe(stages, RunContext());
        const PatchFeatures alone = patchFeatures(stages, PatchFeatureParameters{}, RunContext());
        CHECK(patches.gridHeight == side);
        CHECK(patches.gridWidth == side + 2);
        CHECK(patches.rows.values == alone.rows.values);
        if (memory == nullptr) memory = patches.rows.values.data();
        CHECK(patches.rows.values.data() == memory);
    }
}

TEST_CASE("one by one cell works, and what does not fit is refused") {
    const FeatureMap map = mapOf(1, 1, 4, 3);
    PatchFeatureParameters parameters;
    parameters.neighbourhood = {Neighbourhood::Average};
    const auto patches = patchFeatures({&map, 1}, parameters, RunContext());
    for (int c = 0; c < 4; ++c) CHECK(patches.rows.row(0)[c] == Approx(map.values[static_cast<std::size_t>(c)] / 9));
    CHECK_THROWS_AS(patchFeatures({}, {}, RunContext()), Error);
    parameters.neighbourhood = {};
    CHECK_THROWS_AS(patchFeatures({&map, 1}, parameters, RunContext()), Error);
    parameters.neighbourhood = {Neighbourhood::None};
    parameters.stageScale = {1, 1};
    CHECK_THROWS_AS(patchFeatures({&map, 1}, parameters, RunContext()), Error);
    CHECK_THROWS_AS(neighbourhoodFromName("mean"), Error);
    CHECK(neighbourhoodFromName(nameOf(Neighbourhood::Gaussian)) == Neighbourhood::Gaussian);
}
