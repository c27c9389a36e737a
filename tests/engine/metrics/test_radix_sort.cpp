// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <vector>

#include "engine/core/random.h"
#include "engine/metrics/radix_sort.h"

using namespace engine;

TEST_CASE("keys keep the order of floats and give them back") {
    const float lowest = std::numeric_limits<float>::lowest();
    const float denormal = std::numeric_limits<float>::denorm_min();
    const std::vector<float> ascending{lowest, -1.5F, -1e-30F, -denormal, 0.0F, denormal, 1.0F, 1.0000001F, -lowest};
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        CHECK(valueOfKey(orderedKey(ascending[i])) == ascending[i]);
        if (i > 0) CHECK(orderedKey(ascending[i - 1]) < orderedKey(ascending[i]));
    }
    CHECK(orderedKey(-0.0F) == orderedKey(0.0F));
}

TEST_CASE("sorted like std::sort, whatever the keys and the number of threads") {
    Random random(1);
    for (const int threads : {1, 2, 5}) {
        const RunContext context({}, {}, {}, {threads, InstructionSet::Auto});
        for (const std::size_t n : {0UL, 1UL, 2UL, 1000UL, 300'000UL}) {
            for (const int kind : {0, 1, 2, 3}) {
                std::vector<std::uint32_t> keys(n);
                for (std::uint32_t& key : keys) {
                    const auto any = static_cast<std::uint32_t>(random.next());
                    key = kind == 0   ? any
                          : kind == 1 ? 7U
                          : kind == 2 ? orderedKey(static_cast<float>(random.normal()))
                                      : (random.below(1000) == 0 ? any : 0x80000000U + any % 40'000);
                }
                std::vector<std::uint32_t> expected = keys;
                std::sort(expected.begin(), expected.end());
                radixSort(keys, context);
                CHECK(keys == expected);
            }
        }
    }
}

TEST_CASE("a stop that was asked for ends the sort") {
    std::vector<std::uint32_t> keys(100'000);
    Random random(2);
    for (std::uint32_t& key : keys) key = static_cast<std::uint32_t>(random.next());
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(radixSort(keys, RunContext(source.get_token())), Cancelled);
}
