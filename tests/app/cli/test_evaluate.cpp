// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::lineCount;
using test::Workshop;

TEST_CASE("evaluate gives every figure of the contract, and finds the spots") {
    const Workshop shop;
    shop.fitModel();
    const auto json = shop.runJson({"evaluate", "m.anomaly", "set"});
    CHECK(json.at("counts") == nlohmann::json{{"good", 4}, {"defect", 4}, {"unreadable", 0}, {"masks", 4}});
    CHECK(json.at("image").at("auroc") == 1.0);
    CHECK(json.at("image").at("aupr") == 1.0);
    CHECK(json.at("image").at("f1max") == 1.0);
    CHECK(json.at("image").at("auroc_interval").size() == 2);
    CHECK(json.at("pixel").at("auroc").get<double>() > 0.8);
    for (const char* key : {"aupr", "f1max", "aupro30"}) {
        CHECK(json.at("pixel").at(key).get<double>() > 0);
        CHECK(json.at("pixel").at(key).get<double>() <= 1);
    }
    CHECK(json.at("operating_point").is_null());
    for (const char* key : {"decode", "preprocess", "backbone", "search", "map", "total"})
        CHECK(json.at("timing_ms").at(key).get<double>() >= 0);
}

TEST_CASE("evaluate writes a line an image and a report that needs nothing else") {
    const Workshop shop;
    shop.fitModel();
    const auto result = shop.run({"evaluate", "m.anomaly", "set", "--csv", "e.csv", "--report", "e.html"});
    INFO(result.err);
    REQUIRE(result.status == 0);
    CHECK(result.out.find("AUROC") != std::string::npos);
    const auto csv = test::contentOf(shop / "e.csv");
    CHECK(lineCount(csv) == 9);
    CHECK(csv.find("test/spot/2.png,defect,spot,") != std::string::npos);
    const auto report = test::contentOf(shop / "e.html");
    CHECK(report.find("test/spot/2.png") != std::string::npos);
    CHECK(report.find("data:image/") != std::string::npos);
    CHECK(report.find("src=\"http") == std::string::npos);
    REQUIRE(shop.run({"evaluate", "m.anomaly", "set", "--report", "/dev/full"}).status == 1);
}

TEST_CASE("With one class of images what is not defined is null") {
    const Workshop shop;
    shop.fitModel();
    std::filesystem::remove_all(shop / "set/test/spot");
    std::filesystem::remove_all(shop / "set/ground_truth");
    const auto json = shop.runJson({"evaluate", "m.anomaly", "set"});
    CHECK(json.at("counts").at("defect") == 0);
    CHECK(json.at("image").at("auroc").is_null());
    CHECK(json.at("image").at("auroc_interval").is_null());
    CHECK(json.at("pixel").at("aupro30").is_null());
    const auto table = shop.run({"evaluate", "m.anomaly", "set"});
    CHECK(table.out.find("not defined") != std::string::npos);
}

TEST_CASE("evaluate warns of a test image that was trained on and of a mask of another size, and lists what is bad") {
    const Workshop shop;
    shop.fitModel();
    std::filesystem::copy_file(shop / "set/train/good/3.png", shop / "set/test/good/copy.png");
    cv::imwrite(shop.path("set/ground_truth/spot/1_mask.png"), cv::Mat(10, 10, CV_8UC1, cv::Scalar(255)));
    test::writeFile(shop / "set/test/spot/bad.png", "");
    const auto result = shop.run({"evaluate", "m.anomaly", "set", "--json", "-", "--quiet"});
    CHECK(result.status == 3);
    CHECK(result.err.find("copy.png") != std::string::npos);
    CHECK(result.err.find("1_mask.png") != std::string::npos);
    CHECK(result.err.find("bad.png") != std::string::npos);
    const auto json = nlohmann::json::parse(result.out);
    CHECK(json.at("counts") == nlohmann::json{{"good", 5}, {"defect", 4}, {"unreadable", 1}, {"masks", 3}});
}

TEST_CASE("A set without test images cannot be evaluated") {
    const Workshop shop;
    shop.fitModel();
    const auto result = shop.run({"evaluate", "m.anomaly", "set/train/good", "--json", "e.json", "--quiet"});
    CHECK(result.status == 1);
    CHECK(lineCount(result.err) == 1);
    CHECK_FALSE(std::filesystem::exists(shop / "e.json"));
}
