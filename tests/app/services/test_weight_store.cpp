// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "app/services/weight_store.h"
#include "engine/core/error.h"
#include "tests/app/small_weights.h"
#include "tests/support/test_data.h"

using services::WeightStore;

namespace {

void touch(const std::filesystem::path& file) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "weights";
}

}  // namespace

TEST_CASE("Weights are found in the first folder that has them, safetensors before pth") {
    const test::TemporaryFolder folder;
    const WeightStore store({folder / "missing", folder / "a", folder / "b"});
    CHECK(store.list().empty());
    touch(folder / "b/resnet18.safetensors");
    CHECK(store.find("resnet18") == folder / "b/resnet18.safetensors");
    touch(folder / "a/resnet18.pth");
    CHECK(store.find("resnet18") == folder / "a/resnet18.pth");
    touch(folder / "a/resnet18.safetensors");
    CHECK(store.require("resnet18") == folder / "a/resnet18.safetensors");
    touch(folder / "b/efficientnet_lite2.pth");
    touch(folder / "b/something_else.pth");
    std::filesystem::create_directories(folder / "a/resnet34.pth");
    CHECK(store.list().size() == 2);
}

TEST_CASE("Missing weights say where to get them and how to add them") {
    const WeightStore store({});
    for (const char* name : {"resnet50", "efficientnet_lite0", "efficientnet_lite4"}) {
        try {
            store.require(name);
            FAIL("found " << name);
        } catch (const engine::Error& error) {
            const std::string text = error.what();
            CHECK(error.code() == engine::ErrorCode::NotFound);
            CHECK(text.find(std::string("weights add FILE --backbone ") + name) != std::string::npos);
            CHECK((text.find("run.sh") != std::string::npos) == (std::string(name) == "efficientnet_lite0"));
            CHECK((text.find("torchvision") != std::string::npos) == (std::string(name) == "resnet50"));
        }
    }
}

TEST_CASE("Weights that fit are copied in and replace what was there, others are refused by their first tensor") {
    const test::TemporaryFolder folder;
    const auto file = folder / "download";
    test::writeSmallWeights(file);
    const WeightStore store({folder / "store/deep"});
    const engine::RunContext context;
    CHECK_THROWS_WITH(store.add(file, "resnet34", context), Catch::Contains("layer1.2.conv1.weight"));
    CHECK_FALSE(std::filesystem::exists(folder / "store"));

    touch(folder / "store/deep/resnet18.pth");
    const auto added = store.add(file, "resnet18", context);
    CHECK(added.file == folder / "store/deep/resnet18.safetensors");
    CHECK(std::filesystem::file_size(added.file) == std::filesystem::file_size(file));
    CHECK_FALSE(std::filesystem::exists(folder / "store/deep/resnet18.pth"));
    CHECK(services::weightIdentity(added.file, "resnet18", context).size() == 64);
    // Adding the file of the store itself keeps it.
    store.add(added.file, "resnet18", context);
    CHECK(std::filesystem::file_size(added.file) == std::filesystem::file_size(file));
    CHECK_THROWS_AS(store.add(folder / "none", "resnet18", context), engine::Error);
    CHECK_THROWS_AS(store.add(file, "resnet19", context), engine::Error);
}

TEST_CASE("The environment names the first folder") {
    ::setenv("ANOMALOSCOPE_WEIGHTS", "/named", 1);
    ::setenv("XDG_DATA_HOME", "/data", 1);
    const auto folders = WeightStore::ofThisProgram().folders();
    ::unsetenv("ANOMALOSCOPE_WEIGHTS");
    ::unsetenv("XDG_DATA_HOME");
    REQUIRE(folders.size() == 4);
    CHECK(folders[0] == "/named");
    CHECK(folders[1] == "/data/anomaloscope/weights");
    CHECK(folders[2].filename() == "weights");
    CHECK(folders[2].parent_path().parent_path().filename() == "share");
    CHECK(folders[3] == folders[2].parent_path().parent_path().parent_path().parent_path() / "weights");
}
