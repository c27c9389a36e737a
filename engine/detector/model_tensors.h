// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/backbone/tensor_file.h"
#include "engine/core/matrix.h"

namespace engine {

// What methods take out of a model file. All throw Error{Corrupt} about what is missing, of another shape or not
// finite.

[[noreturn]] void damagedModel(const std::string& what);

// The tensor of that name, moved out of the file.
Tensor takeTensor(TensorFile& file, const std::string& name, DataType type, std::size_t rank);
Matrix takeMatrix(TensorFile& file, const std::string& name);
std::vector<float> takeVector(TensorFile& file, const std::string& name, std::size_t size);
std::vector<std::int32_t> takeIntegers(TensorFile& file, const std::string& name, std::size_t size);

// Tensors of a backbone inside a model file, under "backbone.".
void putBackbone(TensorFile& file, const TensorFile& weights);
TensorFile takeBackbone(TensorFile& file);

}  // namespace engine
