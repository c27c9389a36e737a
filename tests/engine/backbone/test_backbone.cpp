// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <stop_token>
#include <vector>

#include "engine/backbone/backbone.h"
#include "engine/core/error.h"
#include "tests/engine/backbone/formula_weights.h"

using engine::Backbone;
using engine::BackboneOptions;
using engine::Error;
using engine::ErrorCode;

namespace {

BackboneOptions options(const std::string& name, std::vector<engine::StageName> stages,
                        const std::string& device = "cpu") {
    BackboneOptions chosen;
    chosen.name = name;
    chosen.stages = std::move(stages);
    chosen.device = device;
    return chosen;
}

const engine::TensorFile& resnetWeights() {
    static const engine::TensorFile weights = test::formulaWeights("resnet18");
    return weights;
}

template <typename Action>
Error errorOf(Action&& action) {
    try {
        action();
    } catch (const Error& error) {
        return error;
    }
    FAIL("nothing was thrown");
    return Error(ErrorCode::Internal, "");
}

std::vector<float> ramp(int count, int height, int width) {
    std::vector<float> input(static_cast<std::size_t>(count * height * width * 3));
    for (std::size_t i = 0; i < input.size(); ++i)
        input[i] = static_cast<float>(std::sin(static_cast<double>(i) * 0.37));
    return input;
}

engine::RunContext withThreads(int threads) {
    engine::Compute compute;
    compute.threads = threads;
    return engine::RunContext({}, {}, {}, compute);
}

}  // namespace

TEST_CASE("twenty architectures are known, each with stages to tap by default") {
    CHECK(engine::architectures().size() == 20);
    for (const auto& info : engine::architectures()) {
        CHECK(&engine::architecture(info.name) == &info);
        for (const auto& stage : info.defaultStages)
            CHECK(std::find(info.stages.begin(), info.stages.end(), stage) != info.stages.end());
    }
    const Error error = errorOf([] { engine::architecture("resnet19"); });
    CHECK(error.code() == ErrorCode::InvalidArgument);
    CHECK_THAT(error.what(), Catch::Contains("resnet19") && Catch::Contains("wide_resnet50_2"));
}

TEST_CASE("names, stages and devices that do not exist are refused") {
    const auto refused = [](const BackboneOptions& chosen) {
        return errorOf([&] { Backbone(chosen, resnetWeights(), {}); }).code();
    };
    CHECK(refused(options("nothing", {})) == ErrorCode::InvalidArgument);
    CHECK(refused(options("resnet18", {"3x"})) == ErrorCode::InvalidArgument);
    CHECK(refused(options("resnet18", {"3", "3"})) == ErrorCode::InvalidArgument);
    for (const char* device : {"gpu", "cuda:", "cuda:-1", "cuda:1x", "cuda 0"})
        CHECK(refused(options("resnet18", {"2"}, device)) == ErrorCode::InvalidArgument);
    CHECK(refused(options("resnet18", {"2"}, "cuda:99")) == ErrorCode::NoDevice);
}

TEST_CASE("the automatic device is there, and says so if it is the CPU") {
    std::vector<std::string> warnings;
    const engine::RunContext context({}, {}, [&](const std::string& warning) { warnings.push_back(warning); });
    const Backbone backbone(options("resnet18", {"2"}, "auto"), resnetWeights(), context);
    if (backbone.device() == "cpu") {
        REQUIRE(warnings.size() == 1);
        CHECK_THAT(warnings[0], Catch::Contains("CPU"));
        CHECK(errorOf([] { Backbone(options("resnet18", {"2"}, "cuda"), resnetWeights(), {}); }).code() ==
              ErrorCode::NoDevice);
    } else {
        CHECK(backbone.device() == "cuda:0");
        CHECK(warnings.empty());
    }
}

TEST_CASE("weights of another network are refused by the first tensor that differs") {
    engine::TensorFile weights = resnetWeights();
    const auto message = [&](const std::string& name, std::vector<engine::StageName> stages) {
        const Error error = errorOf([&] { Backbone(options(name, std::move(stages)), weights, {}); });
        CHECK(error.code() == ErrorCode::Mismatch);
        return std::string(error.what());
    };
    // The first tensor of a bottleneck that a basic block has in another shape.
    CHECK_THAT(message("resnet50", {}), Catch::Contains("'layer1.0.conv1.weight'") &&
                                            Catch::Contains("[64, 64, 1, 1]") && Catch::Contains("[64, 64, 3, 3]"));
    CHECK_THAT(message("resnet34", {}), Catch::Contains("'layer1.2.conv1.weight'") && Catch::Contains("missing"));
    weights.tensors.erase("layer2.0.bn1.running_var");
    weights.tensors.erase("layer2.0.conv2.weight");
    CHECK_THAT(message("resnet18", {"3"}), Catch::Contains("'layer2.0.bn1.running_var'"));
    CHECK_NOTHROW(Backbone(options("resnet18", {"2"}), weights, {}));
}

TEST_CASE("weights that are not finite after folding are refused") {
    engine::TensorFile weights = resnetWeights();
    std::vector<float> variance(64, 1.0f);
    variance[5] = -1.0f;
    weights.tensors["bn1.running_var"] = engine::Tensor::of({64}, std::span<const float>(variance));
    const Error error = errorOf([&] { Backbone(options("resnet18", {"2"}), weights, {}); });
    CHECK(error.code() == ErrorCode::Corrupt);
    CHECK_THAT(error.what(), Catch::Contains("bn1"));
}

TEST_CASE("only what the stages need is carried, and it is what the identity tells apart") {
    const Backbone two(options("resnet18", {"2"}), resnetWeights(), {});
    const Backbone again(options("resnet18", {"2"}), two.weights(), {});
    const Backbone three(options("resnet18", {"2", "3"}), resnetWeights(), {});
    CHECK(two.weights().tensors.size() == 5 * 5);
    CHECK_FALSE(two.weights().tensors.contains("layer2.0.conv1.weight"));
    CHECK(two.identity().size() == 64);
    CHECK(two.identity() == again.identity());
    CHECK(two.identity() != three.identity());
    engine::TensorFile changed = two.weights();
    changed.tensors.at("bn1.bias").bytes[0] ^= std::byte{1};
    CHECK(Backbone(options("resnet18", {"2"}), changed, {}).identity() != two.identity());
    // "4x" lies inside the block that leaves stride 16: its expansion is needed, the rest of the block is not.
    const Backbone wide(options("efficientnet_lite0", {"4x"}), test::formulaWeights("efficientnet_lite0"), {});
    CHECK(wide.weights().tensors.contains("_blocks.11._expand_conv.weight"));
    CHECK_FALSE(wide.weights().tensors.contains("_blocks.11._depthwise_conv.weight"));
}

TEST_CASE("maps come in the order that was asked for, one set for each image of a batch") {
    Backbone backbone(options("resnet18", {"4", "2"}), resnetWeights(), {});
    const std::vector<float> batch = ramp(2, 33, 65);
    const auto maps = backbone.forward(batch, 2, 33, 65, {});
    REQUIRE(maps.size() == 2);
    CHECK(maps[0][0].stage == "4");
    CHECK(maps[0][1].stage == "2");
    // ceil(33 / 16) x ceil(65 / 16), ceil(33 / 4) x ceil(65 / 4).
    CHECK((maps[0][0].height == 3 && maps[0][0].width == 5 && maps[0][0].channels == 256));
    CHECK((maps[0][1].height == 9 && maps[0][1].width == 17 && maps[0][1].channels == 64));
    const std::size_t one = batch.size() / 2;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto alone = backbone.forward(std::span(batch).subspan(i * one, one), 1, 33, 65, {}).at(0);
        for (std::size_t s = 0; s < 2; ++s) {
            const auto& together = maps[i][s].values;
            REQUIRE(together.size() == alone[s].values.size());
            for (std::size_t v = 0; v < together.size(); ++v)
                REQUIRE(together[v] == Approx(alone[s].values[v]).margin(1e-4));
        }
    }
}

TEST_CASE("sizes that are odd, tiny or narrow work for every family") {
    for (const char* name : {"resnet18", "efficientnet_b0", "efficientnet_lite2"}) {
        Backbone backbone(options(name, {"3", "5"}), test::formulaWeights(name), {});
        for (const auto& [height, width] :
             std::vector<std::pair<int, int>>{{1, 1}, {2, 3}, {31, 32}, {97, 5}, {64, 64}}) {
            const auto maps = backbone.forward(ramp(1, height, width), 1, height, width, withThreads(1)).at(0);
            CHECK((maps[0].height == (height + 7) / 8 && maps[0].width == (width + 7) / 8));
            CHECK((maps[1].height == (height + 31) / 32 && maps[1].width == (width + 31) / 32));
        }
    }
}

TEST_CASE("the same image gives the same bytes, again and with any number of threads") {
    for (const char* name : {"resnet18", "efficientnet_b0", "efficientnet_lite0"}) {
        INFO(name);
        Backbone backbone(options(name, {"3", "4"}), test::formulaWeights(name), {});
        const std::vector<float> input = ramp(1, 96, 64);
        const auto run = [&](int threads) { return backbone.forward(input, 1, 96, 64, withThreads(threads)).at(0); };
        const auto first = run(1);
        for (const int threads : {1, 2, 2}) {
            const auto other = run(threads);
            for (std::size_t s = 0; s < first.size(); ++s) CHECK(first[s].values == other[s].values);
        }
    }
}

TEST_CASE("an input of another length than its size says is refused") {
    Backbone backbone(options("resnet18", {"2"}), resnetWeights(), {});
    const std::vector<float> input = ramp(1, 32, 32);
    const auto code = [&](int count, int height, int width) {
        return errorOf([&] { backbone.forward(input, count, height, width, {}); }).code();
    };
    CHECK(code(1, 32, 31) == ErrorCode::InvalidArgument);
    CHECK(code(2, 32, 32) == ErrorCode::InvalidArgument);
    CHECK(code(0, 32, 32) == ErrorCode::InvalidArgument);
    CHECK(code(1, -32, -32) == ErrorCode::InvalidArgument);
}

TEST_CASE("a stop ends the forward pass, and the backbone can be used again") {
    Backbone backbone(options("resnet18", {"2"}), resnetWeights(), {});
    std::stop_source stop;
    const engine::RunContext context(stop.get_token());
    const std::vector<float> input = ramp(1, 32, 32);
    stop.request_stop();
    CHECK_THROWS_AS(backbone.forward(input, 1, 32, 32, context), engine::Cancelled);
    CHECK_THROWS_AS(Backbone(options("resnet18", {"2"}), resnetWeights(), context), engine::Cancelled);
    CHECK(backbone.forward(input, 1, 32, 32, {}).size() == 1);
}

TEST_CASE("bf16 is near fp32 where the CPU has it, and refused where not") {
    BackboneOptions half = options("resnet18", {"4"});
    half.precision = engine::Precision::Bf16;
    if (!engine::cpuHasBf16()) {
        CHECK(errorOf([&] { Backbone(half, resnetWeights(), {}); }).code() == ErrorCode::Unsupported);
        return;
    }
    Backbone exact(options("resnet18", {"4"}), resnetWeights(), {});
    Backbone rounded(half, resnetWeights(), {});
    CHECK(rounded.precision() == engine::Precision::Bf16);
    CHECK(rounded.identity() == exact.identity());
    const std::vector<float> input = ramp(1, 64, 64);
    const auto a = exact.forward(input, 1, 64, 64, {})[0][0].values;
    const auto b = rounded.forward(input, 1, 64, 64, {})[0][0].values;
    REQUIRE(a.size() == b.size());
    double error = 0;
    double size = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        error += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
        size += std::pow(static_cast<double>(a[i]), 2);
    }
    CHECK(error > 0);
    CHECK(std::sqrt(error / size) < 0.03);
}

TEST_CASE("the number of operations is that of the convolutions") {
    const Backbone stem(options("resnet18", {"1"}), resnetWeights(), {});
    // 7 x 7 x 3 inputs for each of 64 x 16 x 24 outputs, two operations each.
    CHECK(stem.operations(32, 48) == 2.0 * 7 * 7 * 3 * 64 * 16 * 24);
    const Backbone one(options("resnet18", {"2"}), resnetWeights(), {});
    CHECK(one.operations(32, 48) == stem.operations(32, 48) + 4 * 2.0 * 9 * 64 * 64 * 8 * 12);
}
