// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/detector/held_out.h"
#include "engine/detector/patch_lattice.h"

using namespace engine;

namespace {

InputSpec inputOf(int width, int height) {
    InputSpec input;
    input.width = width;
    input.height = height;
    return input;
}

Region leftOf(int x, int width, int height) {
    cv::Mat mask(height, width, CV_8UC1, cv::Scalar(0));
    mask.colRange(0, x).setTo(255);
    return Region(mask);
}

}  // namespace

TEST_CASE("a pixel has the mean of the inspected patches that contain it, by the plain loop") {
    const InputSpec input = inputOf(96, 64);
    for (const auto& [patchPx, stridePx] : {std::pair{32, 8}, {32, 4}, {64, 32}}) {
        const PatchLattice lattice = PatchLattice::over(input, patchPx, stridePx);
        REQUIRE(lattice.left(lattice.patches() - 1) + patchPx == input.width);
        REQUIRE(lattice.top(lattice.patches() - 1) + patchPx == input.height);
        Random random(static_cast<std::uint64_t>(stridePx));
        std::vector<std::uint8_t> inspected;
        std::vector<float> scores;
        for (int i = 0; i < lattice.patches(); ++i) {
            inspected.push_back(random.below(3) > 0 ? 1 : 0);
            if (inspected.back() != 0) scores.push_back(static_cast<float>(random.uniform()));
        }
        const cv::Mat map = spreadScores(lattice, scores, inspected, input);
        REQUIRE(map.size() == cv::Size(input.width, input.height));
        double worst = 0;
        for (int y = 0; y < input.height; ++y)
            for (int x = 0; x < input.width; ++x) {
                double sum = 0;
                int count = 0;
                std::size_t next = 0;
                for (int row = 0; row < lattice.rows; ++row)
                    for (int column = 0; column < lattice.columns; ++column) {
                        if (inspected[static_cast<std::size_t>(row * lattice.columns + column)] == 0) continue;
                        const float score = scores[next++];
                        if (x < column * stridePx || x >= column * stridePx + patchPx || y < row * stridePx ||
                            y >= row * stridePx + patchPx)
                            continue;
                        sum += score;
                        ++count;
                    }
                worst = std::max(worst, std::abs(map.at<float>(y, x) - (count > 0 ? sum / count : 0)));
            }
        CHECK(worst < 1e-5);
    }
}

TEST_CASE("a patch is inspected where the region covers half of it, and a letterbox border is not the image") {
    const Preprocessor whole(inputOf(96, 64));
    const InspectedArea left(whole, leftOf(48, 96, 64), 96, 64);
    CHECK(left.share(0, 0, 48, 64) == Approx(1));
    CHECK(left.share(40, 10, 16, 16) == Approx(0.5));
    CHECK(left.covers(32, 0, 32));
    CHECK_FALSE(left.covers(34, 0, 32));
    const auto inspected = inspectedPatches(PatchLattice::over(whole.spec(), 32, 8), left);
    CHECK(std::vector<std::uint8_t>(inspected.begin(), inspected.begin() + 9) ==
          std::vector<std::uint8_t>{1, 1, 1, 1, 1, 0, 0, 0, 0});

    InputSpec letterbox = inputOf(64, 64);
    letterbox.fitMode = FitMode::Letterbox;
    const InspectedArea shown(Preprocessor(letterbox), Region(), 128, 64);  // 64 x 32 of it, in the middle
    CHECK(shown.share(0, 0, 64, 16) == Approx(0).margin(1e-6));
    CHECK(shown.share(0, 16, 64, 32) == Approx(1));
    CHECK(InspectedArea(whole, Region(), 96, 64).isEverything());
}

TEST_CASE("a patch has its place in the original, and the one under a pixel is the one whose centre is nearest") {
    const Preprocessor preprocessor(inputOf(96, 64));
    const PatchLattice lattice = PatchLattice::over(preprocessor.spec(), 32, 8);
    const cv::Size original(192, 128);
    const Box box = patchBox(lattice, 9 * 2 + 3, preprocessor, original);  // row 2, column 3
    CHECK(box.x == 48);
    CHECK(box.y == 32);
    CHECK(box.width == 64);
    CHECK(box.height == 64);
    std::vector<std::uint8_t> inspected(static_cast<std::size_t>(lattice.patches()), 1);
    CHECK(inspectedPatchAt(lattice, inspected, 81, 65, preprocessor, original) == 9 * 2 + 3);
    CHECK(inspectedPatchAt(lattice, inspected, 0, 0, preprocessor, original) == 0);
    CHECK(inspectedPatchAt(lattice, inspected, 191, 127, preprocessor, original) == lattice.patches() - 1);
    inspected.assign(inspected.size(), 0);
    inspected[0] = 1;
    CHECK(inspectedPatchAt(lattice, inspected, 62, 62, preprocessor, original) == 0);
    CHECK_THROWS_AS(inspectedPatchAt(lattice, inspected, 66, 10, preprocessor, original), Error);
    CHECK_THROWS_AS(inspectedPatchAt(lattice, inspected, 192, 10, preprocessor, original), Error);
}

TEST_CASE("the largest value of a map is looked for where it is inspected") {
    const Preprocessor preprocessor(inputOf(96, 64));
    cv::Mat map(64, 96, CV_32FC1, cv::Scalar(1));
    map.at<float>(10, 80) = 9;
    map.at<float>(20, 20) = 5;
    const InspectedArea left(preprocessor, leftOf(48, 96, 64), 96, 64);
    CHECK(largestInspected(map, left) == 5);
    CHECK(largestInspected(map, InspectedArea()) == 9);
    std::vector<float> all, some;
    appendInspected(map, InspectedArea(), all);
    appendInspected(map, left, some);
    CHECK(all.size() == 24 * 16);
    CHECK(some.size() == 12 * 16);
}

TEST_CASE("images are held out evenly, none of a few and never more than half") {
    const auto held = [](std::size_t count, double share) {
        std::vector<std::size_t> images;
        for (std::size_t i = 0; i < count; ++i)
            if (isHeldOut(i, count, share)) images.push_back(i);
        return images;
    };
    CHECK(held(10, 0.2) == std::vector<std::size_t>{4, 9});
    CHECK(held(209, 0.2).size() == 42);
    CHECK(held(6, 0.01).size() == 2);
    CHECK(held(7, 0.5).size() == 3);
    CHECK(held(5, 0.5).empty());
    CHECK(held(100, 0).empty());
}
