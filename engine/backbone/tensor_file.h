// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/matrix.h"

namespace engine {

// float32, or integers as they stand in a file. F16, BF16 and F64 are converted to F32 when read.
enum class DataType { F32, I64, I32, U8 };

struct Tensor {
    DataType type = DataType::F32;
    std::vector<std::int64_t> shape;
    Buffer<std::byte> bytes;  // little-endian, row-major, packed

    std::int64_t count() const;  // product of the shape
    // Throws Error{Mismatch} if the type differs.
    std::span<const float> floats() const;
    std::span<const std::int32_t> int32s() const;
    std::span<const std::int64_t> int64s() const;
    static Tensor of(std::vector<std::int64_t> shape, std::span<const float> values);
    static Tensor of(std::vector<std::int64_t> shape, std::span<const std::int32_t> values);
    static Tensor of(std::vector<std::int64_t> shape, std::span<const std::int64_t> values);
    static Tensor of(std::vector<std::int64_t> shape, std::span<const std::uint8_t> values);
};

// A tensor whose bytes lie elsewhere, such as in a file that is mapped: too large to be held twice.
struct TensorView {
    DataType type = DataType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;  // aligned for its type
    std::shared_ptr<const void> owner;

    std::span<const float> floats() const;  // throws Error{Mismatch} if the type differs
};

struct TensorFile {
    std::map<std::string, Tensor> tensors;    // ordered by name
    std::map<std::string, TensorView> views;  // beside them: no name occurs in both
    std::map<std::string, std::string> metadata;
};

// The safetensors container (huggingface/safetensors, format 0.4): 8 bytes of header length, a JSON header, the data.
// Every offset, shape and length is checked before it is used: header at most 100 MB and inside the file, no overlap,
// no gap, no trailing bytes, no duplicate key, sizes that match the shapes, no overflow. Throws Error: NotFound,
// Unreadable, Corrupt, Unsupported.
// Names that begin with `viewPrefix`, if it is not empty, become views: of the file, which is mapped, where the bytes
// can be used as they are, of a copy elsewhere.
TensorFile readSafetensors(const std::filesystem::path& path, std::string_view viewPrefix = {});
TensorFile readSafetensors(std::span<const std::byte> bytes, const std::filesystem::path& name,
                           std::string_view viewPrefix = {});
// Only the metadata, without reading the tensors (their declared extents are still checked against the file's size).
std::map<std::string, std::string> readSafetensorsMetadata(const std::filesystem::path& path);
// The same bytes from the same content: keys sorted, data in key order, header padded to a multiple of 8. Atomic.
void writeSafetensors(const std::filesystem::path& path, const TensorFile& content);
// Replaces the metadata and copies the tensors' bytes as they are. Atomic.
void rewriteSafetensorsMetadata(const std::filesystem::path& path, const std::map<std::string, std::string>& metadata);

// torchvision's .pth in both containers (zip, since PyTorch 1.6; and the older stream of pickles). Our own reader
// knows dictionaries, tuples, numbers, strings and tensors, and refuses every other opcode and every other global:
// no code in a file is ever run. A {"state_dict": ...} around the tensors is unwrapped. Throws as readSafetensors.
TensorFile readPth(const std::filesystem::path& path);
TensorFile readPth(std::span<const std::byte> bytes, const std::filesystem::path& name);

// By content, not by name: safetensors or either .pth container.
TensorFile readWeights(const std::filesystem::path& path);

}  // namespace engine
