// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <string>
#include <utility>

#include "engine/backbone/stored_type.h"
#include "engine/backbone/tensor_file.h"
#include "engine/core/error.h"

namespace engine {

namespace {

const char* nameOf(DataType type) {
    switch (type) {
        case DataType::F32:
            return "float32";
        case DataType::I64:
            return "int64";
        case DataType::I32:
            return "int32";
        case DataType::U8:
            return "uint8";
    }
    return "unknown";
}

template <typename T, typename Holder>
std::span<const T> valuesOf(const Holder& tensor, DataType wanted) {
    if (tensor.type != wanted)
        throw Error(ErrorCode::Mismatch, std::string("a tensor of type ") + nameOf(tensor.type) + " stands where " +
                                             nameOf(wanted) + " is needed; use the file that belongs here");
    return {reinterpret_cast<const T*>(tensor.bytes.data()), tensor.bytes.size() / sizeof(T)};
}

template <typename T>
Tensor tensorOf(DataType type, std::vector<std::int64_t> shape, std::span<const T> values) {
    std::uint64_t count = 0;
    if (!countOf(shape, count) || count != values.size())
        throw Error(ErrorCode::InvalidArgument, "a tensor's shape does not have as many elements as there are values");
    Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    tensor.bytes.resize(values.size_bytes());
    if (!values.empty()) std::memcpy(tensor.bytes.data(), values.data(), values.size_bytes());
    return tensor;
}

}  // namespace

std::int64_t Tensor::count() const {
    std::int64_t product = 1;
    for (const std::int64_t size : shape) product *= size;
    return product;
}

std::span<const float> Tensor::floats() const {
    return valuesOf<float>(*this, DataType::F32);
}

std::span<const std::int32_t> Tensor::int32s() const {
    return valuesOf<std::int32_t>(*this, DataType::I32);
}

std::span<const std::int64_t> Tensor::int64s() const {
    return valuesOf<std::int64_t>(*this, DataType::I64);
}

std::span<const float> TensorView::floats() const {
    return valuesOf<float>(*this, DataType::F32);
}

Tensor Tensor::of(std::vector<std::int64_t> shape, std::span<const float> values) {
    return tensorOf(DataType::F32, std::move(shape), values);
}

Tensor Tensor::of(std::vector<std::int64_t> shape, std::span<const std::int32_t> values) {
    return tensorOf(DataType::I32, std::move(shape), values);
}

Tensor Tensor::of(std::vector<std::int64_t> shape, std::span<const std::int64_t> values) {
    return tensorOf(DataType::I64, std::move(shape), values);
}

Tensor Tensor::of(std::vector<std::int64_t> shape, std::span<const std::uint8_t> values) {
    return tensorOf(DataType::U8, std::move(shape), values);
}

}  // namespace engine
