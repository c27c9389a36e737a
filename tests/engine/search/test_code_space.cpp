// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/kernels/kernels.h"
#include "engine/search/code_groups.h"
#include "engine/search/code_space.h"
#include "tests/engine/search/search_data.h"

using namespace engine;

namespace {

double distance(const Matrix& rows, std::int64_t a, std::int64_t b) {
    double sum = 0;
    for (std::int64_t c = 0; c < rows.cols; ++c)
        sum += std::pow(static_cast<double>(rows.row(a)[c]) - rows.row(b)[c], 2);
    return std::sqrt(sum);
}

double codeDistance(const Codes& first, std::int64_t a, const Codes& second, std::int64_t b) {
    double sum = 0;
    for (std::int64_t d = 0; d < first.depth; ++d)
        sum += std::pow(
            static_cast<int>(first.step) * first.row(a)[d] - static_cast<int>(second.step) * second.row(b)[d], 2);
    return std::sqrt(sum);
}

// Those whose squares float can hold; callers scale or leave out the others.
std::vector<test::NamedMatrix> codableMatrices() {
    std::vector<test::NamedMatrix> result;
    for (auto& entry : test::awkwardMatrices(300)) {
        float largest = 0;
        for (const float value : entry.matrix.values) largest = std::max(largest, std::abs(value));
        if (largest > 1e-12F && largest < 1e12F) result.push_back(std::move(entry));
    }
    result.push_back({"wide", test::featureLike(300, 200, 6)});
    return result;
}

}  // namespace

TEST_CASE("codes never claim that two rows are farther apart than they are") {
    for (const auto& [name, rows] : codableMatrices())
        for (const std::int64_t depth : {16, 64}) {
            INFO(name << ", " << depth);
            const CodeSpace space(rows, depth, RunContext());
            const Codes fine = space.encode(rows, CodeStep::Fine, RunContext());
            const Codes coarse = space.encode(rows, CodeStep::Coarse, RunContext());
            std::int64_t coded = 0;
            bool holds = true;
            for (std::int64_t a = 0; a < rows.rows; ++a) {
                const double errorA = fine.error[static_cast<std::size_t>(a)];
                coded += fine.isInside(a);
                for (std::int64_t b = 0; b < rows.rows; ++b) {
                    const double real = distance(rows, a, b) * (1 + 1e-5);
                    for (const Codes* other : {&fine, &coarse}) {
                        const double errors = errorA + other->error[static_cast<std::size_t>(b)];
                        const double bound = space.scale() * codeDistance(fine, a, *other, b) - errors;
                        holds = holds && real >= bound;
                        if (fine.isInside(a) || !other->isInside(b)) continue;
                        // Errors are added before, as coordinates are right to rounding only.
                        const double outside = fine.beyond[static_cast<std::size_t>(a)];
                        holds = holds && real + errors >= std::sqrt(outside + std::pow(std::max(0.0, bound), 2));
                    }
                }
            }
            CHECK(holds);
            CHECK(coded >= rows.rows * 9 / 10);
        }
}

TEST_CASE("codes of rows like features tell most distances within a tenth") {
    const Matrix rows = test::featureLike(300, 200, 6);
    const CodeSpace space(rows, 64, RunContext());
    const Codes codes = space.encode(rows, CodeStep::Fine, RunContext());
    std::int64_t close = 0;
    for (std::int64_t a = 1; a < rows.rows; ++a)
        close += space.scale() * codeDistance(codes, a, codes, a - 1) > 0.9 * distance(rows, a, a - 1);
    CHECK(close > 250);
}

TEST_CASE("no row within the limit is missed, and rows far beyond it are left out") {
    for (const auto& [name, rows] : codableMatrices()) {
        INFO(name);
        const Kernels& kernels = kernelsFor(InstructionSet::Auto);
        const CodeSpace space(rows, 64, RunContext());
        const Codes codes = space.encode(rows, CodeStep::Fine, RunContext());
        const Codes coarse = space.encode(rows, CodeStep::Coarse, RunContext());
        CodeGroups groups(64, space.scale(), rows.cols);
        for (std::int64_t row = 0; row < 37; ++row) groups.add(coarse, row);
        CHECK(groups.size() == 37);
        CHECK(groups.groupCount() == 3);
        bool missed = false;
        for (std::int64_t query = 0; query < rows.rows; ++query)
            for (std::int64_t other = 0; other < 37; ++other) {
                // The limit is met exactly by one of the rows.
                const float limit = kernels.squaredDistance(rows.row(query), rows.row(other), rows.cols);
                const std::int8_t* code = codes.row(query);
                const std::int32_t floor = groups.floorFor(codes, query, limit);
                std::uint16_t hits[3];
                groups.match(kernels, 0, 3, &code, &floor, 1, hits);
                for (std::int64_t row = 0; row < 37; ++row)
                    if (kernels.squaredDistance(rows.row(query), rows.row(row), rows.cols) <= limit)
                        missed = missed || (hits[row / 16] >> (row % 16) & 1) == 0;
                missed = missed || (hits[2] >> 5) != 0;  // lanes without a row
            }
        CHECK_FALSE(missed);
    }
    const Matrix far = test::filled(40, 30, [](auto i, auto) { return static_cast<double>(i); });
    const CodeSpace space(far, 64, RunContext());
    const Codes codes = space.encode(far, CodeStep::Fine, RunContext());
    const Codes coarse = space.encode(far, CodeStep::Coarse, RunContext());
    CodeGroups groups(64, space.scale(), far.cols);
    for (std::int64_t row = 0; row < 16; ++row) groups.add(coarse, row);
    const std::int8_t* code = codes.row(0);
    const std::int32_t floor = groups.floorFor(codes, 0, 30.0);  // the distance of row 1
    std::uint16_t hits = 0;
    groups.match(kernelsFor(InstructionSet::Auto), 0, 1, &code, &floor, 1, &hits);
    CHECK((hits & 0xFFF3) == 3);
}
