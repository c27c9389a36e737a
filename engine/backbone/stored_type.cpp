// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/stored_type.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace engine {

static_assert(std::endian::native == std::endian::little, "tensors are copied as they stand in files: little-endian");

namespace {

float fromHalf(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    const std::uint32_t exponent = (half >> 10) & 0x1fu;
    const std::uint32_t fraction = half & 0x3ffu;
    if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000u | (fraction << 13));
    if (exponent != 0) return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (fraction << 13));
    // Subnormal halves are normal floats: fraction * 2^-24, exactly.
    const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
    return sign != 0 ? -magnitude : magnitude;
}

template <typename Stored, typename Convert>
void convertEach(std::span<const std::byte> from, std::span<std::byte> into, Convert&& toFloat) {
    const std::size_t count = into.size() / sizeof(float);
    for (std::size_t i = 0; i < count; ++i) {
        Stored stored;
        std::memcpy(&stored, from.data() + i * sizeof stored, sizeof stored);
        const float value = toFloat(stored);
        std::memcpy(into.data() + i * sizeof value, &value, sizeof value);
    }
}

}  // namespace

std::uint64_t bytesOf(StoredType type) {
    switch (type) {
        case StoredType::F64:
        case StoredType::I64:
            return 8;
        case StoredType::F32:
        case StoredType::I32:
            return 4;
        case StoredType::F16:
        case StoredType::BF16:
            return 2;
        case StoredType::U8:
            return 1;
    }
    return 1;
}

std::uint64_t bytesOf(DataType type) {
    switch (type) {
        case DataType::I64:
            return 8;
        case DataType::F32:
        case DataType::I32:
            return 4;
        case DataType::U8:
            return 1;
    }
    return 1;
}

DataType readAs(StoredType type) {
    switch (type) {
        case StoredType::I64:
            return DataType::I64;
        case StoredType::I32:
            return DataType::I32;
        case StoredType::U8:
            return DataType::U8;
        default:
            return DataType::F32;
    }
}

bool countOf(std::span<const std::int64_t> shape, std::uint64_t& count) {
    // Over the sizes that are not zero first: [2^40, 2^40, 0] has no element, yet its strides overflow.
    std::uint64_t product = 1;
    bool empty = false;
    for (const std::int64_t size : shape) {
        if (size < 0) return false;
        if (size == 0)
            empty = true;
        else if (!multiplyBy(product, static_cast<std::uint64_t>(size)))
            return false;
    }
    count = empty ? 0 : product;
    return product <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

void convert(StoredType type, std::span<const std::byte> from, std::span<std::byte> into) {
    switch (type) {
        case StoredType::F16:
            return convertEach<std::uint16_t>(from, into, fromHalf);
        case StoredType::BF16:
            return convertEach<std::uint16_t>(from, into, [](std::uint16_t upper) {
                return std::bit_cast<float>(static_cast<std::uint32_t>(upper) << 16);
            });
        case StoredType::F64:
            return convertEach<double>(from, into, [](double value) { return static_cast<float>(value); });
        default:
            std::copy_n(from.begin(), into.size(), into.begin());
    }
}

Buffer<std::byte> readElements(const ByteSource& source, std::uint64_t offset, StoredType type, std::uint64_t count) {
    const std::uint64_t stored = bytesOf(type);
    const std::uint64_t wide = bytesOf(readAs(type));
    Buffer<std::byte> bytes(static_cast<std::size_t>(count * wide));
    if (type != StoredType::F16 && type != StoredType::BF16 && type != StoredType::F64) {
        source.read(offset, bytes);
        return bytes;
    }
    constexpr std::uint64_t piece = 1 << 16;
    std::vector<std::byte> raw(static_cast<std::size_t>(std::min(piece, count) * stored));
    for (std::uint64_t done = 0; done < count; done += piece) {
        const std::uint64_t now = std::min(piece, count - done);
        const auto part = std::span(raw).first(static_cast<std::size_t>(now * stored));
        source.read(offset + done * stored, part);
        convert(type, part,
                std::span(bytes).subspan(static_cast<std::size_t>(done * wide), static_cast<std::size_t>(now * wide)));
    }
    return bytes;
}

}  // namespace engine
