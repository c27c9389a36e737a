// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>
#include <vector>

#include "engine/kernels/parallel.h"

using namespace engine;

TEST_CASE("every index is worked on once, for any number of threads") {
    for (const int threads : {1, 2, 5}) {
        const RunContext context({}, {}, {}, {threads, InstructionSet::Auto});
        std::vector<std::atomic<int>> calls(100);
        parallelFor(100, context, [&](std::int64_t i) { ++calls[static_cast<std::size_t>(i)]; });
        for (const auto& count : calls) CHECK(count == 1);
    }
    parallelFor(0, RunContext(), [](std::int64_t) { FAIL("there is nothing to work on"); });
}

TEST_CASE("what the work throws reaches the caller, and the rest is left out") {
    const RunContext context({}, {}, {}, {2, InstructionSet::Auto});
    std::atomic<int> calls = 0;
    CHECK_THROWS_WITH(parallelFor(1000000, context,
                                  [&](std::int64_t) {
                                      ++calls;
                                      throw std::runtime_error("broken");
                                  }),
                      "broken");
    CHECK(calls <= 2);
}

TEST_CASE("a stop leaves out the rest of the work") {
    std::stop_source stop;
    const RunContext context(stop.get_token(), {}, {}, {2, InstructionSet::Auto});
    std::atomic<int> calls = 0;
    CHECK_THROWS_AS(parallelFor(1000000, context,
                                [&](std::int64_t) {
                                    ++calls;
                                    stop.request_stop();
                                }),
                    Cancelled);
    CHECK(calls <= 2);
}
