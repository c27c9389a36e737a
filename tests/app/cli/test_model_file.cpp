// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::lineCount;
using test::Workshop;
using test::writeFile;

namespace {

void requireModelRefused(const test::ProcessResult& result) {
    INFO(result.err);
    CHECK(result.status == 1);
    CHECK(result.out.empty());
    CHECK(lineCount(result.err) == 1);
    CHECK(result.err.find(".anomaly: ") != std::string::npos);
}

}  // namespace

TEST_CASE("A truncated model, one with bytes too many and what is no model are refused in one line") {
    const Workshop shop;
    const std::string whole = test::contentOf(shop.fitModel());
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{7}, std::size_t{300}, whole.size() / 2, whole.size() - 1}) {
        writeFile(shop / "cut.anomaly", whole.substr(0, length));
        requireModelRefused(shop.run({"info", "cut.anomaly"}));
    }
    writeFile(shop / "cut.anomaly", whole.substr(0, whole.size() - 1));
    requireModelRefused(shop.run({"score", "cut.anomaly", "set/test/good/0.png", "--quiet"}));
    requireModelRefused(shop.run({"threshold", "cut.anomaly", "--fail", "3", "--quiet"}));
    writeFile(shop / "long.anomaly", whole + "x");
    requireModelRefused(shop.run({"score", "long.anomaly", "set/test/good/0.png", "--quiet"}));
    writeFile(shop / "text.anomaly", "hello\n");
    requireModelRefused(shop.run({"info", "text.anomaly"}));
    std::filesystem::create_directories(shop / "folder.anomaly");
    requireModelRefused(shop.run({"info", "folder.anomaly"}));
    requireModelRefused(shop.run({"info", "missing.anomaly"}));
    std::filesystem::copy_file(shop / "weights/resnet18.safetensors", shop / "weights.anomaly");
    requireModelRefused(shop.run({"info", "weights.anomaly"}));
}

TEST_CASE("A flipped byte in the header is refused or harmless") {
    const Workshop shop;
    const std::string whole = test::contentOf(shop.fitModel());
    std::uint64_t header = 0;
    std::copy_n(whole.data(), sizeof header, reinterpret_cast<char*>(&header));
    std::mt19937_64 random(7);
    std::vector<std::size_t> places{0, 1, 3, 7, 8, 9};
    while (places.size() < 18) places.push_back(8 + random() % header);
    for (const std::size_t place : places) {
        std::string damaged = whole;
        damaged[place] = static_cast<char>(damaged[place] ^ static_cast<char>(1U << (random() % 8)));
        writeFile(shop / "flip.anomaly", damaged);
        const auto result = shop.run({"score", "flip.anomaly", "set/test/good/0.png", "--quiet"});
        INFO("byte " << place << ": " << result.status << " " << result.err);
        CHECK((result.status == 0 || result.status == 1));
        if (result.status == 1) CHECK(lineCount(result.err) == 1);
    }
}

TEST_CASE("info says what a model is, in JSON and for people") {
    const Workshop shop;
    shop.fitModel("m.anomaly", {"--seed", "5"});
    const auto json = shop.runJson({"info", "m.anomaly"});
    CHECK(json.at("method") == "patchcore");
    CHECK(json.at("seed") == 5);
    CHECK(json.at("training").size() == 8);
    CHECK(json.at("training").at(0).at("name") == "train/good/0.png");
    CHECK(json.at("training_set") == "set");
    CHECK(json.at("operating_point").is_null());
    CHECK(json.at("parameters").contains("coreset"));
    const auto text = shop.run({"info", "m.anomaly"});
    CHECK(text.status == 0);
    CHECK(text.out.find("resnet18") != std::string::npos);
    CHECK(text.out.find("none yet") != std::string::npos);
}
