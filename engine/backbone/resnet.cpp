// SPDX-License-Identifier: Apache-2.0
// ResNet (He et al., 2016) and Wide ResNet (Zagoruyko & Komodakis, 2016), with torchvision's layout and key
// resNetNames: the stride of a bottleneck is in its 3x3 convolution.
#include <array>

#include "engine/backbone/architecture.h"

namespace engine {

namespace {

struct ResNetVariant {
    std::string_view name;
    std::array<int, 4> depths;
    bool bottleneck;
    int widthFactor;  // of the 3x3 convolution within a bottleneck
};
constexpr ResNetVariant resNets[] = {
    {"resnet18", {2, 2, 2, 2}, false, 1},         {"resnet34", {3, 4, 6, 3}, false, 1},
    {"resnet50", {3, 4, 6, 3}, true, 1},          {"resnet101", {3, 4, 23, 3}, true, 1},
    {"resnet152", {3, 8, 36, 3}, true, 1},        {"wide_resnet50_2", {3, 4, 6, 3}, true, 2},
    {"wide_resnet101_2", {3, 4, 23, 3}, true, 2},
};
constexpr auto resNetNames = [] {
    std::array<std::string_view, std::size(resNets)> all;
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = resNets[i].name;
    return all;
}();

ConvolutionPlan convolution(const std::string& weight, const std::string& norm, int inputs, int outputs, int kernel,
                            int stride, Activation activation) {
    ConvolutionPlan plan;
    plan.weight = weight + ".weight";
    plan.norm = norm;
    plan.inputs = inputs;
    plan.outputs = outputs;
    plan.kernel = kernel;
    plan.stride = stride;
    plan.activation = activation;
    return plan;
}

BlockPlan residualBlock(const std::string& prefix, const ResNetVariant& variant, int inputs, int width, int outputs,
                        int stride) {
    const auto part = [&](int index, int from, int to, int kernel, int step, Activation activation) {
        const std::string number = std::to_string(index);
        return convolution(prefix + "conv" + number, prefix + "bn" + number, from, to, kernel, step, activation);
    };
    BlockPlan block;
    if (variant.bottleneck)
        block.convolutions = {part(1, inputs, width, 1, 1, Activation::Relu),
                              part(2, width, width, 3, stride, Activation::Relu),
                              part(3, width, outputs, 1, 1, Activation::None)};
    else
        block.convolutions = {part(1, inputs, outputs, 3, stride, Activation::Relu),
                              part(2, outputs, outputs, 3, 1, Activation::None)};
    if (stride != 1 || inputs != outputs)
        block.shortcut =
            convolution(prefix + "downsample.0", prefix + "downsample.1", inputs, outputs, 1, stride, Activation::None);
    block.addsInput = !block.shortcut;
    block.activation = Activation::Relu;
    return block;
}

ArchitecturePlan build(const ResNetVariant& variant) {
    ArchitecturePlan plan;
    plan.info = {std::string(variant.name), {"1", "2", "3", "4", "5"}, {"3", "4"}};
    BlockPlan stem;
    stem.convolutions = {convolution("conv1", "bn1", 3, 64, 7, 2, Activation::Relu)};
    stem.stage = "1";
    plan.blocks.push_back(stem);
    int channels = 64;
    for (int layer = 0; layer < 4; ++layer) {
        const int base = 64 << layer;
        const int outputs = variant.bottleneck ? 4 * base : base;
        const int depth = variant.depths[static_cast<std::size_t>(layer)];
        for (int i = 0; i < depth; ++i) {
            const std::string prefix = "layer" + std::to_string(layer + 1) + "." + std::to_string(i) + ".";
            const int stride = layer > 0 && i == 0 ? 2 : 1;
            BlockPlan block = residualBlock(prefix, variant, channels, base * variant.widthFactor, outputs, stride);
            block.poolsFirst = layer == 0 && i == 0;
            if (i + 1 == depth) block.stage = std::to_string(layer + 2);
            plan.blocks.push_back(std::move(block));
            channels = outputs;
        }
    }
    return plan;
}

}  // namespace

std::span<const std::string_view> resnetNames() {
    return resNetNames;
}

std::optional<ArchitecturePlan> planResnet(std::string_view name) {
    for (const ResNetVariant& variant : resNets)
        if (variant.name == name) return build(variant);
    return std::nullopt;
}

}  // namespace engine
