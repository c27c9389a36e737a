// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <catch2/catch.hpp>
#include <map>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <sstream>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::Workshop;
using test::writeFile;

namespace {

void writeImage(const std::filesystem::path& file, int type, int width = 96, int height = 80) {
    cv::Mat picture(height, width, type);
    cv::randu(picture, cv::Scalar::all(0), cv::Scalar::all(CV_MAT_DEPTH(type) == CV_16U ? 65535 : 255));
    REQUIRE(cv::imwrite(file.string(), picture));
}

// A PNG whose header claims 100 000 x 100 000 pixels, with the checksum that belongs to it.
std::string giganticPng() {
    return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\x02\0\0\0", 29) +
           std::string("\x27\x30\x9c\x9f", 4) + std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12);
}

// APP1 with orientation 6: the picture is to be turned by a quarter, so that its sides change places.
void addExifOrientation(const std::filesystem::path& jpeg) {
    std::string bytes = test::contentOf(jpeg);
    const std::string exif("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0", 32);
    const std::size_t length = exif.size() + 2;
    bytes.insert(2,
                 std::string("\xff\xe1") + static_cast<char>(length >> 8U) + static_cast<char>(length & 0xffU) + exif);
    writeFile(jpeg, bytes);
}

std::map<std::string, nlohmann::json> scoreFolder(const Workshop& shop, int status) {
    const auto result = shop.run({"score", "m.anomaly", "in", "--jsonl", "-", "--maps", "maps", "--quiet"});
    INFO(result.err);
    CHECK(result.status == status);
    std::map<std::string, nlohmann::json> rows;
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);) {
        const auto row = nlohmann::json::parse(line);
        rows[std::filesystem::path(row.at("path").get<std::string>()).filename()] = row;
    }
    return rows;
}

}  // namespace

TEST_CASE("Every kind of sound image is scored, upright and at its own size") {
    const Workshop shop;
    shop.fitModel();
    std::filesystem::create_directories(shop / "in");
    writeImage(shop / "in/gray.png", CV_8UC1);
    writeImage(shop / "in/rgba.png", CV_8UC4);
    writeImage(shop / "in/deep.png", CV_16UC1);
    writeImage(shop / "in/deep.tiff", CV_16UC3);
    writeImage(shop / "in/one.png", CV_8UC3, 1, 1);
    writeImage(shop / "in/plain.webp", CV_8UC3);
    writeImage(shop / "in/turned.jpg", CV_8UC3);
    addExifOrientation(shop / "in/turned.jpg");
    writeImage(shop / "in/mislabelled.jpg.png", CV_8UC3);
    std::filesystem::rename(shop / "in/mislabelled.jpg.png", shop / "in/mislabelled.jpg");  // PNG inside
    const auto rows = scoreFolder(shop, 0);
    REQUIRE(rows.size() == 8);
    for (const auto& [name, row] : rows) {
        INFO(name << row);
        CHECK(row.at("score").get<double>() > 0);
        const auto map = cv::imread(shop.path(row.at("map")), cv::IMREAD_UNCHANGED);
        if (name == "one.png") {
            CHECK(map.size() == cv::Size(1, 1));
        } else {
            CHECK(map.size() == (name == "turned.jpg" ? cv::Size(80, 96) : cv::Size(96, 80)));
        }
    }
}

TEST_CASE("A batch goes on past bad images, and each is named with its fault") {
    const Workshop shop;
    shop.fitModel();
    std::filesystem::create_directories(shop / "in");
    writeFile(shop / "in/empty.png", "");
    writeFile(shop / "in/text.png", "this is no picture at all, whatever its name says\n");
    writeFile(shop / "in/gigantic.png", giganticPng());
    for (const char* ending : {".png", ".jpg", ".tiff", ".bmp", ".webp"}) {
        const auto file = shop / (std::string("in/truncated") + ending);
        writeImage(file, CV_8UC3);
        const std::string whole = test::contentOf(file);
        writeFile(file, whole.substr(0, whole.size() / 2));
    }
    std::filesystem::create_directories(shop / "in/folder.png");
    writeImage(shop / "in/sound.png", CV_8UC3);
    const auto rows = scoreFolder(shop, 3);
    REQUIRE(rows.size() == 9);
    for (const auto& [name, row] : rows) {
        INFO(name << row);
        const bool sound = name == "sound.png";
        CHECK((row.at("verdict") == "error") == !sound);
        CHECK(row.at("score").is_null() == !sound);
        if (!sound) {
            const auto error = row.at("error").get<std::string>();
            CHECK(error.find(name) != std::string::npos);
            CHECK(error.find('\n') == std::string::npos);
        }
    }
    CHECK(test::filesBelow(shop / "maps") == std::vector<std::string>{"sound.tiff"});
}

TEST_CASE("An image that another user may not read is a bad image") {
    if (::geteuid() != 0) return test::skip("only root can become another user");
    const Workshop shop;
    shop.fitModel();
    std::filesystem::permissions(shop / "set/test/good/1.png", std::filesystem::perms::none);
    const auto result = shop.run({"score", "m.anomaly", "set/test/good", "--csv", "-", "--quiet"}, {.user = 65534});
    INFO(result.err);
    CHECK(result.status == 3);
    CHECK(result.out.find("good/1.png,,error,") != std::string::npos);
    CHECK(test::lineCount(result.out) == 5);
}
