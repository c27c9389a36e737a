// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"
#include "engine/metrics/key_bins.h"

namespace engine {

// The scores of all good pixels of a test set, as ordered keys. Up to a number of pixels each is held; beyond it they
// are counted in KeyBins, in 32 MiB.
class GoodPixels {
public:
    explicit GoodPixels(std::int64_t mostHeld);

    void append(std::uint32_t key) {
        if (!m_counts.empty())
            ++m_counts[KeyBins::of(key)];
        else
            hold(key);
        ++m_size;
    }
    void count();
    bool isCounted() const { return !m_counts.empty(); }
    std::int64_t size() const { return m_size; }

    // Puts them in order; nothing is appended afterwards. Throws Cancelled.
    void sort(const RunContext& context);

    struct Above {
        std::int64_t higher = 0;
        std::int64_t equalOrHigher = 0;
    };
    // Of keys that only fall from call to call; where they are counted, of the key's bin.
    Above descend(std::uint32_t key);

private:
    static constexpr std::size_t keysInBlock = 10U << 20;  // 40 MiB

    void hold(std::uint32_t key);

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
