// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <limits>
#include <opencv2/core.hpp>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/image/region.h"
#include "tests/engine/image/image_files.h"
#include "tests/support/test_data.h"

using namespace engine;

namespace {

std::vector<int> sides(const Box& box) {
    return {box.x, box.y, box.width, box.height};
}

// Flood fill, pixel by pixel in scan order; the first of the largest wins.
std::vector<int> largestByFloodFill(const cv::Mat& map, double cut) {
    cv::Mat open = cv::Mat::zeros(map.size(), CV_8UC1);
    for (int y = 0; y < map.rows; ++y)
        for (int x = 0; x < map.cols; ++x) open.at<std::uint8_t>(y, x) = map.at<float>(y, x) >= cut ? 1 : 0;
    std::size_t largest = 0;
    std::vector<int> box{0, 0, 0, 0};
    for (int y = 0; y < map.rows; ++y)
        for (int x = 0; x < map.cols; ++x) {
            if (open.at<std::uint8_t>(y, x) == 0) continue;
            std::vector<cv::Point> region{{x, y}};
            open.at<std::uint8_t>(y, x) = 0;
            int left = x, right = x, top = y, bottom = y;
            for (std::size_t i = 0; i < region.size(); ++i)
                for (int dy = -1; dy <= 1; ++dy)
                    for (int dx = -1; dx <= 1; ++dx) {
                        const cv::Point p = region[i] + cv::Point(dx, dy);
                        if (p.x < 0 || p.y < 0 || p.x >= map.cols || p.y >= map.rows) continue;
                        if (open.at<std::uint8_t>(p) == 0) continue;
                        open.at<std::uint8_t>(p) = 0;
                        region.push_back(p);
                        left = std::min(left, p.x);
                        right = std::max(right, p.x);
                        top = std::min(top, p.y);
                        bottom = std::max(bottom, p.y);
                    }
            if (region.size() <= largest) continue;
            largest = region.size();
            box = {left, top, right - left + 1, bottom - top + 1};
        }
    return box;
}

}  // namespace

TEST_CASE("without a mask everything is inside") {
    const Region everything;
    CHECK(everything.isEverything());
    CHECK(cv::countNonZero(everything.atSize(7, 5) == 255) == 35);
}

TEST_CASE("a region is stretched to each image, its edges where they were") {
    cv::Mat mask = cv::Mat::zeros(2, 4, CV_8UC1);
    mask.at<std::uint8_t>(0, 1) = 3;
    mask.at<std::uint8_t>(0, 2) = 200;
    const Region region(mask);
    const cv::Mat large = region.atSize(12, 10);
    for (int y = 0; y < 10; ++y)
        for (int x = 0; x < 12; ++x) CHECK(large.at<std::uint8_t>(y, x) == (y < 5 && x >= 3 && x < 9 ? 255 : 0));
    // A pixel of the small image has its centre at 1.0 / 3.0 of the four: in pixels 1 and 3 counted from 0.
    const cv::Mat small = region.atSize(2, 1);
    CHECK(small.cols == 2);
    CHECK(cv::countNonZero(region.atSize(4, 2) != (mask != 0)) == 0);
}

TEST_CASE("a region that marks nothing is refused") {
    CHECK_THROWS_AS(Region(cv::Mat::zeros(3, 3, CV_8UC1)), Error);
    CHECK_THROWS_AS(Region(cv::Mat::ones(3, 3, CV_32FC1)), Error);
    test::TemporaryFolder folder;
    test::writeFile(folder / "none.png", test::encoded(cv::Mat::zeros(3, 3, CV_8UC1), ".png"));
    CHECK_THROWS_WITH(readRegion(folder / "none.png"), Catch::Contains("none.png"));
    CHECK_THROWS_AS(readRegion(folder / "absent.png"), Error);
    test::writeFile(folder / "some.png", test::encoded(cv::Mat::ones(3, 3, CV_8UC1), ".png"));
    CHECK(cv::countNonZero(readRegion(folder / "some.png").mask()) == 9);
}

TEST_CASE("the largest region above a cut is found, corners connect, and the cut itself belongs to it") {
    cv::Mat map = (cv::Mat_<float>(4, 6) << 1, 0, 0, 0, 2, 2,  //
                   0, 1, 0, 0, 2, 0,                           //
                   1, 0, 0, 0, 0, 0,                           //
                   0, 0, 0, 9, 0, 1);
    CHECK(sides(largestRegionAbove(map, 1)) == std::vector<int>{0, 0, 2, 3});
    CHECK(sides(largestRegionAbove(map, 2)) == std::vector<int>{4, 0, 2, 2});
    CHECK(sides(largestRegionAbove(map, 9)) == std::vector<int>{3, 3, 1, 1});
    CHECK(largestRegionAbove(map, 9.5).empty());
    CHECK(sides(largestRegionAbove(map, 0)) == std::vector<int>{0, 0, 6, 4});
    CHECK(largestRegionAbove(cv::Mat(), 0).empty());
    map.setTo(std::numeric_limits<float>::quiet_NaN());
    CHECK(largestRegionAbove(map, 0).empty());
}

TEST_CASE("regions are those of a flood fill, ties included") {
    Random random(5);
    for (int round = 0; round < 300; ++round) {
        const int height = 1 + static_cast<int>(random.below(12));
        const int width = 1 + static_cast<int>(random.below(12));
        cv::Mat map(height, width, CV_32FC1);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) map.at<float>(y, x) = static_cast<float>(random.uniform());
        const double cut = 0.5 + 0.45 * random.uniform();
        CHECK(sides(largestRegionAbove(map, cut)) == largestByFloodFill(map, cut));
    }
}
