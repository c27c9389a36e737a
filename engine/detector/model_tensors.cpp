// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/model_tensors.h"

#include <cmath>
#include <string_view>
#include <utility>

#include "engine/core/error.h"

namespace engine {

namespace {

void requireFinite(std::span<const float> values, const std::string& name) {
    for (const float value : values)
        if (!std::isfinite(value)) damagedModel("'" + name + "' holds a value that is not finite");
}

}  // namespace

void damagedModel(const std::string& what) {
    throw Error(ErrorCode::Corrupt, "the model is damaged (" + what + "); fit it again or restore it from a copy");
}

Tensor takeTensor(TensorFile& file, const std::string& name, DataType type, std::size_t rank) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end() || found->second.type != type || found->second.shape.size() != rank)
        damagedModel("tensor '" + name + "' is missing or of another kind");
    Tensor tensor = std::move(found->second);
    file.tensors.erase(found);
    return tensor;
}

Matrix takeMatrix(TensorFile& file, const std::string& name) {
    const Tensor tensor = takeTensor(file, name, DataType::F32, 2);
    requireFinite(tensor.floats(), name);
    Matrix matrix(tensor.shape[0], tensor.shape[1]);
    std::copy(tensor.floats().begin(), tensor.floats().end(), matrix.values.begin());
    return matrix;
}

std::vector<float> takeVector(TensorFile& file, const std::string& name, std::size_t size) {
    const Tensor tensor = takeTensor(file, name, DataType::F32, 1);
    const auto values = tensor.floats();
    if (values.size() != size) damagedModel("'" + name + "' has " + std::to_string(values.size()) + " values");
    requireFinite(values, name);
    return {values.begin(), values.end()};
}

std::vector<std::int32_t> takeIntegers(TensorFile& file, const std::string& name, std::size_t size) {
    const Tensor tensor = takeTensor(file, name, DataType::I32, 1);
    const auto values = tensor.int32s();
    if (values.size() != size) damagedModel("'" + name + "' has " + std::to_string(values.size()) + " values");
    return {values.begin(), values.end()};
}

SharedFloats SharedFloats::of(Buffer<float> buffer) {
    auto owned = std::make_shared<const Buffer<float>>(std::move(buffer));
    return {*owned, owned};
}

void putLarge(TensorFile& file, const std::string& name, std::vector<std::int64_t> shape, const SharedFloats& floats) {
    file.views[std::string(largePrefix) + name] = {DataType::F32, std::move(shape), std::as_bytes(floats.values),
                                                   floats.owner};
}

SharedFloats takeLarge(TensorFile& file, const std::string& name, const std::vector<std::int64_t>& shape) {
    const auto found = file.views.find(std::string(largePrefix) + name);
    if (found == file.views.end() || found->second.type != DataType::F32 || found->second.shape != shape)
        damagedModel("tensor '" + name + "' is missing or of another kind");
    SharedFloats floats{found->second.floats(), found->second.owner};
    file.views.erase(found);
    return floats;
}

void putBackbone(TensorFile& file, const TensorFile& weights, std::string_view prefix) {
    for (const auto& [name, tensor] : weights.tensors) file.tensors[std::string(prefix) + name] = tensor;
}

TensorFile takeBackbone(TensorFile& file, std::string_view prefix) {
    TensorFile weights;
    for (auto next = file.tensors.lower_bound(std::string(prefix));
         next != file.tensors.end() && next->first.starts_with(prefix);) {
        weights.tensors.emplace(next->first.substr(prefix.size()), std::move(next->second));
        next = file.tensors.erase(next);
    }
    return weights;
}

}  // namespace engine
