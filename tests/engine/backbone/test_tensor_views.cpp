// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cstring>

#include "engine/backbone/tensor_file.h"
#include "engine/core/error.h"
#include "tests/support/test_data.h"

using namespace engine;

namespace {

const std::vector<float> values{1, 2, 3, 4, 5, 6};

TensorFile sampleTensors() {
    TensorFile file;
    file.tensors["bytes"] = Tensor::of({3}, std::span<const std::uint8_t>(std::vector<std::uint8_t>{7, 8, 9}));
    file.tensors["large.values"] = Tensor::of({2, 3}, std::span<const float>(values));
    return file;
}

TensorView viewOf(const std::vector<float>& floats) {
    return {DataType::F32, {2, 3}, std::as_bytes(std::span(floats)), nullptr};
}

}  // namespace

TEST_CASE("a view is written as the tensor that it shows") {
    test::TemporaryFolder folder;
    TensorFile file = sampleTensors();
    writeSafetensors(folder / "a", file);
    file.tensors.erase("large.values");
    file.views["large.values"] = viewOf(values);
    writeSafetensors(folder / "b", file);
    CHECK(test::contentOf(folder / "a") == test::contentOf(folder / "b"));
    file.views["bytes"] = viewOf(values);
    CHECK_THROWS_AS(writeSafetensors(folder / "c", file), Error);
    file.views.erase("bytes");
    file.views["large.values"].shape = {2, 4};
    CHECK_THROWS_AS(writeSafetensors(folder / "c", file), Error);
    CHECK_FALSE(std::filesystem::exists(folder / "c"));
}

TEST_CASE("names under the prefix come back as views, aligned or not, from a file and from memory") {
    test::TemporaryFolder folder;
    TensorFile file = sampleTensors();
    for (const bool aligned : {false, true}) {
        CAPTURE(aligned);
        if (aligned) file.tensors.erase("bytes");  // three bytes before the floats
        writeSafetensors(folder / "m", file);
        const std::string bytes = test::contentOf(folder / "m");
        const TensorFile mapped = readSafetensors(folder / "m", "large.");
        const TensorFile copied = readSafetensors(std::as_bytes(std::span(bytes.data(), bytes.size())), "m", "large.");
        for (const TensorFile* read : {&mapped, &copied}) {
            CHECK(read->tensors.count("large.values") == 0);
            CHECK(read->tensors.count("bytes") == (aligned ? 0 : 1));
            const TensorView& view = read->views.at("large.values");
            CHECK(view.shape == std::vector<std::int64_t>{2, 3});
            CHECK(reinterpret_cast<std::uintptr_t>(view.bytes.data()) % alignof(float) == 0);
            CHECK(std::vector<float>(view.floats().begin(), view.floats().end()) == values);
        }
        CHECK(readSafetensors(folder / "m").views.empty());
    }
}
