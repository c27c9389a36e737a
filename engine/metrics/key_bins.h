// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace engine {

// Where pixels are counted instead of held: by the upper bits of their ordered keys. Scores within 1 part in 8192 of
// each other share a bin.
struct KeyBins {
    static constexpr int droppedBits = 10;
    static constexpr std::size_t count = std::size_t{1} << (32 - droppedBits);

    static constexpr std::size_t of(std::uint32_t key) { return key >> droppedBits; }
    static constexpr std::uint32_t lowestKey(std::size_t bin) { return static_cast<std::uint32_t>(bin << droppedBits); }
};

}  // namespace engine
