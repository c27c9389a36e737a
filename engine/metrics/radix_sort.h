// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "engine/core/run_context.h"

namespace engine {

// A finite float as an integer of the same order; -0 and 0 are one key.
inline std::uint32_t orderedKey(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value + 0.0F);
    return bits ^ ((bits >> 31) != 0 ? 0xFFFFFFFFU : 0x80000000U);
}

inline float valueOfKey(std::uint32_t key) {
    return std::bit_cast<float>(key ^ ((key >> 31) != 0 ? 0x80000000U : 0xFFFFFFFFU));
}

// Sorts ascending, in place (the keys of hundreds of megapixels are not to be held twice), on context.threads()
// cores. Throws Cancelled, with the keys in some order.
void radixSort(std::span<std::uint32_t> keys, const RunContext& context);

}  // namespace engine
