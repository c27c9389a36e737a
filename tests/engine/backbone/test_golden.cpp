// SPDX-License-Identifier: GPL-3.0-or-later
// Every architecture against activations that torchvision and efficientnet-lite-pytorch computed.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "engine/backbone/backbone.h"
#include "tests/engine/backbone/formula_weights.h"
#include "tests/support/test_data.h"

namespace {

void requireClose(const engine::FeatureMap& map, const engine::Tensor& expected) {
    REQUIRE(std::vector<std::int64_t>{1, map.channels, map.height, map.width} == expected.shape);
    const std::vector<float> values = test::channelsLast(expected);
    REQUIRE(map.values.size() == values.size());
    float largest = 0;
    float difference = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        REQUIRE(std::isfinite(map.values[i]));
        largest = std::max(largest, std::abs(values[i]));
        difference = std::max(difference, std::abs(map.values[i] - values[i]));
    }
    INFO("largest difference " << difference << " of " << largest);
    CHECK(difference <= 1e-4f * largest);
}

engine::BackboneOptions optionsOf(const std::string& name, std::vector<engine::StageName> stages) {
    engine::BackboneOptions chosen;
    chosen.name = name;
    chosen.stages = std::move(stages);
    chosen.device = "cpu";
    return chosen;
}

}  // namespace

TEST_CASE("every stage of every architecture is what the reference computed") {
    const auto path = test::realData("reference/backbone_activations.safetensors");
    if (!path) return;
    const engine::TensorFile reference = engine::readSafetensors(*path);
    const std::vector<float> input = test::formulaInput(64, 96);
    REQUIRE(test::channelsLast(reference.tensors.at("input")) == input);
    REQUIRE(engine::architectures().size() == 20);
    std::size_t compared = 0;
    for (const engine::ArchitectureInfo& info : engine::architectures()) {
        engine::Backbone backbone(optionsOf(info.name, info.stages), test::formulaWeights(info.name), {});
        const auto maps = backbone.forward(input, 1, 64, 96, {}).at(0);
        REQUIRE(maps.size() == info.stages.size());
        for (const engine::FeatureMap& map : maps) {
            INFO(info.name << " stage " << map.stage);
            const bool expanded = map.stage.ends_with('x');
            const std::string key = info.name + ".stage" + map.stage.substr(0, 1) + (expanded ? ".expanded" : "");
            const auto expected = reference.tensors.find(key);
            // The reference holds the wide activations of the Lites only.
            if (expected == reference.tensors.end()) {
                CHECK((expanded && info.name.starts_with("efficientnet_b")));
                continue;
            }
            requireClose(map, expected->second);
            ++compared;
        }
    }
    CHECK(compared == reference.tensors.size() - 1);
}

TEST_CASE("ResNet18 with its real weights gives the reference, and one identity out of three containers") {
    const auto reference = test::realData("reference/resnet18_activations.safetensors");
    if (!reference) return;
    const engine::TensorFile expected = engine::readSafetensors(*reference);
    std::string identity;
    for (const char* file : {"resnet18_imagenet_layers1-3.safetensors", "resnet18_imagenet_layers1-3.pth",
                             "resnet18_imagenet_layers1-3_legacy.pth"}) {
        INFO(file);
        const auto path = test::realData(std::string("weights/") + file);
        if (!path) return;
        engine::Backbone backbone(optionsOf("resnet18", {"2", "3", "4"}), engine::readWeights(*path), {});
        if (identity.empty()) identity = backbone.identity();
        CHECK(backbone.identity() == identity);
        for (const char* image : {"0.", "1."}) {
            const auto maps =
                backbone.forward(test::channelsLast(expected.tensors.at(std::string(image) + "input")), 1, 64, 96, {})
                    .at(0);
            REQUIRE(maps.size() == 3);
            for (std::size_t i = 0; i < maps.size(); ++i)
                requireClose(maps[i], expected.tensors.at(std::string(image) + "layer" + std::to_string(i + 1)));
        }
    }
}

TEST_CASE("the EfficientNet-Lites with their real weights give the reference") {
    const auto reference = test::realData("reference/efficientnet_lite_activations.safetensors");
    const char* folder = std::getenv("ANOMALOSCOPE_WEIGHTS");
    if (!reference) return;
    if (folder == nullptr || *folder == '\0') return test::skip("ANOMALOSCOPE_WEIGHTS names no folder");
    const engine::TensorFile expected = engine::readSafetensors(*reference);
    for (const char* name : {"efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2"}) {
        const auto path = std::filesystem::path(folder) / (std::string(name) + ".pth");
        if (!std::filesystem::exists(path)) return test::skip(path.string() + " is not there");
        engine::Backbone backbone(optionsOf(name, {"3", "3x", "4", "4x"}), engine::readWeights(path), {});
        for (const std::string image : {"0.input", "1.input"}) {
            const auto maps = backbone.forward(test::channelsLast(expected.tensors.at(image)), 1, 64, 96, {}).at(0);
            for (const engine::FeatureMap& map : maps) {
                INFO(name << " stage " << map.stage);
                const std::string wide = map.stage.ends_with('x') ? ".expanded" : "";
                requireClose(map, expected.tensors.at(image + "." + name + ".stage" + map.stage.substr(0, 1) + wide));
            }
        }
    }
}
