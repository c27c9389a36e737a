// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/backbone/byte_source.h"
#include "engine/backbone/tensor_file.h"

namespace engine {

// The types that tensors have in files; what is not in DataType is converted to F32 when read.
enum class StoredType { F32, F16, BF16, F64, I64, I32, U8 };

// Of a tensor in a file; a longer shape is refused.
inline constexpr std::size_t maximumDimensions = 16;

std::uint64_t bytesOf(StoredType type);
std::uint64_t bytesOf(DataType type);
DataType readAs(StoredType type);

// The product of the sizes; false if one is negative or the product does not fit in 63 bits.
bool countOf(std::span<const std::int64_t> shape, std::uint64_t& count);

// Converts packed little-endian elements. `from` holds as many elements as `into`.
void convert(StoredType type, std::span<const std::byte> from, std::span<std::byte> into);

// Reads `count` packed elements that start at `offset`, converting them piece by piece. The extent must have been
// checked against the source's size: the buffer is allocated at once.
Buffer<std::byte> readElements(const ByteSource& source, std::uint64_t offset, StoredType type, std::uint64_t count);

}  // namespace engine
