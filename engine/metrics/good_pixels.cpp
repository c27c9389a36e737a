// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/good_pixels.h"

#include <algorithm>

#include "engine/metrics/radix_sort.h"

namespace engine {

GoodPixels::GoodPixels(std::int64_t mostHeld) : m_mostHeld(mostHeld) {}

void GoodPixels::hold(std::uint32_t key) {
    if (m_size >= m_mostHeld) {
        count();
        ++m_counts[KeyBins::of(key)];
        return;
    }
    if (m_blocks.empty() || m_used == keysInBlock) {
        m_blocks.emplace_back(keysInBlock);
        m_used = 0;
    }
    m_blocks.back()[m_used++] = key;
}

void GoodPixels::count() {
    if (isCounted()) return;
    m_counts.assign(KeyBins::count, 0);
    for (std::size_t block = 0; block < m_blocks.size(); ++block) {
        const std::size_t used = block + 1 < m_blocks.size() ? keysInBlock : m_used;
        for (std::size_t i = 0; i < used; ++i) ++m_counts[KeyBins::of(m_blocks[block][i])];
    }
    std::vector<Buffer<std::uint32_t>>().swap(m_blocks);
}

void GoodPixels::sort(const RunContext& context) {
    m_passed = 0;
    m_place = m_counts.size();
    if (!m_counts.empty()) return;
    m_sorted = Buffer<std::uint32_t>(static_cast<std::size_t>(m_size));
    std::size_t done = 0;
    for (Buffer<std::uint32_t>& block : m_blocks) {  // freed as they are copied
        context.checkCancelled();
        const std::size_t n = std::min(keysInBlock, m_sorted.size() - done);
        std::copy_n(block.begin(), n, m_sorted.begin() + static_cast<std::ptrdiff_t>(done));
        done += n;
        Buffer<std::uint32_t>().swap(block);  // "= {}" would keep the memory
    }
    m_blocks.clear();
    radixSort(m_sorted, context);
    m_place = m_sorted.size();
}

GoodPixels::Above GoodPixels::descend(std::uint32_t key) {
    if (!m_counts.empty()) {
        const std::size_t bin = KeyBins::of(key);
        while (m_place > bin + 1) m_passed += m_counts[--m_place];
        const std::int64_t equal = m_place == bin + 1 ? m_counts[bin] : 0;
        return {m_passed, m_passed + equal};
    }
    while (m_place > 0 && m_sorted[m_place - 1] > key) --m_place;
    const auto higher = m_size - static_cast<std::int64_t>(m_place);
    while (m_place > 0 && m_sorted[m_place - 1] == key) --m_place;
    return {higher, m_size - static_cast<std::int64_t>(m_place)};
}

}  // namespace engine
