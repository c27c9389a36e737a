// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/radix_sort.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <thread>
#include <vector>

namespace engine {

namespace {

constexpr int digitBits = 11;
constexpr std::size_t smallEnough = 1U << 15;  // so few stay in the cache, where std::sort is as quick

using Keys = std::span<std::uint32_t>;

// Partitions by the highest digit in which the keys differ ("American flag", McIlroy, Bostic and McIlroy, 1993).
// Returns the parts that are not sorted yet. `pause` is called every so often and may throw.
template <typename Pause>
std::vector<Keys> partition(Keys keys, const Pause& pause) {
    if (keys.size() < 2) return {};
    std::uint32_t lowest = UINT32_MAX;
    std::uint32_t highest = 0;
    for (const std::uint32_t key : keys) {
        lowest = std::min(lowest, key);
        highest = std::max(highest, key);
    }
    const int shift = std::max(0, static_cast<int>(std::bit_width(highest - lowest)) - digitBits);
    const auto digit = [=](std::uint32_t key) { return static_cast<std::size_t>((key - lowest) >> shift); };
    const std::size_t digits = digit(highest) + 1;
    if (digits == 1) return {};

    std::vector<std::size_t> ends(digits, 0);
    for (const std::uint32_t key : keys) ++ends[digit(key)];
    std::vector<std::size_t> next(digits);
    std::size_t total = 0;
    for (std::size_t d = 0; d < digits; ++d) {
        next[d] = total;
        total += ends[d];
        ends[d] = total;
    }
    const std::vector<std::size_t> begins = next;
    constexpr std::size_t keysBetweenPauses = 1U << 20;
    std::size_t untilPause = keysBetweenPauses;
    for (std::size_t d = 0; d < digits; ++d) {
        while (next[d] < ends[d]) {
            std::uint32_t key = keys[next[d]];
            for (std::size_t home = digit(key); home != d; home = digit(key)) std::swap(key, keys[next[home]++]);
            keys[next[d]++] = key;
            if (--untilPause == 0) {
                pause();
                untilPause = keysBetweenPauses;
            }
        }
    }
    std::vector<Keys> parts;
    if (shift == 0) return parts;
    for (std::size_t d = 0; d < digits; ++d) {
        if (ends[d] - begins[d] > 1) parts.push_back(keys.subspan(begins[d], ends[d] - begins[d]));
    }
    return parts;
}

void sortAlone(Keys keys, const std::stop_token& stop) {
    if (stop.stop_requested()) return;
    if (keys.size() <= smallEnough) {
        std::sort(keys.begin(), keys.end());
        return;
    }
    for (const Keys part : partition(keys, [] {})) sortAlone(part, stop);
}

}  // namespace

void radixSort(std::span<std::uint32_t> keys, const RunContext& context) {
    const std::vector<Keys> parts = partition(keys, [&] { context.checkCancelled(); });
    std::atomic<std::size_t> next = 0;
    const std::stop_token stop = context.stopToken();
    const auto work = [&] {
        for (std::size_t i = next++; i < parts.size(); i = next++) sortAlone(parts[i], stop);
    };
    {
        std::vector<std::jthread> helpers;
        if (keys.size() > smallEnough) {
            for (int i = 1; i < context.threads(); ++i) helpers.emplace_back(work);
        }
        work();
    }
    context.checkCancelled();
}

}  // namespace engine
