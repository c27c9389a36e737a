// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <limits>

#include <opencv2/imgproc.hpp>

#include "app/services/overlay.h"
#include "engine/core/error.h"

using namespace services;

namespace {

engine::Image gray(int width, int height, int value) {
    return {cv::Mat(height, width, CV_8UC1, cv::Scalar(value))};
}

cv::Vec3b inferno(int level) {
    const cv::Mat value(1, 1, CV_8UC1, cv::Scalar(level));
    cv::Mat colour;
    cv::applyColorMap(value, colour, cv::COLORMAP_INFERNO);
    return colour.at<cv::Vec3b>(0);
}

}  // namespace

TEST_CASE("at the low end and below the picture is untouched, at the high end it has the opacity asked for") {
    const engine::Image image = gray(4, 1, 100);
    const cv::Mat map = (cv::Mat_<float>(1, 4) << -5.F, 1.F, 3.F, 99.F);
    OverlayStyle style;
    style.low = 1;
    style.high = 3;
    style.opacity = 1;
    const cv::Mat full = paintOverlay(image, map, style);
    CHECK(full.type() == CV_8UC3);
    CHECK(full.at<cv::Vec3b>(0) == cv::Vec3b(100, 100, 100));
    CHECK(full.at<cv::Vec3b>(1) == cv::Vec3b(100, 100, 100));
    CHECK(full.at<cv::Vec3b>(2) == inferno(255));
    CHECK(full.at<cv::Vec3b>(3) == inferno(255));
    style.opacity = 0.5;
    const cv::Vec3b half = paintOverlay(image, map, style).at<cv::Vec3b>(3);
    for (int c = 0; c < 3; ++c) CHECK(std::abs(half[c] - (100 + inferno(255)[c]) / 2) <= 1);
}

TEST_CASE("the map fades in: every step up covers a white picture a little more") {
    cv::Mat map(1, 256, CV_32F);
    for (int x = 0; x < 256; ++x) map.at<float>(x) = static_cast<float>(x) / 255;
    OverlayStyle style;
    style.opacity = 1;
    const cv::Mat painted = paintOverlay(gray(256, 1, 255), map, style);
    // Blue falls all the way in inferno over white up to its yellow end.
    for (int x = 1; x < 200; ++x) CHECK(painted.at<cv::Vec3b>(x)[0] <= painted.at<cv::Vec3b>(x - 1)[0] + 1);
    CHECK(painted.at<cv::Vec3b>(3)[0] > 245);
}

TEST_CASE("the four colour maps differ, and a map of not-numbers leaves the picture alone") {
    const cv::Mat map(1, 1, CV_32F, cv::Scalar(0.6));
    std::vector<cv::Vec3b> seen;
    for (const auto colours : {ColourMap::Inferno, ColourMap::Cividis, ColourMap::Viridis, ColourMap::Turbo}) {
        OverlayStyle style;
        style.colourMap = colours;
        const cv::Vec3b colour = paintOverlay(gray(1, 1, 128), map, style).at<cv::Vec3b>(0);
        CHECK(std::find(seen.begin(), seen.end(), colour) == seen.end());
        seen.push_back(colour);
    }
    const cv::Mat none(1, 1, CV_32F, cv::Scalar(std::numeric_limits<double>::quiet_NaN()));
    CHECK(paintOverlay(gray(1, 1, 128), none, {}).at<cv::Vec3b>(0) == cv::Vec3b(128, 128, 128));
}

TEST_CASE("the contour is two white pixels across the cut with one dark pixel on either side") {
    cv::Mat map = cv::Mat::zeros(9, 20, CV_32F);
    map.colRange(10, 20).setTo(2);
    OverlayStyle style;
    style.opacity = 0;
    style.cut = 2;
    const cv::Mat painted = paintOverlay(gray(20, 9, 128), map, style);
    const auto at = [&](int x) { return static_cast<int>(painted.at<cv::Vec3b>(4, x)[1]); };
    CHECK(at(7) == 128);
    CHECK(at(8) < 40);
    CHECK(at(9) == 255);
    CHECK(at(10) == 255);
    CHECK(at(11) < 40);
    CHECK(at(12) == 128);
    CHECK(at(19) == 128);  // no line along the picture's edge
    CHECK(painted.at<cv::Vec3b>(0, 15)[1] == 128);
    style.cut = 5;
    CHECK(cv::countNonZero(paintOverlay(gray(20, 9, 128), map, style).reshape(1) != 128) == 0);
}

TEST_CASE("one pixel above the cut is seen") {
    cv::Mat map = cv::Mat::zeros(9, 9, CV_32F);
    map.at<float>(4, 4) = 1;
    OverlayStyle style;
    style.cut = 1;
    const cv::Mat painted = paintOverlay(gray(9, 9, 255), map, style);
    CHECK(painted.at<cv::Vec3b>(4, 4) == cv::Vec3b(255, 255, 255));
    CHECK(painted.at<cv::Vec3b>(3, 3)[0] < 40);
}

TEST_CASE("16 bit are shown by the range given, gray as three equal channels, colour as it is") {
    const cv::Mat deep = (cv::Mat_<std::uint16_t>(1, 4) << 0, 1000, 1500, 65535);
    const cv::Mat shown = displayImage({deep}, 1000, 2000);
    CHECK(shown.at<cv::Vec3b>(0) == cv::Vec3b(0, 0, 0));
    CHECK(shown.at<cv::Vec3b>(1) == cv::Vec3b(0, 0, 0));
    CHECK(std::abs(shown.at<cv::Vec3b>(2)[0] - 128) <= 1);
    CHECK(shown.at<cv::Vec3b>(3) == cv::Vec3b(255, 255, 255));
    const cv::Mat full = displayImage({cv::Mat(1, 1, CV_16UC3, cv::Scalar(65535, 0, 32896))});
    CHECK(full.at<cv::Vec3b>(0) == cv::Vec3b(255, 0, 128));
    const cv::Mat colour(1, 1, CV_8UC3, cv::Scalar(1, 2, 3));
    CHECK(displayImage({colour}).at<cv::Vec3b>(0) == cv::Vec3b(1, 2, 3));
}

TEST_CASE("painting leaves the image itself alone") {
    const engine::Image image{cv::Mat(4, 4, CV_8UC3, cv::Scalar(9, 9, 9))};
    OverlayStyle style;
    style.cut = 0.5;
    paintOverlay(image, cv::Mat::ones(4, 4, CV_32F), style);
    CHECK(cv::countNonZero(image.pixels.reshape(1) != 9) == 0);
    CHECK(cv::countNonZero(paintOverlay(image, {}, style).reshape(1) != 9) == 0);
}

TEST_CASE("maps of another size or type, and images of another kind, are refused") {
    CHECK_THROWS_AS(paintOverlay(gray(4, 4, 0), cv::Mat::ones(4, 5, CV_32F), {}), engine::Error);
    CHECK_THROWS_AS(paintOverlay(gray(4, 4, 0), cv::Mat::ones(4, 4, CV_8U), {}), engine::Error);
    CHECK_THROWS_AS(displayImage({cv::Mat::ones(2, 2, CV_32F)}), engine::Error);
    CHECK_THROWS_AS(displayImage({}), engine::Error);
}

TEST_CASE("time to paint 900 x 900", "[.timing]") {
    const engine::Image image{cv::Mat(900, 900, CV_8UC3, cv::Scalar(90, 120, 140))};
    cv::Mat map(900, 900, CV_32F);
    for (int y = 0; y < 900; ++y) {
        for (int x = 0; x < 900; ++x) map.at<float>(y, x) = static_cast<float>((x * y) % 700) / 700;
    }
    OverlayStyle style;
    style.cut = 0.5;
    paintOverlay(image, map, style);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) paintOverlay(image, map, style);
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() / 20;
    std::cout << "900 x 900 painted in " << ms << " ms\n";
    CHECK(ms < 50);
}
