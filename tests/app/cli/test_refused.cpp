// SPDX-License-Identifier: GPL-3.0-or-later
// What every subcommand refuses: one line on standard error that names the file, status 1, nothing half-written.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <sstream>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/small_disk.h"
#include "tests/support/test_data.h"

using test::lineCount;
using test::SmallDisk;
using test::Workshop;
using test::writeFile;

namespace {

using Words = std::vector<std::string>;

void requireRefused(const test::ProcessResult& result, const std::string& name, const std::string& words) {
    INFO(result.err);
    CHECK(result.status == 1);
    CHECK(result.out.empty());
    CHECK(lineCount(result.err) == 1);
    CHECK(result.err.find(name) != std::string::npos);
    CHECK(result.err.find(words) != std::string::npos);
}

cv::Mat noise(int type) {
    cv::Mat picture(80, 96, type);
    cv::RNG random(5);
    random.fill(picture, cv::RNG::UNIFORM, 0, CV_MAT_DEPTH(type) == CV_16U ? 65536 : 256);
    return picture;
}

// Bytes in the middle that no decoder can make sense of, the file's ends as they were.
void damage(const std::filesystem::path& file) {
    std::string bytes = test::contentOf(file);
    for (std::size_t i = bytes.size() * 4 / 10; i < bytes.size() * 6 / 10; ++i) bytes[i] = '\x5a';
    writeFile(file, bytes);
}

}  // namespace

TEST_CASE("Images damaged in the middle are one line each, whatever their format, and libraries print nothing") {
    const Workshop shop;
    shop.fitModel();
    std::filesystem::create_directories(shop / "in");
    cv::imwrite(shop.path("in/a.png"), noise(CV_8UC3));
    cv::imwrite(shop.path("in/b.jpg"), noise(CV_8UC3));
    cv::imwrite(shop.path("in/c.jpg"), noise(CV_8UC3), {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
    cv::imwrite(shop.path("in/d.tiff"), noise(CV_8UC3), {cv::IMWRITE_TIFF_COMPRESSION, 5});
    cv::imwrite(shop.path("in/e.tiff"), noise(CV_16UC1), {cv::IMWRITE_TIFF_COMPRESSION, 5});
    cv::imwrite(shop.path("in/f.webp"), noise(CV_8UC3), {cv::IMWRITE_WEBP_QUALITY, 101});  // without loss
    for (const char* name : {"a.png", "b.jpg", "c.jpg", "d.tiff", "e.tiff", "f.webp"})
        damage(shop / ("in/" + std::string(name)));
    const auto result = shop.run({"score", "m.anomaly", "in", "--csv", "-", "--quiet"});
    INFO(result.err << result.out);
    CHECK(result.status == 3);
    CHECK(lineCount(result.out) == 1 + 6);
    std::istringstream lines(result.err);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) CHECK(line.find("anomaloscope-cli: in/") == 0);
    CHECK(count == 6);
}

TEST_CASE("A folder where a file is expected is refused by name") {
    const Workshop shop;
    shop.fitModel();
    std::filesystem::create_directories(shop / "box");
    requireRefused(shop.run({"score", "box", "set/test", "--quiet"}), "box", "is a folder");
    requireRefused(shop.run({"threshold", "box", "--fail", "1", "--quiet"}), "box", "is a folder");
    requireRefused(shop.run({"explain", "m.anomaly", "box", "--quiet"}), "box", "is a folder");
    requireRefused(shop.run(shop.fitArguments("n.anomaly", {"--quiet", "--weights", "box"})), "box", "is a folder");
    requireRefused(shop.run(shop.fitArguments("n.anomaly", {"--quiet", "--roi", "box"})), "box", "is a folder");
    requireRefused(shop.run({"score", "m.anomaly", "set/test", "--csv", "box", "--quiet"}), "box", "is a folder");
    requireRefused(shop.run({"evaluate", "m.anomaly", "set", "--report", "box", "--quiet"}), "box", "is a folder");
    writeFile(shop / "file", "text");
    requireRefused(shop.run({"score", "m.anomaly", "set/test", "--maps", "file", "--quiet"}), "file", "choose another");
    CHECK_FALSE(std::filesystem::exists(shop / "n.anomaly"));
}

TEST_CASE("Loops of links end with a warning or an error, in a training set and in a folder to score") {
    const Workshop shop;
    shop.fitModel();
    std::filesystem::create_directory_symlink("..", shop / "set/train/good/loop");
    std::filesystem::create_directory_symlink(".", shop / "set/test/good/loop");
    std::filesystem::create_symlink("self.png", shop / "set/test/good/self.png");
    const auto fitted = shop.run(shop.fitArguments("n.anomaly", {"--quiet", "--json", "-"}));
    INFO(fitted.err);
    CHECK(fitted.status == 0);
    CHECK(fitted.err.find("loop") != std::string::npos);
    CHECK(nlohmann::json::parse(fitted.out).at("images").at("used") == 8);
    const auto scored = shop.run({"score", "m.anomaly", "set/test/good", "--csv", "-", "--quiet"});
    INFO(scored.err << scored.out);
    CHECK(lineCount(scored.out) == 1 + 4);
    const auto self = shop.run({"score", "m.anomaly", "set/test/good/self.png", "--quiet"});
    CHECK(self.status != 0);
    CHECK(self.err.find("self.png") != std::string::npos);
    CHECK(lineCount(self.err) == 1);
}

TEST_CASE("On a disk that is full every command says so, leaves no half of a file, and what was there stays") {
    const Workshop shop;
    shop.fitModel();
    const SmallDisk disk(shop / "disk", 48);
    if (!disk.ok()) return;
    writeFile(shop / "disk/old.csv", "what was there");
    const auto before = test::filesBelow(shop / "disk");
    const std::string full = "the disk is full";
    requireRefused(shop.run(shop.fitArguments("disk/m.anomaly", {"--quiet"})), "disk/m.anomaly", full);
    CHECK(test::filesBelow(shop / "disk") == before);
    requireRefused(shop.run({"evaluate", "m.anomaly", "set", "--report", "disk/r.html", "--quiet"}), "disk/r.html",
                   full);
    CHECK(test::filesBelow(shop / "disk") == before);
    const auto maps = shop.run({"score", "m.anomaly", "set/test", "--maps", "disk/maps", "--quiet"});
    requireRefused(maps, "disk/maps", full);
    for (const auto& name : test::filesBelow(shop / "disk/maps"))
        CHECK_FALSE(cv::imread(shop.path("disk/maps/" + name), cv::IMREAD_UNCHANGED).empty());
    std::filesystem::remove_all(shop / "disk/maps");
    requireRefused(shop.run({"sample", "disk/parts", "--good", "20", "--defect", "4", "--quiet"}), "disk/parts",
                   "free some space");
    CHECK(test::filesBelow(shop / "disk") == before);
    // Until nothing fits any more.
    std::ofstream(shop / "disk/filler", std::ios::binary) << std::string(100'000, 'x');
    requireRefused(shop.run({"info", "m.anomaly", "--json", "disk/old.csv"}), "disk/old.csv", full);
    CHECK(test::contentOf(shop / "disk/old.csv") == "what was there");
}

TEST_CASE("A read-only disk is refused before the work begins") {
    const Workshop shop;
    shop.fitModel();
    SmallDisk disk(shop / "disk", 64);
    if (!disk.ok()) return;
    REQUIRE(disk.setReadOnly(true));
    const std::string words = "no permission to write here";
    requireRefused(shop.run(shop.fitArguments("disk/m.anomaly", {"--quiet"})), "disk/m.anomaly", words);
    requireRefused(shop.run({"score", "m.anomaly", "set/test", "--csv", "disk/a.csv", "--quiet"}), "disk/a.csv", words);
    requireRefused(shop.run({"evaluate", "m.anomaly", "set", "--json", "disk/e.json", "--quiet"}), "disk/e.json",
                   words);
    const auto maps = shop.run({"score", "m.anomaly", "set/test", "--maps", "disk/maps", "--quiet"});
    requireRefused(maps, "disk/maps", "choose another");
}

TEST_CASE("A model in a folder that may not be written keeps its operating point") {
    if (::geteuid() != 0) return test::skip("only root can become another user");
    const Workshop shop;
    const auto before = test::contentOf(shop.fitModel());
    constexpr uid_t nobody = 65534;
    requireRefused(shop.run({"threshold", "m.anomaly", "--fail", "1", "--quiet"}, {.user = nobody}), "m.anomaly",
                   "no permission to write here");
    CHECK(test::contentOf(shop / "m.anomaly") == before);
    std::filesystem::permissions(shop / "weights/resnet18.safetensors", std::filesystem::perms::none);
    std::filesystem::create_directories(shop / "theirs");
    std::filesystem::permissions(shop / "theirs", std::filesystem::perms::all);
    requireRefused(shop.run(shop.fitArguments("theirs/m.anomaly", {"--quiet"}), {.user = nobody}),
                   "resnet18.safetensors", "no permission");
    CHECK(test::filesBelow(shop / "theirs").empty());
}

TEST_CASE("Names with spaces, Korean and newlines serve as data set, model and report") {
    const Workshop shop;
    const std::string name = "\xeb\xb6\x80\xed\x92\x88 set\nof parts";
    shop.drawImageSet(name);
    const auto fitted = shop.run({"fit", name, "--out", name + ".anomaly", "--backbone", "resnet18", "--size", "64"});
    INFO(fitted.err);
    CHECK(fitted.status == 0);
    const auto judged =
        shop.run({"evaluate", name + ".anomaly", name, "--report", name + ".html", "--json", "-", "--quiet"});
    INFO(judged.err);
    CHECK(judged.status == 0);
    CHECK(nlohmann::json::parse(judged.out).at("counts").at("defect") == 4);
    CHECK(std::filesystem::exists(shop / (name + ".html")));
    const auto missing = shop.run({"info", name + ".none"});
    CHECK(missing.status == 1);
    CHECK(lineCount(missing.err) == 1);
}
