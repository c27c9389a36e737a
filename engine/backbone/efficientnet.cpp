// SPDX-License-Identifier: Apache-2.0
// EfficientNet (Tan & Le, 2019), with torchvision's key efficientNetNames, and EfficientNet-Lite (no
// squeeze-excitation, ReLU6, stem and first and last stage not scaled, TensorFlow's padding), with those of the package
// efficientnet-lite-pytorch.
#include <array>
#include <cmath>
#include <utility>

#include "engine/backbone/architecture.h"

namespace engine {

namespace {

struct EfficientNetVariant {
    std::string_view name;
    double width;
    double depth;
    double epsilon;
    int trainingSize;  // px; 0 where padding does not depend on it
};
constexpr EfficientNetVariant efficientNets[] = {
    {"efficientnet_b0", 1.0, 1.0, 1e-5, 0}, {"efficientnet_b1", 1.0, 1.1, 1e-5, 0},
    {"efficientnet_b2", 1.1, 1.2, 1e-5, 0}, {"efficientnet_b3", 1.2, 1.4, 1e-5, 0},
    {"efficientnet_b4", 1.4, 1.8, 1e-5, 0}, {"efficientnet_b5", 1.6, 2.2, 1e-3, 0},
    {"efficientnet_b6", 1.8, 2.6, 1e-3, 0}, {"efficientnet_b7", 2.0, 3.1, 1e-3, 0},
};
constexpr EfficientNetVariant efficientNetLites[] = {
    {"efficientnet_lite0", 1.0, 1.0, 1e-3, 224}, {"efficientnet_lite1", 1.0, 1.1, 1e-3, 240},
    {"efficientnet_lite2", 1.1, 1.2, 1e-3, 260}, {"efficientnet_lite3", 1.2, 1.4, 1e-3, 280},
    {"efficientnet_lite4", 1.4, 1.8, 1e-3, 300},
};
template <std::size_t Count>
constexpr auto namesOf(const EfficientNetVariant (&list)[Count]) {
    std::array<std::string_view, Count> all;
    for (std::size_t i = 0; i < Count; ++i) all[i] = list[i].name;
    return all;
}
constexpr auto efficientNetNames = namesOf(efficientNets);
constexpr auto efficientNetLiteNames = namesOf(efficientNetLites);

// Table 1 of the paper.
struct Stage {
    int expansion;
    int kernel;
    int stride;
    int channels;
    int repeats;
};
constexpr std::array<Stage, 7> stages = {{{1, 3, 1, 16, 1},
                                          {6, 3, 2, 24, 2},
                                          {6, 5, 2, 40, 2},
                                          {6, 3, 2, 80, 3},
                                          {6, 5, 1, 112, 3},
                                          {6, 5, 2, 192, 4},
                                          {6, 3, 1, 320, 1}}};
constexpr int stemChannels = 32;

// To a multiple of 8, never more than 10 % less.
int scaledWidth(int channels, double factor) {
    const double wanted = channels * factor;
    const int rounded = std::max(8, static_cast<int>(wanted + 4) / 8 * 8);
    return rounded < 0.9 * wanted ? rounded + 8 : rounded;
}

int scaledDepth(int repeats, double factor) {
    return static_cast<int>(std::ceil(repeats * factor));
}

// How a family efficientNetNames and fills in a block.
struct Family {
    bool lite;
    Activation activation;
    double epsilon;

    ConvolutionPlan convolution(const std::string& weight, const std::string& norm, int inputs, int outputs) const {
        ConvolutionPlan plan;
        plan.weight = weight + ".weight";
        plan.norm = norm;
        plan.inputs = inputs;
        plan.outputs = outputs;
        plan.epsilon = epsilon;
        plan.activation = activation;
        return plan;
    }

    ConvolutionPlan stem(int outputs) const {
        auto plan = lite ? convolution("_conv_stem", "_bn0", 3, outputs)
                         : convolution("features.0.0", "features.0.1", 3, outputs);
        plan.kernel = 3;
        plan.stride = 2;
        return plan;
    }

    // place: torchvision counts stages and blocks within them, the Lites count blocks.
    BlockPlan block(int stageIndex, int blockInStage, int blockInAll, const Stage& stage, int inputs, int outputs,
                    int stride) const {
        const std::string prefix =
            lite ? "_blocks." + std::to_string(blockInAll) + "."
                 : "features." + std::to_string(stageIndex + 1) + "." + std::to_string(blockInStage) + ".block.";
        const bool expands = stage.expansion != 1;
        const int wide = inputs * stage.expansion;
        int part = 0;
        // torchvision numbers the parts of a block; the Lites name them, and their norms from _bn0 without an expansion
        // on.
        const auto next = [&](const char* liteWeight, int liteNorm, int from, int to) {
            const std::string number = std::to_string(part++);
            return lite ? convolution(prefix + liteWeight, prefix + "_bn" + std::to_string(liteNorm), from, to)
                        : convolution(prefix + number + ".0", prefix + number + ".1", from, to);
        };
        BlockPlan plan;
        if (expands) plan.convolutions.push_back(next("_expand_conv", 0, inputs, wide));
        ConvolutionPlan depthwise = next("_depthwise_conv", 1, wide, wide);
        depthwise.kernel = stage.kernel;
        depthwise.stride = stride;
        depthwise.groups = wide;
        plan.convolutions.push_back(std::move(depthwise));
        if (!lite) {
            const std::string excite = prefix + std::to_string(part++);
            plan.excite = SqueezeExcitePlan{excite + ".fc1", excite + ".fc2", wide, std::max(1, inputs / 4)};
        }
        ConvolutionPlan project = next("_project_conv", 2, wide, outputs);
        project.activation = Activation::None;
        plan.convolutions.push_back(std::move(project));
        plan.addsInput = stride == 1 && inputs == outputs;
        return plan;
    }
};

void padAsTrained(ArchitecturePlan& plan, int size) {
    for (BlockPlan& block : plan.blocks)
        for (ConvolutionPlan& convolution : block.convolutions) {
            if (convolution.stride == 2 && size % 2 == 0) convolution.padding = Padding::Uneven;
            size = outputSize(size, convolution.stride);
        }
}

ArchitecturePlan build(const EfficientNetVariant& variant, bool lite) {
    const Family family = {lite, lite ? Activation::Relu6 : Activation::Silu, variant.epsilon};
    ArchitecturePlan plan;
    plan.info = {std::string(variant.name), {"1", "2", "3", "3x", "4", "4x", "5"}, {"3x", "4x"}};
    int channels = lite ? stemChannels : scaledWidth(stemChannels, variant.width);
    BlockPlan stem;
    stem.convolutions = {family.stem(channels)};
    plan.blocks.push_back(std::move(stem));
    int stride = 1;  // log2
    int blockInAll = 0;
    for (std::size_t s = 0; s < stages.size(); ++s) {
        const Stage& stage = stages[s];
        const bool fixedDepth = lite && (s == 0 || s + 1 == stages.size());
        const int repeats = fixedDepth ? stage.repeats : scaledDepth(stage.repeats, variant.depth);
        const int outputs = scaledWidth(stage.channels, variant.width);
        for (int i = 0; i < repeats; ++i) {
            BlockPlan block =
                family.block(static_cast<int>(s), i, blockInAll++, stage, channels, outputs, i == 0 ? stage.stride : 1);
            if (i == 0 && stage.stride == 2) {
                plan.blocks.back().stage = std::to_string(stride);
                if (stride == 3 || stride == 4) block.expandedStage = std::to_string(stride) + "x";
                ++stride;
            }
            plan.blocks.push_back(std::move(block));
            channels = outputs;
        }
    }
    plan.blocks.back().stage = std::to_string(stride);
    if (lite) padAsTrained(plan, variant.trainingSize);
    return plan;
}

template <std::size_t Count>
std::optional<ArchitecturePlan> find(std::string_view name, const EfficientNetVariant (&list)[Count], bool lite) {
    for (const EfficientNetVariant& variant : list)
        if (variant.name == name) return build(variant, lite);
    return std::nullopt;
}

}  // namespace

std::span<const std::string_view> efficientnetNames() {
    return efficientNetNames;
}

std::span<const std::string_view> efficientnetLiteNames() {
    return efficientNetLiteNames;
}

std::optional<ArchitecturePlan> planEfficientnet(std::string_view name) {
    return find(name, efficientNets, false);
}

std::optional<ArchitecturePlan> planEfficientnetLite(std::string_view name) {
    return find(name, efficientNetLites, true);
}

}  // namespace engine
