// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/training/learner.h"

namespace test {

// A learner on the CPU. `weights` as save() gave them; null: from the seed.
std::unique_ptr<engine::Learner> learner(std::string_view kind, const std::map<std::string, double>& numbers,
                                         const engine::TensorFile* weights = nullptr, std::uint64_t seed = 1,
                                         const engine::TensorFile& constants = {});

engine::TensorFile weightsOf(const engine::Learner& learner);
engine::TensorFile checkpointOf(const engine::Learner& learner);

// Numbers from -1 to 1 that neighbours share, with a little that they do not.
engine::FloatTensor smooth(std::vector<std::int64_t> shape, std::uint64_t seed);

// For each tensor of weights, or one in `every`: the slope of the loss along the tensor's own gradient, once from two
// losses a small step apart and once as the gradient's length. The gradient is what Adam's first moment remembers of
// one step. Checks with Catch that they agree.
void checkGradients(std::string_view kind, const std::map<std::string, double>& numbers,
                    const engine::TensorFile& weights, const engine::Sample& sample, std::size_t every = 1);

}  // namespace test
