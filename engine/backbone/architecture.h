// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/backbone/backbone.h"

namespace engine {

// An architecture as data: which convolutions there are, how they are wired, what their tensors are called.

enum class Activation { None, Relu, Relu6, Silu };
// Symmetric: (kernel - 1) / 2 on every side. Uneven: an axis of even size gets one pixel less at its start
// (TensorFlow's padding at stride 2); an odd one is padded symmetrically. Either way the output has ceil(size /
// stride).
enum class Padding { Symmetric, Uneven };

// A convolution without bias, its batch norm and its nonlinearity.
struct ConvolutionPlan {
    std::string weight;  // the tensor's key
    std::string norm;    // the prefix of .weight, .bias, .running_mean, .running_var
    int inputs = 0;
    int outputs = 0;
    int kernel = 1;
    int stride = 1;
    int groups = 1;
    Padding padding = Padding::Symmetric;
    double epsilon = 1e-5;
    Activation activation = Activation::None;
};

// x * sigmoid(expand(silu(reduce(mean(x))))), 1x1 convolutions with bias (Hu et al., 2018).
struct SqueezeExcitePlan {
    std::string reduce;  // the prefix of .weight and .bias
    std::string expand;
    int channels = 0;
    int squeezed = 0;
};

struct BlockPlan {
    bool poolsFirst = false;  // 3x3 maximum, stride 2, padding 1
    std::vector<ConvolutionPlan> convolutions;
    std::optional<SqueezeExcitePlan> excite;   // before the last convolution
    std::optional<ConvolutionPlan> shortcut;   // what is added to the result, or, without it and with
    bool addsInput = false;                    // this, the input itself
    Activation activation = Activation::None;  // after the sum
    StageName stage;                           // taps the result, if not empty
    StageName expandedStage;                   // taps what the first convolution gives, if not empty
};

struct ArchitecturePlan {
    ArchitectureInfo info;
    std::vector<BlockPlan> blocks;
};

// The plan of a named architecture, cut after the last block that `stages` need (within it, after the first convolution
// if nothing more is tapped). Empty `stages`: the default ones; it is filled in. Throws Error{InvalidArgument}.
ArchitecturePlan planOf(std::string_view name, std::vector<StageName>& stages);

struct TensorPlan {
    std::string name;
    std::vector<std::int64_t> shape;
};

// What a plan needs, in network order.
std::vector<TensorPlan> tensorsOf(const ArchitecturePlan& plan);

// Multiply-adds counted as two operations each.
double operationsOf(const ArchitecturePlan& plan, int height, int width);

// The size of an output: both paddings agree for odd kernels.
inline int outputSize(int size, int stride) {
    return (size - 1) / stride + 1;
}

// By family; empty if the name is not of it.
std::optional<ArchitecturePlan> planResnet(std::string_view name);
std::optional<ArchitecturePlan> planEfficientnet(std::string_view name);
std::optional<ArchitecturePlan> planEfficientnetLite(std::string_view name);
std::span<const std::string_view> resnetNames();
std::span<const std::string_view> efficientnetNames();
std::span<const std::string_view> efficientnetLiteNames();

}  // namespace engine
