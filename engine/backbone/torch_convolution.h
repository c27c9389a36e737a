// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include "engine/backbone/architecture.h"
#include "engine/backbone/folding.h"

namespace engine {

// Where and in what type a network computes.
struct TorchTarget {
    at::Device device;
    at::ScalarType type;
};

// One folded convolution and its nonlinearity. On the CPU its weights are packed once for oneDNN, if this LibTorch can;
// elsewhere it is at::conv2d.
class TorchConvolution {
public:
    // height, width: of a typical input, for which the layout of the packed weights is chosen; other sizes work too.
    TorchConvolution(const ConvolutionPlan& plan, const FoldedConvolution& folded, TorchTarget target, int height,
                     int width);

    const ConvolutionPlan& plan() const { return m_plan; }
    // input: [N, C, H, W], channels last. A new tensor of the same layout.
    at::Tensor run(const at::Tensor& input) const;

private:
    // The weights packed for one padding; a packed convolution cannot be given another.
    struct Packed {
        c10::IValue context;
        int padding = 0;
    };

    at::Tensor convolve(const at::Tensor& input, int padding) const;
    void pack(int padding, int height, int width);

    ConvolutionPlan m_plan;
    at::Tensor m_weight;  // undefined once packed
    at::Tensor m_bias;
    std::vector<Packed> m_packed;
};

// In place.
void activate(at::Tensor& tensor, Activation activation);

}  // namespace engine
