// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/test_data.h"

using test::lineCount;
using test::Workshop;

TEST_CASE("weights are checked, kept, listed and found by fit") {
    const Workshop shop;
    std::filesystem::rename(shop / "weights/resnet18.safetensors", shop / "downloaded.bin");
    const auto none = shop.run({"weights", "list"});
    CHECK(none.status == 0);
    CHECK(none.out.find("resnet18") == std::string::npos);  // a build tree may have other weights beside it

    const auto wrong = shop.run({"weights", "add", "downloaded.bin", "--backbone", "resnet34"});
    CHECK(wrong.status == 1);
    CHECK(wrong.err.find("layer1.2.conv1.weight") != std::string::npos);
    CHECK(test::filesBelow(shop / "weights").empty());

    const auto added = shop.run({"weights", "add", "downloaded.bin", "--backbone", "resnet18"});
    INFO(added.err);
    CHECK(added.status == 0);
    CHECK(test::contentOf(shop / "weights/resnet18.safetensors") == test::contentOf(shop / "downloaded.bin"));
    const auto listed = shop.run({"weights", "list", "--json", "-"});
    const auto json = nlohmann::json::parse(listed.out);
    const auto kept =
        std::find_if(json.begin(), json.end(), [](const auto& entry) { return entry.at("backbone") == "resnet18"; });
    REQUIRE(kept != json.end());
    CHECK(shop.run({"weights", "verify"}).status == 0);
    shop.fitModel();
    CHECK(shop.runJson({"info", "m.anomaly"}).at("backbone").at("sha256") == kept->at("sha256"));

    const std::string whole = test::contentOf(shop / "downloaded.bin");
    test::writeFile(shop / "weights/resnet18.safetensors", whole.substr(0, whole.size() / 2));
    const auto damaged = shop.run({"weights", "verify"});
    CHECK(damaged.status == 1);
    CHECK(lineCount(damaged.err) == 1);
    CHECK(damaged.err.find("resnet18.safetensors") != std::string::npos);
    CHECK(damaged.out.find("does not fit") != std::string::npos);
}

TEST_CASE("Without a named folder weights are kept in the user's data folder") {
    const Workshop shop;
    const test::ProcessOptions unnamed{.environment = {{"ANOMALOSCOPE_WEIGHTS", ""}}};
    CHECK(shop.run({"weights", "add", "weights/resnet18.safetensors", "--backbone", "resnet18"}, unnamed).status == 0);
    CHECK(std::filesystem::exists(shop / "home/anomaloscope/weights/resnet18.safetensors"));
}
