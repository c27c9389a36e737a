// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/kernels/kernels.h"
#include "engine/search/neighbour_index.h"
#include "tests/engine/search/search_data.h"

using namespace engine;

namespace {

// Every true distance, in double; the rows that come back must have the k smallest of them, up to rounding.
void checkNeighbours(const Neighbours& found, const Matrix& bank, const Matrix& queries, std::int64_t k) {
    REQUIRE(found.queries == queries.rows);
    REQUIRE(found.k == k);
    for (std::int64_t q = 0; q < queries.rows; ++q) {
        std::vector<double> distances;
        for (std::int64_t i = 0; i < bank.rows; ++i) {
            double sum = 0;
            for (std::int64_t c = 0; c < bank.cols; ++c)
                sum += std::pow(static_cast<double>(bank.row(i)[c]) - queries.row(q)[c], 2);
            distances.push_back(std::sqrt(sum));
        }
        auto sorted = distances;
        std::sort(sorted.begin(), sorted.end());
        std::vector<std::int64_t> rows;
        for (std::int64_t i = 0; i < k; ++i) {
            const auto at = static_cast<std::size_t>(q * k + i);
            const std::int64_t row = found.rows[at];
            REQUIRE(row >= 0);
            REQUIRE(row < bank.rows);
            const double truth = distances[static_cast<std::size_t>(row)];
            const bool rightRow = truth <= sorted[static_cast<std::size_t>(i)] * (1 + 1e-5);
            const bool rightDistance = std::abs(found.distances[at] - truth) <= 1e-5 * truth;
            CHECK(rightRow);
            CHECK(rightDistance);
            if (i > 0) {
                CHECK(found.distances[at] >= found.distances[at - 1]);
                if (found.distances[at] == found.distances[at - 1] &&
                    distances[static_cast<std::size_t>(rows.back())] == truth)
                    CHECK(row > rows.back());
            }
            rows.push_back(row);
        }
        std::sort(rows.begin(), rows.end());
        CHECK(std::unique(rows.begin(), rows.end()) == rows.end());
    }
}

// Rows of the bank, some moved a little, and rows at its edge and far from all of it.
Matrix queriesFor(const Matrix& bank) {
    Random random(23);
    return test::filled(70, bank.cols, [&](auto i, auto c) {
        const float value = bank.row(i * 13 % bank.rows)[c];
        if (i % 3 == 0) return static_cast<double>(value);
        if (i % 10 == 1) return 40.0 * value;
        if (i % 10 == 2) return 1.5 * value;
        return value * (1 + 0.1 * random.normal());
    });
}

std::shared_ptr<const Matrix> shared(Matrix matrix) {
    return std::make_shared<const Matrix>(std::move(matrix));
}

}  // namespace

TEST_CASE("neighbours worked by hand, equal distances by the lower row") {
    const auto bank = shared(test::filled(5, 1, [](auto i, auto) {
        return std::vector<double>{4, 0, 2, 0, -2}[static_cast<std::size_t>(i)];
    }));
    const auto queries = test::filled(2, 1, [](auto i, auto) { return i == 0 ? 1.0 : 5.0; });
    for (const IndexKind kind : {IndexKind::Flat, IndexKind::Exact, IndexKind::Approximate}) {
        const auto index = makeIndex(kind, bank, RunContext());
        CHECK(index->kind() == kind);
        CHECK(index->rows() == 5);
        CHECK(index->dimensions() == 1);
        const auto found = index->search(queries, 5, RunContext());
        CHECK(found.rows == std::vector<std::int64_t>{1, 2, 3, 0, 4, 0, 2, 1, 3, 4});
        CHECK(found.distances == std::vector<float>{1, 1, 1, 3, 3, 1, 3, 5, 5, 7});
    }
}

TEST_CASE("the exact index finds the nearest rows of awkward banks in every instruction set") {
    for (const auto& [name, bank] : test::awkwardMatrices(400))
        for (const InstructionSet set : {InstructionSet::Scalar, InstructionSet::Avx2, InstructionSet::Avx512}) {
            if (static_cast<int>(set) > static_cast<int>(widestInstructionSet())) continue;
            const auto index = makeIndex(IndexKind::Exact, shared(bank), test::contextWith(2, set));
            const Matrix queries = queriesFor(bank);
            for (const std::int64_t k : {1, 9}) {
                INFO(name << ", k = " << k);
                checkNeighbours(index->search(queries, k, test::contextWith(2, set)), bank, queries, k);
            }
        }
}

TEST_CASE("the exact index agrees with brute force on a larger bank, wide rows, and any number of threads") {
    const Matrix bank = test::featureLike(5000, 200, 11);
    const auto index = makeIndex(IndexKind::Exact, shared(bank), RunContext());
    const Matrix queries = queriesFor(bank);
    const auto one = index->search(queries, 3, test::contextWith(1));
    checkNeighbours(one, bank, queries, 3);
    const auto two = index->search(queries, 3, test::contextWith(2));
    CHECK(one.rows == two.rows);
    CHECK(one.distances == two.distances);
}

TEST_CASE("the flat index finds the nearest rows, with distances that do not suffer from cancellation") {
    const Matrix bank = test::featureLike(900, 50, 12);
    const Matrix queries = queriesFor(bank);
    const auto index = makeIndex(IndexKind::Flat, shared(bank), RunContext());
    for (const std::int64_t k : {1, 9}) checkNeighbours(index->search(queries, k, RunContext()), bank, queries, k);
}

TEST_CASE("one row, one query, no query") {
    for (const IndexKind kind : {IndexKind::Flat, IndexKind::Exact, IndexKind::Approximate}) {
        const auto index = makeIndex(kind, shared(test::filled(1, 3, [](auto, auto) { return 2.0; })), RunContext());
        const auto found =
            index->search(test::filled(1, 3, [](auto, auto c) { return c == 0 ? 5.0 : 2.0; }), 1, RunContext());
        CHECK(found.rows == std::vector<std::int64_t>{0});
        CHECK(found.distances == std::vector<float>{3});
        CHECK(index->search(Matrix(0, 3), 1, RunContext()).rows.empty());
    }
}

TEST_CASE("the approximate index finds as many as it says, of rows that it has not seen") {
    const Matrix all = test::featureLike(6400, 24, 13);
    Matrix bank(6000, all.cols);
    std::copy_n(all.values.begin(), bank.values.size(), bank.values.begin());
    Matrix queries(400, all.cols);
    std::copy_n(all.row(bank.rows), queries.values.size(), queries.values.begin());
    const auto index = makeIndex(IndexKind::Approximate, shared(bank), RunContext());
    CHECK(index->recall() >= 0.95);
    CHECK(index->recall() <= 1);
    const auto truth = makeIndex(IndexKind::Exact, shared(bank), RunContext())->search(queries, 1, RunContext());
    const auto found = index->search(queries, 1, RunContext());
    const auto right = std::inner_product(found.rows.begin(), found.rows.end(), truth.rows.begin(), 0, std::plus<>(),
                                          std::equal_to<>());
    CHECK(right >= 400 * 0.93);
    // More neighbours than one cell holds.
    const auto whole = index->search(queriesFor(bank), 6000, RunContext());
    CHECK(*std::min_element(whole.rows.begin(), whole.rows.end()) == 0);
}

TEST_CASE("several threads may search one index") {
    const Matrix bank = test::featureLike(2000, 40, 14);
    const auto index = makeIndex(IndexKind::Exact, shared(bank), RunContext());
    const Matrix queries = queriesFor(bank);
    const auto expected = index->search(queries, 2, RunContext());
    std::vector<Neighbours> results(4);
    {
        std::vector<std::jthread> threads;
        for (auto& result : results)
            threads.emplace_back([&] { result = index->search(queries, 2, test::contextWith(2)); });
    }
    for (const auto& result : results) CHECK(result.rows == expected.rows);
}

TEST_CASE("what cannot be searched is refused") {
    CHECK_THROWS_AS(makeIndex(IndexKind::Exact, nullptr, RunContext()), Error);
    CHECK_THROWS_AS(makeIndex(IndexKind::Exact, shared(Matrix(0, 3)), RunContext()), Error);
    Matrix bad = test::featureLike(20, 3, 1);
    bad.row(7)[1] = std::numeric_limits<float>::infinity();
    CHECK_THROWS_WITH(makeIndex(IndexKind::Flat, shared(bad), RunContext()), Catch::Contains("not finite"));
    for (const IndexKind kind : {IndexKind::Flat, IndexKind::Exact, IndexKind::Approximate}) {
        const auto index = makeIndex(kind, shared(test::featureLike(20, 3, 1)), RunContext());
        CHECK_THROWS_AS(index->search(Matrix(1, 4), 1, RunContext()), Error);
        CHECK_THROWS_AS(index->search(test::featureLike(2, 3, 1), 0, RunContext()), Error);
        CHECK_THROWS_AS(index->search(test::featureLike(2, 3, 1), 21, RunContext()), Error);
        CHECK_THROWS_AS(index->search(bad, 1, RunContext()), Error);
        std::stop_source stop;
        stop.request_stop();
        CHECK_THROWS_AS(index->search(test::featureLike(2, 3, 1), 1, RunContext(stop.get_token())), Cancelled);
    }
}

TEST_CASE("the names of the kinds come back") {
    for (const IndexKind kind : {IndexKind::Flat, IndexKind::Exact, IndexKind::Approximate})
        CHECK(indexKindFromName(nameOf(kind)) == kind);
    CHECK_THROWS_WITH(indexKindFromName("hnsw"), Catch::Contains("exact"));
}
