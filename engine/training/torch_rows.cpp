// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"
#include "engine/training/torch_learner.h"

namespace engine {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// left [n, k] times right [k, m]: each element is summed alone, so that its bits depend on no number of threads.
at::Tensor product(const at::Tensor& left, const at::Tensor& right) {
    if (!left.is_cpu()) return at::mm(left, right);
    const at::Tensor rows = left.contiguous();
    const std::int64_t count = rows.size(0);
    const std::int64_t depth = rows.size(1);
    const std::int64_t width = right.size(1);
    constexpr std::int64_t lanes = 16;
    const at::Tensor padded = at::zeros({depth, (width + lanes - 1) / lanes * lanes}, right.options());
    padded.narrow(1, 0, width).copy_(right);
    at::Tensor out = at::empty({count, width}, rows.options());
    const Kernels& kernels = kernelsFor(InstructionSet::Auto);
    const RunContext context({}, {}, {}, {at::get_num_threads(), InstructionSet::Auto});
    constexpr std::int64_t blockRows = 96;  // a multiple of the kernels' six
    parallelFor((count + blockRows - 1) / blockRows, context, [&](std::int64_t block) {
        const std::int64_t first = block * blockRows;
        kernels.multiply(rows.data_ptr<float>() + first * depth, std::min(blockRows, count - first), depth,
                         padded.data_ptr<float>(), padded.size(1), width, out.data_ptr<float>() + first * width);
    });
    return out;
}

struct RowsConvolution : torch::autograd::Function<RowsConvolution> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& rows, const at::Tensor& weight,
                              const at::Tensor& bias) {
        context->save_for_backward({rows, weight});
        return product(rows, weight.view({weight.size(0), weight.size(1)}).t()).add_(bias);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const at::Tensor weight = saved[1].view({saved[1].size(0), saved[1].size(1)});
        const at::Tensor& gradient = gradients[0];
        at::Tensor ofRows;
        if (context->needs_input_grad(0)) ofRows = product(gradient, weight);
        return {ofRows, product(gradient.t(), saved[0]).view(saved[1].sizes()), gradient.sum(0)};
    }
};

}  // namespace

at::Tensor convolveRows(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias) {
    return RowsConvolution::apply(rows, weight, bias);
}

}  // namespace engine
