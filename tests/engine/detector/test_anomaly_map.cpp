// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>

#include <opencv2/core.hpp>

#include "engine/detector/anomaly_map.h"

using namespace engine;

namespace {

Preprocessor preprocessorOf(int width, int height, FitMode mode = FitMode::Stretch) {
    InputSpec spec;
    spec.width = width;
    spec.height = height;
    spec.fitMode = mode;
    return Preprocessor(spec);
}

cv::Point peakOf(const cv::Mat& map) {
    cv::Point peak;
    cv::minMaxLoc(map, nullptr, nullptr, nullptr, &peak);
    return peak;
}

}  // namespace

TEST_CASE("a hot cell is hottest at the centre of the pixels that it stands for, for odd sizes too") {
    const auto [width, height] = GENERATE(table<int, int>({{96, 64}, {97, 65}, {301, 203}, {1001, 333}, {33, 31}}));
    const Preprocessor preprocessor = preprocessorOf(96, 64);
    const int gridWidth = 12;
    const int gridHeight = 8;
    for (const int column : {3, 6, 9}) {
        for (const int row : {2, 5}) {
            std::vector<float> distances(static_cast<std::size_t>(gridWidth * gridHeight), 0.0F);
            distances[static_cast<std::size_t>(row * gridWidth + column)] = 1;
            const cv::Mat map = anomalyMap(inputMap(distances, gridWidth, gridHeight, {}, 4, preprocessor.spec()),
                                           preprocessor, Region(), width, height);
            REQUIRE(map.cols == width);
            REQUIRE(map.rows == height);
            const cv::Point peak = peakOf(map);
            // The centre of the cell in continuous coordinates; a pixel's centre is at + 0.5.
            CHECK(std::abs(peak.x + 0.5 - (column + 0.5) * width / gridWidth) <=
                  0.51 * std::max(1.0, width / 96.0) + 0.5);
            CHECK(std::abs(peak.y + 0.5 - (row + 0.5) * height / gridHeight) <=
                  0.51 * std::max(1.0, height / 64.0) + 0.5);
        }
    }
}

TEST_CASE("equal distances are an even map, whatever the smoothing") {
    const Preprocessor preprocessor = preprocessorOf(64, 96);
    const std::vector<float> distances(8 * 12, 2.5F);
    for (const double sigma : {0.0, 1.0, 4.0, 12.0}) {
        const cv::Mat map =
            anomalyMap(inputMap(distances, 8, 12, {}, sigma, preprocessor.spec()), preprocessor, Region(), 51, 77);
        double low = 0;
        double high = 0;
        cv::minMaxLoc(map, &low, &high);
        CHECK(low == Approx(2.5));
        CHECK(high == Approx(2.5));
    }
}

TEST_CASE("outside the region the map is zero, and inside nothing leaks in from outside") {
    const Preprocessor preprocessor = preprocessorOf(64, 64);
    cv::Mat mask(64, 64, CV_8UC1, cv::Scalar(0));
    mask.colRange(0, 32).setTo(255);
    const Region region(mask);
    const auto inspected = inspectedCells(preprocessor, region, 128, 128, 8, 8);
    for (int cell = 0; cell < 64; ++cell) CHECK(inspected[static_cast<std::size_t>(cell)] == (cell % 8 < 4 ? 1 : 0));
    std::vector<float> distances(64, 1.0F);
    for (std::size_t cell = 0; cell < 64; ++cell)
        if (inspected[cell] == 0) distances[cell] = 1000;
    const cv::Mat map =
        anomalyMap(inputMap(distances, 8, 8, inspected, 4, preprocessor.spec()), preprocessor, region, 128, 128);
    for (int y = 0; y < 128; y += 9) {
        for (int x = 0; x < 128; ++x) {
            if (x < 64) {
                CHECK(map.at<float>(y, x) == Approx(1).epsilon(1e-3));
            } else {
                CHECK(map.at<float>(y, x) == 0);
            }
        }
    }
}

TEST_CASE("letterbox borders are not inspected") {
    const Preprocessor preprocessor = preprocessorOf(64, 64, FitMode::Letterbox);
    const auto inspected = inspectedCells(preprocessor, Region(), 200, 100, 8, 8);
    for (int row = 0; row < 8; ++row)
        for (int column = 0; column < 8; ++column)
            CHECK(inspected[static_cast<std::size_t>(row * 8 + column)] == (row >= 2 && row < 6 ? 1 : 0));
}
