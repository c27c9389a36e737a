// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/training/learner.h"

namespace test {

// A learner, its numbers and constants, and samples that it can learn from.
struct LearnerCase {
    std::string kind;
    std::map<std::string, double> numbers;
    engine::TensorFile constants;
    std::vector<engine::Sample> samples;

    // weights: null for those of the seed.
    std::unique_ptr<engine::Learner> make(const engine::TensorFile* weights = nullptr, std::uint64_t seed = 3) const;
};

LearnerCase cfaCase();  // 4 channels to 3, a bank of 6 rows, k = 2, j = 2, both terms of the loss at work
LearnerCase pfmCase();  // two stages: 3 -> 4 channels, and 4 -> 2

// All of the tensors, one after the other, in the order of their names.
std::string bytesOf(const engine::TensorFile& file);

// Matrices of double, for computations that share nothing with LibTorch.
using Rows = std::vector<std::vector<double>>;
Rows rowsOf(const engine::FloatTensor& tensor);
// rows * weight^T + bias, of the tensors "learner.<name>.weight" [out, in, 1, 1] and ".bias".
Rows linear(const Rows& rows, const engine::TensorFile& weights, const std::string& name);
std::vector<double> vectorOf(const engine::TensorFile& weights, const std::string& name);

}  // namespace test
