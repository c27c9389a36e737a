// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
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

// Tensors under this name are mapped where they stand in the model file, not read. It comes before that of every tensor
// of bytes, so that ours are aligned.
inline constexpr std::string_view largePrefix = "large.";

// Floats that are shared, wherever they lie.
struct SharedFloats {
    std::span<const float> values;
    std::shared_ptr<const void> owner;

    static SharedFloats of(Buffer<float> buffer);
};
// A tensor under largePrefix. What it holds is not looked at.
void putLarge(TensorFile& file, const std::string& name, std::vector<std::int64_t> shape, const SharedFloats& floats);
SharedFloats takeLarge(TensorFile& file, const std::string& name, const std::vector<std::int64_t>& shape);

// Tensors of a backbone inside a model file, under "backbone." or another prefix.
void putBackbone(TensorFile& file, const TensorFile& weights, std::string_view prefix = "backbone.");
TensorFile takeBackbone(TensorFile& file, std::string_view prefix = "backbone.");

}  // namespace engine
