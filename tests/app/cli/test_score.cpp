// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <set>
#include <sstream>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::lineCount;
using test::Workshop;

namespace {

// An operating point that the spots of the set fail and its good parts pass.
void setThreshold(const Workshop& shop) {
    const auto result = shop.run({"threshold", "m.anomaly", "set", "--no-escapes", "--quiet", "--json", "t.json"});
    INFO(result.err);
    REQUIRE(result.status == 0);
}

std::vector<nlohmann::json> jsonLines(const std::string& text) {
    std::vector<nlohmann::json> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(nlohmann::json::parse(line));
    return lines;
}

}  // namespace

TEST_CASE("score writes one CSV line an image, with the columns of the contract") {
    const Workshop shop;
    shop.fitModel();
    const auto open = shop.run({"score", "m.anomaly", "set/test", "--csv", "-", "--quiet"});
    INFO(open.err);
    CHECK(open.status == 0);
    CHECK(open.err.empty());
    std::istringstream lines(open.out);
    std::string line;
    std::getline(lines, line);
    CHECK(line == "path,score,verdict,x,y,width,height,error");
    CHECK(lineCount(open.out) == 9);
    while (std::getline(lines, line)) CHECK(line.find(",none,,,,,") != std::string::npos);

    setThreshold(shop);
    const auto judged = shop.run({"score", "m.anomaly", "set/test/spot/0.png", "set/test/good/0.png", "--csv", "f.csv",
                                  "--jsonl", "f.jsonl", "--quiet"});
    CHECK(judged.status == 0);
    CHECK(judged.out.empty());
    CHECK(test::contentOf(shop / "f.csv").find("spot/0.png,") != std::string::npos);
    const auto rows = jsonLines(test::contentOf(shop / "f.jsonl"));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("verdict") == "fail");
    CHECK(rows[1].at("verdict") == "pass");
    for (const char* key : {"path", "score", "verdict", "x", "y", "width", "height", "error", "timing_ms"})
        CHECK(rows[0].contains(key));
    CHECK(rows[0].at("error").is_null());
    CHECK(rows[0].at("timing_ms").at("total").get<double>() > 0);
}

TEST_CASE("The box of a defect lies over it, in pixels of the image") {
    const Workshop shop;
    shop.fitModel();
    setThreshold(shop);
    const auto result = shop.run({"score", "m.anomaly", "set/test/spot", "--jsonl", "-", "--quiet"});
    for (const auto& row : jsonLines(result.out)) {
        REQUIRE(row.at("x").is_number());
        const auto mask = cv::imread(
            shop.path("set/ground_truth/spot/" +
                      std::filesystem::path(row.at("path").get<std::string>()).stem().string() + "_mask.png"),
            cv::IMREAD_GRAYSCALE);
        const cv::Rect box(row.at("x"), row.at("y"), row.at("width"), row.at("height"));
        const cv::Rect truth = cv::boundingRect(mask);
        CHECK((box & truth).area() > truth.area() / 2);
        CHECK((box & cv::Rect(0, 0, 96, 80)) == box);
    }
}

TEST_CASE("Maps are float TIFF at the image's size, overlays PNG, in sub-folders and under names of their own") {
    const Workshop shop;
    shop.fitModel();
    std::filesystem::create_directories(shop / "in/a");
    test::writePart(shop / "in/a/foo.png", 1, false, {}, 97, 61);
    test::writePart(shop / "in/a/foo.bmp", 2, false, {}, 40, 130);
    test::writePart(shop / "in/foo.png", 3);
    const auto result = shop.run(
        {"score", "m.anomaly", "in", "in/a/foo.png", "--maps", "maps", "--overlays", "o/verlays", "--jsonl", "-"});
    INFO(result.err);
    REQUIRE(result.status == 0);
    CHECK(test::filesBelow(shop / "maps") ==
          std::vector<std::string>{"a/foo-2.tiff", "a/foo.tiff", "foo-2.tiff", "foo.tiff"});
    CHECK(test::filesBelow(shop / "o/verlays") ==
          std::vector<std::string>{"a/foo-2.png", "a/foo.png", "foo-2.png", "foo.png"});
    for (const auto& row : jsonLines(result.out)) {
        const auto image = cv::imread(shop.path(row.at("path")));
        const auto map = cv::imread(shop.path(row.at("map")), cv::IMREAD_UNCHANGED);
        const auto overlay = cv::imread(shop.path(row.at("overlay")), cv::IMREAD_UNCHANGED);
        CHECK(map.type() == CV_32FC1);
        CHECK(map.size() == image.size());
        CHECK(overlay.type() == CV_8UC3);
        CHECK(overlay.size() == image.size());
        double largest = 0;
        cv::minMaxLoc(map, nullptr, &largest);
        CHECK(largest > 0);
    }
}

TEST_CASE("Exit status 4 tells of a reject if asked, and 3 of an unreadable image precedes it") {
    const Workshop shop;
    shop.fitModel();
    const auto open = shop.run({"score", "m.anomaly", "set/test", "--fail-on-reject", "--quiet"});
    CHECK(open.status == 0);
    CHECK(open.err.find("no operating point") != std::string::npos);
    setThreshold(shop);
    CHECK(shop.run({"score", "m.anomaly", "set/test", "--quiet"}).status == 0);
    CHECK(shop.run({"score", "m.anomaly", "set/test", "--fail-on-reject", "--quiet"}).status == 4);
    CHECK(shop.run({"score", "m.anomaly", "set/train/good/0.png", "--fail-on-reject", "--quiet"}).status == 0);
    test::writeFile(shop / "set/test/good/bad.png", "x");
    CHECK(shop.run({"score", "m.anomaly", "set/test", "--fail-on-reject", "--quiet"}).status == 3);
}

TEST_CASE("Paths on standard input are answered one by one, each line flushed") {
    const Workshop shop;
    shop.fitModel();
    auto process = shop.start({"score", "m.anomaly", "-", "--jsonl", "-"});
    process.write("set/test/good/0.png\n");
    CHECK(nlohmann::json::parse(process.readLine()).at("path") == "set/test/good/0.png");
    process.write("set/test/nothing.png\nset/test/good/1.png\n");
    const auto missing = nlohmann::json::parse(process.readLine());
    CHECK(missing.at("verdict") == "error");
    CHECK(missing.at("score").is_null());
    CHECK(missing.at("error").get<std::string>().find("nothing.png") != std::string::npos);
    CHECK(nlohmann::json::parse(process.readLine()).at("path") == "set/test/good/1.png");
    process.write("set/test/good/2.png");  // the last line has no end
    const auto result = process.finish();
    CHECK(result.status == 3);
    CHECK(nlohmann::json::parse(result.out).at("path") == "set/test/good/2.png");
}

TEST_CASE("File names with spaces, Korean, quotes and newlines come through") {
    const Workshop shop;
    shop.fitModel();
    const std::vector<std::string> names{"two words.png", "부품 사진.png", "line\nbreak.png", "a,\"b\".png",
                                         "-dash.png"};
    std::filesystem::create_directories(shop / "odd");
    for (const auto& name : names) test::writePart(shop / "odd" / name, 5);
    const auto table = shop.run({"score", "m.anomaly", "odd"});
    CHECK(table.status == 0);
    CHECK(lineCount(table.out) == names.size());
    const auto csv = shop.run({"score", "m.anomaly", "odd", "--csv", "-"});
    CHECK(csv.out.find("\"odd/line\nbreak.png\",") != std::string::npos);
    CHECK(csv.out.find("\"odd/a,\"\"b\"\".png\",") != std::string::npos);
    const auto json = shop.run({"score", "m.anomaly", "odd", "--jsonl", "-", "--overlays", "out"});
    CHECK(json.status == 0);
    std::set<std::string> seen;
    for (const auto& row : jsonLines(json.out))
        seen.insert(std::filesystem::path(row.at("path").get<std::string>()).filename());
    CHECK(seen == std::set<std::string>(names.begin(), names.end()));
    CHECK(test::filesBelow(shop / "out").size() == names.size());
}

TEST_CASE("A path that is not there is one bad image among others, and a fault if it is all") {
    const Workshop shop;
    shop.fitModel();
    const auto some = shop.run({"score", "m.anomaly", "set/test/good", "nowhere.png", "--csv", "-", "--quiet"});
    CHECK(some.status == 3);
    CHECK(lineCount(some.out) == 6);
    CHECK(lineCount(some.err) == 1);
    const auto all = shop.run({"score", "m.anomaly", "nowhere.png", "--csv", "-", "--quiet"});
    CHECK(all.status == 1);
    CHECK(all.out.empty());
    CHECK(lineCount(all.err) == 1);
    const auto loop = shop / "set/test/good/again";
    std::filesystem::create_directory_symlink("..", loop);
    const auto looped = shop.run({"score", "m.anomaly", "set/test", "--csv", "-", "--quiet"});
    CHECK(looped.status == 0);
    CHECK(lineCount(looped.out) == 9);
}

TEST_CASE("A reader that goes away and a full disk end the run with a reason") {
    const Workshop shop;
    shop.fitModel();
    const auto full = shop.run({"score", "m.anomaly", "set/test", "--csv", "/dev/full", "--quiet"});
    CHECK(full.status == 1);
    CHECK(full.err.find("the disk is full") != std::string::npos);
    const auto small =
        shop.run({"score", "m.anomaly", "set/test", "--maps", "maps", "--quiet"}, {.largestFileBytes = 1000});
    CHECK(small.status == 1);
    CHECK(small.err.find("maps/") != std::string::npos);
    CHECK(test::filesBelow(shop / "maps").empty());
}
