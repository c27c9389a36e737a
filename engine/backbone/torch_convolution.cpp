// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/torch_convolution.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <optional>
#include <utility>

namespace engine {

namespace {

// oneDNN's packed convolutions are operators without a C++ function: they are called by name, and only if they are
// there.
std::optional<c10::OperatorHandle> operatorNamed(const char* name) {
    const auto found = c10::Dispatcher::singleton().findSchema({name, ""});
    return found.has_value() ? std::optional<c10::OperatorHandle>(*found) : std::nullopt;
}

c10::IValue call(const c10::OperatorHandle& handle, std::vector<c10::IValue> arguments) {
    handle.callBoxed(&arguments);
    return std::move(arguments.front());
}

}  // namespace

TorchConvolution::TorchConvolution(const ConvolutionPlan& plan, const FoldedConvolution& folded, TorchTarget target,
                                   int height, int width)
    : m_plan(plan) {
    const auto tensor = [&](const Buffer<float>& values, at::IntArrayRef shape) {
        // from_blob wants a pointer to what it may change; the copy that is made of it at once does not.
        auto* data = const_cast<float*>(values.data());
        return at::from_blob(data, shape, at::TensorOptions().dtype(at::kFloat).device(at::kCPU))
            .to(target.device, target.type, false, true);
    };
    m_weight = tensor(folded.weight, {plan.outputs, plan.inputs / plan.groups, plan.kernel, plan.kernel})
                   .contiguous(at::MemoryFormat::ChannelsLast);
    m_bias = tensor(folded.bias, {plan.outputs});
    if (!target.device.is_cpu() || !operatorNamed("mkldnn_prepacked::conv2d_prepack") ||
        !operatorNamed("mkldnn_prepacked::conv2d_run"))
        return;
    const int padding = (plan.kernel - 1) / 2;
    pack(padding, height, width);
    // Uneven padding is made beforehand, and the convolution has none.
    if (plan.padding == Padding::Uneven) pack(0, height + 2 * padding - 1, width + 2 * padding - 1);
    m_weight.reset();
}

void TorchConvolution::pack(int padding, int height, int width) {
    const auto pair = [](std::int64_t value) { return c10::List<std::int64_t>({value, value}); };
    const c10::List<std::int64_t> inputSize({1, m_plan.inputs, height, width});
    const std::string fused = m_plan.activation == Activation::Relu ? "relu" : "none";
    m_packed.push_back({call(*operatorNamed("mkldnn_prepacked::conv2d_prepack"),
                             {m_weight, m_bias, pair(m_plan.stride), pair(padding), pair(1),
                              std::int64_t{m_plan.groups}, inputSize, fused}),
                        padding});
}

at::Tensor TorchConvolution::convolve(const at::Tensor& input, int padding) const {
    for (const Packed& packed : m_packed)
        if (packed.padding == padding) {
            at::Tensor output =
                call(*operatorNamed("mkldnn_prepacked::conv2d_run"), {input, packed.context}).toTensor();
            if (m_plan.activation != Activation::Relu) activate(output, m_plan.activation);
            return output;
        }
    at::Tensor output =
        at::conv2d(input, m_weight, m_bias, {m_plan.stride, m_plan.stride}, {padding, padding}, {1, 1}, m_plan.groups);
    activate(output, m_plan.activation);
    return output;
}

at::Tensor TorchConvolution::run(const at::Tensor& input) const {
    const int symmetric = (m_plan.kernel - 1) / 2;
    const int less = m_plan.padding == Padding::Uneven ? 1 : 0;
    const int top = symmetric - (input.size(2) % 2 == 0 ? less : 0);
    const int left = symmetric - (input.size(3) % 2 == 0 ? less : 0);
    if (top == symmetric && left == symmetric) return convolve(input, symmetric);
    return convolve(at::constant_pad_nd(input, {left, symmetric, top, symmetric}), 0);
}

void activate(at::Tensor& tensor, Activation activation) {
    switch (activation) {
        case Activation::None:
            break;
        case Activation::Relu:
            at::relu_(tensor);
            break;
        case Activation::Relu6:
            at::hardtanh_(tensor, 0, 6);
            break;
        case Activation::Silu:
            at::silu_(tensor);
            break;
    }
}

}  // namespace engine
