// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include "app/services/images/picture_levels.h"
#include "tests/app/services/images/image_fixture.h"

using namespace services;

TEST_CASE("levels halve down to 512 pixels, and the first shares the pixels of the image") {
    for (const int channels : {1, 3}) {
        const engine::Image image{test::picture(2051, 1025, channels, 1)};
        const auto levels = pictureLevels(image, {});
        REQUIRE(levels.size() == 4);
        CHECK(levels[0].constBits() == image.pixels.data);
        CHECK(levels[0].size() == QSize(2051, 1025));
        CHECK(levels[1].size() == QSize(1026, 513));
        CHECK(levels[2].size() == QSize(513, 257));
        CHECK(levels[3].size() == QSize(257, 129));
        for (const QImage& level : levels)
            CHECK(level.format() == (channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_BGR888));
    }
    CHECK(pictureLevels({test::picture(512, 512, 3, 1)}, {}).size() == 1);
    CHECK(pictureLevels({test::picture(513, 2, 3, 1)}, {}).size() == 2);
    CHECK(pictureLevels({test::picture(5000, 1, 1, 1)}, {}).back().size() == QSize(313, 1));
}

TEST_CASE("a level is the mean of the pixels it covers, in the right colours") {
    cv::Mat pixels(600, 600, CV_8UC3, cv::Scalar(10, 20, 30));
    pixels(cv::Rect(0, 0, 300, 600)).setTo(cv::Scalar(250, 0, 0));  // blue
    pixels.at<cv::Vec3b>(400, 400) = {50, 60, 70};
    const auto levels = pictureLevels({pixels}, {});
    REQUIRE(levels.size() == 2);
    CHECK(levels[0].pixel(10, 10) == qRgb(0, 0, 250));
    CHECK(levels[1].pixel(10, 10) == qRgb(0, 0, 250));
    CHECK(levels[1].pixel(290, 10) == qRgb(30, 20, 10));
    CHECK(levels[1].pixel(200, 200) == qRgb(40, 30, 20));
}

TEST_CASE("a level halves an odd picture without a shift, and its last pixels are those that are left") {
    cv::Mat pixels(515, 517, CV_8UC1);
    for (int y = 0; y < pixels.rows; ++y)
        for (int x = 0; x < pixels.cols; ++x)
            pixels.at<uchar>(y, x) = static_cast<uchar>((x / 2 * 7 + y / 2 * 3) % 200);
    const auto levels = pictureLevels({pixels}, {});
    REQUIRE(levels.size() == 2);
    REQUIRE(levels[1].size() == QSize(259, 258));
    int wrong = 0;
    for (int y = 0; y < 258; ++y)
        for (int x = 0; x < 259; ++x) wrong += qRed(levels[1].pixel(x, y)) == (x * 7 + y * 3) % 200 ? 0 : 1;
    CHECK(wrong == 0);
}

TEST_CASE("the pixels live as long as a level does") {
    QImage level;
    {
        engine::Image image{test::picture(40, 30, 3, 2)};
        level = pictureLevels(image, {}).front();
    }
    CHECK(level.pixel(5, 6) == QImage(level.copy()).pixel(5, 6));
    CHECK(level.pixelColor(39, 29).isValid());
}

TEST_CASE("16 bits are shown between the limits, or between the image's own percentiles") {
    cv::Mat pixels(100, 100, CV_16UC1, cv::Scalar(1500));
    pixels.row(0).setTo(1000);
    pixels.row(1).setTo(2000);
    pixels.at<std::uint16_t>(50, 50) = 60000;  // one hot pixel of 10 000 is beyond the 99.9 percentile
    const engine::Image image{pixels};
    CHECK(ownLimits(image) == SixteenBitLimits{1000, 2000});
    for (const auto& levels : {pictureLevels(image, {}), pictureLevels(image, SixteenBitLimits{1000, 2000})}) {
        CHECK(levels[0].format() == QImage::Format_Grayscale8);
        CHECK(qRed(levels[0].pixel(5, 0)) == 0);
        CHECK(qRed(levels[0].pixel(5, 1)) == 255);
        CHECK(std::abs(qRed(levels[0].pixel(5, 20)) - 127) <= 1);
        CHECK(qRed(levels[0].pixel(50, 50)) == 255);
    }
    CHECK(qRed(pictureLevels(image, SixteenBitLimits{0, 65535})[0].pixel(5, 20)) == 6);
    const QImage small = thumbnailOf(image, 256);
    CHECK(qRed(small.pixel(5, 0)) == 0);
    CHECK(qRed(small.pixel(5, 1)) == 255);
    CHECK(qRed(small.pixel(50, 50)) == 255);
    // A dark flat image is black and not noise blown up beyond its range.
    CHECK_NOTHROW(pictureLevels({cv::Mat(20, 20, CV_16UC3, cv::Scalar(7, 7, 7))}, {}));
}

TEST_CASE("a thumbnail fits into its square, keeps its shape and is never enlarged") {
    CHECK(thumbnailOf({test::picture(900, 900, 3, 1)}, 256).size() == QSize(256, 256));
    CHECK(thumbnailOf({test::picture(900, 300, 3, 1)}, 256).size() == QSize(256, 85));
    CHECK(thumbnailOf({test::picture(300, 900, 1, 1)}, 256).size() == QSize(85, 256));
    CHECK(thumbnailOf({test::picture(100, 50, 1, 1)}, 256).size() == QSize(100, 50));
    CHECK(thumbnailOf({test::picture(9000, 1, 1, 1)}, 256).size() == QSize(256, 1));
    CHECK(thumbnailOf({test::picture(1, 1, 1, 1)}, 256).size() == QSize(1, 1));
}

TEST_CASE("a thumbnail is the mean of what it covers, in the right colours") {
    cv::Mat pixels(512, 512, CV_8UC3, cv::Scalar(200, 100, 50));
    for (int y = 0; y < 512; y += 2) pixels.row(y).setTo(cv::Scalar(100, 0, 50));
    const QImage colour = thumbnailOf({pixels}, 256);
    CHECK(colour.format() == QImage::Format_RGB32);
    CHECK(colour.pixel(0, 0) == qRgb(50, 50, 150));
    CHECK(colour.pixel(255, 255) == qRgb(50, 50, 150));
    CHECK(thumbnailOf({cv::Mat(300, 300, CV_8UC1, cv::Scalar(77))}, 256).pixel(100, 100) == qRgb(77, 77, 77));
    CHECK(thumbnailOf({cv::Mat(30, 30, CV_8UC1, cv::Scalar(255))}, 256).pixel(10, 10) == qRgb(255, 255, 255));
}
