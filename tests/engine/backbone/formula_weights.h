// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/backbone/tensor_file.h"

namespace test {

// The formula of the reference activations: u(name, i) = (splitmix64(fnv1a64(name) + i) >> 40) / 2^24, in [0, 1).
double uniform(std::string_view name, std::uint64_t i);

// Every tensor of an architecture up to the last of its stages, filled by the formula:
// convolution (2u - 1) * float32(sqrt(3 / fan_in)), norm's weight and running_var 0.8 + 0.4u, anything else 0.2u - 0.1.
engine::TensorFile formulaWeights(std::string_view architecture);

// x[c, y, x] = 4 u("input", i) - 2 for i = (c * height + y) * width + x, given channels last.
std::vector<float> formulaInput(int height, int width);

// [1, C, H, W] to [H, W, C].
std::vector<float> channelsLast(const engine::Tensor& tensor);

}  // namespace test
