// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

#include "engine/search/prefix_bound.h"
#include "tests/engine/search/search_data.h"

using namespace engine;

TEST_CASE("no row within the limit is left out by its first dimensions, and most beyond it are") {
    const Kernels& kernels = kernelsFor(InstructionSet::Auto);
    for (const std::int64_t columns : {20, 96, 131, 200, 1500}) {
        INFO(columns);
        const Matrix bank = test::featureLike(150, columns, 8);
        const PrefixBound bound(bank, RunContext());
        std::size_t kept = 0;
        std::size_t within = 0;
        bool missed = false;
        for (std::int64_t query = 0; query < bank.rows; ++query) {
            const float* values = bank.row(query);
            const float rest = bound.restOf(values, kernels);
            // The limit is met exactly by one of the rows.
            const float limit = kernels.squaredDistance(values, bank.row((query + 1) % bank.rows), columns);
            std::vector<std::int64_t> rows(static_cast<std::size_t>(bank.rows));
            std::iota(rows.begin(), rows.end(), 0);
            std::vector<float> scratch(rows.size());
            rows.resize(bound.keep(rows.data(), rows.size(), values, rest, limit, kernels, scratch.data()));
            CHECK(std::is_sorted(rows.begin(), rows.end()));
            kept += rows.size();
            for (std::int64_t row = 0; row < bank.rows; ++row) {
                if (kernels.squaredDistance(values, bank.row(row), columns) > limit) continue;
                ++within;
                missed = missed || !std::binary_search(rows.begin(), rows.end(), row);
            }
        }
        CHECK_FALSE(missed);
        if (columns >= 96) CHECK(kept - within < (150 * 150 - within) / 2);
    }
}
