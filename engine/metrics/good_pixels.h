// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// The scores of all good pixels of a test set, as ordered keys. Up to a number of pixels each is held; beyond it they
// are counted by the upper bits of their keys, in memory that no longer grows: scores within 1 part in 8192 of each
// other then count as equal.
class GoodPixels {
public:
    GoodPixels(std::int64_t expected, std::int64_t mostHeld);

    void append(std::uint32_t key) {
        if (!m_counts.empty())
            ++m_counts[key >> droppedBits];
        else
            hold(key);
        ++m_size;
    }
    std::int64_t size() const { return m_size; }
    // What a key is taken for.
    std::uint32_t rounded(std::uint32_t key) const {
        return m_counts.empty() ? key : key >> droppedBits << droppedBits;
    }

    // Puts them in order; nothing is appended afterwards. Throws Cancelled.
    void sort(const RunContext& context);

    struct Above {
        std::int64_t higher = 0;
        std::int64_t equalOrHigher = 0;
    };
    // Of rounded keys that only fall from call to call.
    Above descend(std::uint32_t key);

private:
    static constexpr int droppedBits = 10;
    static constexpr std::size_t keysInBlock = 10U << 20;  // 40 MiB

    void hold(std::uint32_t key);
    void count();

    // They are gathered in blocks, because one growing array would be held twice while it grows; a block is larger than
    // what malloc keeps for itself (32 MiB), so that freeing it gives the memory back.
    std::vector<Buffer<std::uint32_t>> m_blocks;
    std::size_t m_used = 0;  // of the last block
    Buffer<std::uint32_t> m_sorted;
    std::vector<std::int64_t> m_counts;  // by the upper bits; empty: every key is held
    std::int64_t m_size = 0;
    std::int64_t m_mostHeld = 0;
    std::size_t m_place = 0;  // of descend: keys, or counts, that are not passed yet
    std::int64_t m_passed = 0;
};

}  // namespace engine
