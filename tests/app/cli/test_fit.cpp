// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <opencv2/imgcodecs.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::lineCount;
using test::Workshop;

namespace {

constexpr uid_t nobody = 65534;

void requireOneLine(const test::ProcessResult& result, int status, const std::string& words) {
    INFO(result.err);
    CHECK(result.status == status);
    CHECK(result.out.empty());
    CHECK(lineCount(result.err) == 1);
    CHECK(result.err.find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("fit writes a model and says what it did, in the keys of the contract") {
    const Workshop shop;
    shop.drawImageSet();
    const auto json = shop.runJson(shop.fitArguments("m.anomaly", {"--coreset", "0.25", "--seed", "3"}));
    CHECK(json.at("method") == "patchcore");
    CHECK(json.at("backbone").at("name") == "resnet18");
    CHECK(json.at("backbone").at("sha256").get<std::string>().size() == 64);
    CHECK(json.at("images").at("used") == 8);
    CHECK(json.at("images").at("unreadable") == 0);
    const auto height = json.at("input").at("height").get<int>();
    const auto width = json.at("input").at("width").get<int>();
    CHECK(height % 32 == 0);
    CHECK(width % 32 == 0);
    // One patch a cell of stride 8.
    const auto candidates = json.at("bank").at("candidates").get<int>();
    CHECK(candidates == 8 * (height / 8) * (width / 8));
    CHECK(json.at("bank").at("rows") == candidates / 4);
    CHECK(json.at("bank").at("dimensions") == 192);
    for (const char* key : {"decode", "backbone", "features", "coreset", "total"})
        CHECK(json.at("timing_s").at(key).get<double>() >= 0);
    CHECK(json.at("peak_rss_bytes").get<double>() > 50e6);
    CHECK(json.at("model_bytes") == std::filesystem::file_size(shop / "m.anomaly"));
}

TEST_CASE("fit tells people on standard error what to expect and on standard output what came of it") {
    const Workshop shop;
    shop.drawImageSet();
    const auto result = shop.run(shop.fitArguments("m.anomaly"));
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK(result.err.find("expected: 8 images") != std::string::npos);
    CHECK(result.out.find("m.anomaly: patchcore on resnet18, 8 images") == 0);
    const auto quiet = shop.run(shop.fitArguments("m.anomaly", {"--quiet"}));
    CHECK(quiet.status == 0);
    CHECK(quiet.out.empty());
    CHECK(quiet.err.empty());
}

TEST_CASE("The same images give the same bytes, with one thread and with two") {
    const Workshop shop;
    const auto first = test::contentOf(shop.fitModel("a.anomaly", {"--threads", "1"}));
    CHECK(test::contentOf(shop.fitModel("b.anomaly", {"--threads", "1"})) == first);
    CHECK(test::contentOf(shop.fitModel("c.anomaly", {"--threads", "2"})) == first);
}

TEST_CASE("The parameters of the method reach it, by their own options and by --set") {
    const Workshop shop;
    shop.drawImageSet();
    const auto count = shop.runJson(shop.fitArguments("m.anomaly", {"--coreset", "50", "--limit", "5"}));
    CHECK(count.at("bank").at("rows") == 50);
    CHECK(count.at("images").at("used") == 5);
    const auto set =
        shop.runJson(shop.fitArguments("m.anomaly", {"--set", "coreset=40", "--set", "sigma=2", "--stages", "3"}));
    CHECK(set.at("bank").at("rows") == 40);
    CHECK(set.at("bank").at("dimensions") == 128);
    const auto square = shop.runJson(shop.fitArguments("m.anomaly", {"--fit-mode", "stretch"}));
    CHECK(square.at("input").at("height") == 64);
    CHECK(square.at("input").at("width") == 64);
    const auto info = shop.runJson({"info", "m.anomaly"});
    CHECK(info.at("input").at("fit_mode") == "stretch");
    requireOneLine(shop.run(shop.fitArguments("n.anomaly", {"--quiet", "--set", "nonsense=1"})), 2, "nonsense");
}

TEST_CASE("A region of interest keeps the patches outside it out of the bank") {
    const Workshop shop;
    shop.drawImageSet();
    cv::Mat mask(80, 96, CV_8UC1, cv::Scalar(0));
    mask.colRange(0, 48).setTo(255);
    cv::imwrite(shop.path("roi.png"), mask);
    const auto whole = shop.runJson(shop.fitArguments("a.anomaly"));
    const auto half = shop.runJson(shop.fitArguments("b.anomaly", {"--roi", "roi.png"}));
    const auto all = whole.at("bank").at("candidates").get<double>();
    CHECK(half.at("bank").at("candidates").get<double>() == Approx(all / 2).epsilon(0.3));
    CHECK(shop.runJson({"info", "b.anomaly"}).at("region_of_interest") == true);
    mask.setTo(0);
    cv::imwrite(shop.path("empty.png"), mask);
    requireOneLine(shop.run(shop.fitArguments("c.anomaly", {"--quiet", "--roi", "empty.png"})), 1, "empty.png");
    CHECK_FALSE(std::filesystem::exists(shop / "c.anomaly"));
}

TEST_CASE("What cannot be fitted is refused in one line that names the file, and nothing is written") {
    const Workshop shop;
    shop.drawImageSet();
    const auto refuse = [&](const std::string& dataset, const std::string& words) {
        requireOneLine(shop.run({"fit", dataset, "--out", "m.anomaly", "--backbone", "resnet18", "--quiet"}), 1, words);
        CHECK_FALSE(std::filesystem::exists(shop / "m.anomaly"));
    };
    refuse("nowhere", "nowhere");
    std::filesystem::create_directories(shop / "hollow");
    refuse("hollow", "hollow");
    std::filesystem::create_directories(shop / "broken/train/good");
    test::writeFile(shop / "broken/train/good/a.png", "no picture");
    refuse("broken", "broken");
    test::writeFile(shop / "list.csv", "path,split,label,mask\nx.png,sometimes,good,\n");
    refuse("list.csv", "list.csv");
    requireOneLine(shop.run({"fit", "set", "--out", "m.anomaly", "--quiet", "--backbone", "resnet34"}), 1,
                   "anomaloscope-cli weights add");
    requireOneLine(shop.run({"fit", "set", "--out", "m.anomaly", "--quiet", "--backbone", "resnet34", "--weights",
                             "weights/resnet18.safetensors"}),
                   1, "layer1.2.conv1.weight");
    test::writeFile(shop / "w.pth", std::string(1000, 'x'));
    requireOneLine(shop.run(shop.fitArguments("m.anomaly", {"--quiet", "--weights", "w.pth"})), 1, "w.pth");
    requireOneLine(shop.run(shop.fitArguments("m.anomaly", {"--quiet", "--device", "cuda"})), 1, "no CUDA device");
    CHECK(test::filesBelow(shop / "set").size() == 20);
}

TEST_CASE("One good image is enough to fit, and defects among the training images are not learnt") {
    const Workshop shop;
    std::filesystem::create_directories(shop / "one/train/good");
    test::writePart(shop / "one/train/good/a.png", 1);
    const auto one = shop.runJson({"fit", "one", "--out", "m.anomaly", "--backbone", "resnet18", "--size", "64"});
    CHECK(one.at("images").at("used") == 1);
    std::filesystem::create_directories(shop / "one/train/scratch");
    test::writePart(shop / "one/train/scratch/b.png", 2, true);
    const auto result =
        shop.run({"fit", "one", "--out", "m.anomaly", "--backbone", "resnet18", "--size", "64", "--json", "fit.json"});
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK(nlohmann::json::parse(test::contentOf(shop / "fit.json")).at("images").at("used") == 1);
    CHECK(result.err.find("scratch") != std::string::npos);
}

TEST_CASE("Bad images among the good ones are listed, passed over and told by exit status 3") {
    const Workshop shop;
    shop.drawImageSet();
    test::writeFile(shop / "set/train/good/bad.png", "");
    const auto result = shop.run(shop.fitArguments("m.anomaly", {"--quiet", "--json", "-"}));
    CHECK(result.status == 3);
    CHECK(result.err.find("bad.png") != std::string::npos);
    CHECK(lineCount(result.err) == 1);
    const auto json = nlohmann::json::parse(result.out);
    CHECK(json.at("images").at("used") == 8);
    CHECK(json.at("images").at("unreadable") == 1);
    CHECK(std::filesystem::exists(shop / "m.anomaly"));
}

TEST_CASE("A destination that cannot be written is refused before the work begins") {
    const Workshop shop;
    shop.drawImageSet();
    const auto start = std::chrono::steady_clock::now();
    requireOneLine(shop.run(shop.fitArguments("missing/m.anomaly", {"--quiet"})), 1, "missing/m.anomaly");
    requireOneLine(shop.run(shop.fitArguments("set", {"--quiet"})), 1, "is a folder");
    requireOneLine(shop.run(shop.fitArguments("/dev/full", {"--quiet"})), 1, "/dev/full");
    requireOneLine(shop.run(shop.fitArguments("m.anomaly", {"--quiet", "--json", "missing/fit.json"})), 1,
                   "missing/fit.json");
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    CHECK_FALSE(std::filesystem::exists(shop / "m.anomaly"));
}

TEST_CASE("A full disk leaves the model that was there, and no half of a new one") {
    const Workshop shop;
    const auto before = test::contentOf(shop.fitModel());
    requireOneLine(
        shop.run(shop.fitArguments("m.anomaly", {"--quiet", "--seed", "9"}), {.largestFileBytes = 1'000'000}), 1,
        "m.anomaly");
    CHECK(test::contentOf(shop / "m.anomaly") == before);
    requireOneLine(shop.run({"info", "m.anomaly", "--json", "/dev/full"}), 1, "the disk is full");
    for (const auto& file : std::filesystem::directory_iterator(shop / "."))
        CHECK(file.path().filename().string().find("m.anomaly.") == std::string::npos);
}

TEST_CASE("Folders and files that another user may not touch are refused by name") {
    if (::geteuid() != 0) return test::skip("only root can become another user");
    const Workshop shop;
    shop.fitModel();
    requireOneLine(shop.run(shop.fitArguments("m.anomaly", {"--quiet"}), {.user = nobody}), 1, "no permission");
    std::filesystem::create_directories(shop / "theirs");
    std::filesystem::permissions(shop / "theirs", std::filesystem::perms::all);
    std::filesystem::permissions(shop / "set/train/good/3.png", std::filesystem::perms::none);
    const auto result = shop.run(shop.fitArguments("theirs/m.anomaly", {"--quiet"}), {.user = nobody});
    INFO(result.err);
    CHECK(result.status == 3);
    CHECK(result.err.find("3.png") != std::string::npos);
    std::filesystem::permissions(shop / "m.anomaly", std::filesystem::perms::none);
    requireOneLine(shop.run({"info", "m.anomaly"}, {.user = nobody}), 1, "m.anomaly");
}
