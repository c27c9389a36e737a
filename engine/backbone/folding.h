// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/backbone/architecture.h"
#include "engine/backbone/tensor_file.h"

namespace engine {

// A convolution with its batch norm in it: weight [outputs, inputs / groups, kernel, kernel], bias [outputs].
struct FoldedConvolution {
    Buffer<float> weight;
    Buffer<float> bias;
};

// w' = w * gamma / sqrt(variance + epsilon) and b' = beta - mean * gamma / sqrt(variance + epsilon), in double, rounded
// once. Throws Error{Corrupt} naming the norm if a result is not finite.
FoldedConvolution fold(const ConvolutionPlan& plan, const TensorFile& weights);

}  // namespace engine
