// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "tests/app/cli/workshop.h"

using test::lineCount;
using test::Workshop;

TEST_CASE("explain finds the spot by itself and shows the nearest good patches") {
    const Workshop shop;
    shop.fitModel();
    const auto result = shop.run({"explain", "m.anomaly", "set/test/spot/1.png", "--out", "e.png", "--json", "-"});
    INFO(result.err);
    REQUIRE(result.status == 0);
    const auto json = nlohmann::json::parse(result.out);
    const cv::Rect truth =
        cv::boundingRect(cv::imread(shop.path("set/ground_truth/spot/1_mask.png"), cv::IMREAD_GRAYSCALE));
    CHECK(truth.contains(cv::Point(json.at("x"), json.at("y"))));
    const auto& box = json.at("box");
    CHECK(cv::Rect(box.at("x"), box.at("y"), box.at("width"), box.at("height"))
              .contains(cv::Point(json.at("x"), json.at("y"))));
    CHECK(json.at("distance").get<double>() > 0);
    REQUIRE(json.at("similar").size() == 3);
    double before = 0;
    for (const auto& patch : json.at("similar")) {
        CHECK(patch.at("image").get<std::string>().find("train/good/") == 0);
        CHECK(patch.at("distance").get<double>() >= before);
        before = patch.at("distance").get<double>();
        CHECK(patch.at("box").at("x").get<int>() + patch.at("box").at("width").get<int>() <= 96);
    }
    const auto picture = cv::imread(shop.path("e.png"));
    CHECK(picture.cols > 4 * 300);
    // The spot is red, and shown.
    cv::Mat red;
    cv::inRange(picture, cv::Scalar(0, 0, 200), cv::Scalar(60, 60, 255), red);
    CHECK(cv::countNonZero(red) > 100);
}

TEST_CASE("explain answers about the pixel asked for, and only inside the image") {
    const Workshop shop;
    shop.fitModel();
    const auto json = shop.runJson({"explain", "m.anomaly", "set/test/good/0.png", "--at", "90,5", "--count", "2"});
    CHECK(json.at("x") == 90);
    CHECK(json.at("y") == 5);
    CHECK(json.at("similar").size() == 2);
    for (const char* at : {"96,5", "-1,5", "0,80"}) {
        const auto outside =
            shop.run({"explain", "m.anomaly", "set/test/good/0.png", "--at", at, "--out", "e.png", "--quiet"});
        INFO(outside.err);
        CHECK((outside.status == 1 || outside.status == 2));
        CHECK(lineCount(outside.err) == 1);
        CHECK_FALSE(std::filesystem::exists(shop / "e.png"));
    }
    CHECK(shop.run({"explain", "m.anomaly", "set", "--quiet"}).status == 1);
}
