// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/image/preprocess.h"
#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/map_layer.h"
#include "ui/viewer/readout.h"

TEST_CASE("The read-out has the original's values, in the order that people say them") {
    cv::Mat colour(3, 4, CV_8UC3, cv::Scalar(0, 0, 0));
    colour.at<cv::Vec3b>(2, 1) = cv::Vec3b(164, 188, 201);
    CHECK(ui::readoutAt(*test::pictureOf(colour), nullptr, {1, 2}).value == QStringLiteral("RGB 201 188 164"));
    cv::Mat gray(3, 4, CV_8UC1, cv::Scalar(17));
    CHECK(ui::readoutAt(*test::pictureOf(gray), nullptr, {3, 0}).value == QStringLiteral("Gray 17"));
    cv::Mat deep(3, 4, CV_16UC1, cv::Scalar(40000));
    CHECK(ui::readoutAt(*test::pictureOf(deep), nullptr, {0, 0}).value == QStringLiteral("Gray 40000"));
    cv::Mat deepColour(3, 4, CV_16UC3, cv::Scalar(1, 300, 65535));
    const auto readout = ui::readoutAt(*test::pictureOf(deepColour), nullptr, {2, 2});
    CHECK(readout.value == QStringLiteral("RGB 65535 300 1"));
    CHECK(readout.pixel == QPoint(2, 2));
    CHECK(!readout.score);
}

TEST_CASE("The score under the cursor is the engine's at that pixel, in every way of fitting") {
    for (const auto mode :
         {engine::FitMode::Native, engine::FitMode::Stretch, engine::FitMode::Letterbox, engine::FitMode::Crop}) {
        engine::InputSpec spec;
        spec.width = 96;
        spec.height = 64;
        spec.fitMode = mode;
        const engine::Preprocessor preprocessor(spec);
        const int width = 331;
        const int height = 173;
        const cv::Mat values = test::blobs(96, 64, 8, 0.2);
        services::StoredMap map{values, preprocessor.placement(width, height), 0};
        const cv::Mat whole = preprocessor.toOriginal(values, width, height);
        const auto picture = test::pictureOf(cv::Mat(height, width, CV_8UC1, cv::Scalar(9)));
        for (const QPoint& pixel : {QPoint(0, 0), QPoint(330, 172), QPoint(100, 50), QPoint(201, 133)}) {
            const auto score = ui::readoutAt(*picture, &map, pixel).score;
            REQUIRE(score);
            CHECK(*score == Approx(whole.at<float>(pixel.y(), pixel.x())).margin(1e-5));
        }
    }
}

TEST_CASE("Narrow ranges get more decimals") {
    CHECK(ui::decimalsFor(1.15, 2.93) == 2);
    CHECK(ui::decimalsFor(0, 40) == 1);
    CHECK(ui::decimalsFor(10, 346) == 0);
    CHECK(ui::decimalsFor(0.001, 0.004) == 5);
    CHECK(ui::decimalsFor(1, 1) == 2);
}
