// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"
#include "engine/search/code_groups.h"
#include "engine/search/code_space.h"
#include "engine/search/index_kinds.h"
#include "engine/search/largest_magnitude.h"
#include "engine/search/nearest_list.h"
#include "engine/search/prefix_bound.h"

namespace engine {

namespace {

// Beyond these the squares of float overflow or vanish, and codes with them.
constexpr float smallestCodable = 1e-12F;
constexpr float largestCodable = 1e12F;
constexpr std::int64_t codeDepth = 64;
constexpr std::int64_t mostNeighboursByCodes = 64;
// As many as stay in the second-level cache beside a tile of the bank: each tile is fetched once for all of them.
constexpr std::int64_t queriesAtOnce = 192;
constexpr std::int64_t groupsAtOnce = 16;
// Every sixteenth query is answered first, then every fourth, then the rest.
constexpr std::array<std::int64_t, 3> steps{16, 4, 1};
constexpr std::int64_t firstGuesses = 32;

// The bank's rows as bytes.
struct CodedBank {
    CodedBank(const Matrix& bank, const RunContext& context)
        : space(bank, codeDepth, context), groups(codeDepth, space.scale(), bank.cols), prefix(bank, context) {
        const Codes codes = space.encode(bank, CodeStep::Coarse, context);
        for (std::int64_t row = 0; row < bank.rows; ++row) groups.add(codes, row);
    }

    CodeSpace space;
    CodeGroups groups;
    PrefixBound prefix;
};

// Every row is met as bytes, which give a lower bound of its distance; the few rows whose bound does not exceed the
// k-th distance known so far are decided by the direct distance. What makes them few is to know a good k-th distance
// early: some queries are answered first, and the answers are where their neighbours, which are patches nearby, begin.
class ExactIndex : public NeighbourIndex {
public:
    ExactIndex(std::shared_ptr<const Matrix> bank, const RunContext& context) : m_bank(std::move(bank)) {
        const float largest = largestMagnitude(*m_bank, context);
        if (largest > smallestCodable && largest < largestCodable) m_coded.emplace(*m_bank, context);
    }

    IndexKind kind() const override { return IndexKind::Exact; }
    std::int64_t rows() const override { return m_bank->rows; }
    std::int64_t dimensions() const override { return m_bank->cols; }

    Neighbours search(const Matrix& queries, std::int64_t k, const RunContext& context) const override {
        const float largest = checkQueries(*this, queries, k, context);
        const bool byCodes = m_coded && largest < largestCodable && k <= mostNeighboursByCodes && 4 * k <= rows();
        Neighbours result = emptyNeighbours(queries.rows, k);
        const Codes codes = byCodes ? m_coded->space.encode(queries, CodeStep::Fine, context) : Codes{};
        // Blocks of one size, as many for each thread.
        const std::int64_t threads = context.threads();
        const std::int64_t blocks = threads * std::max<std::int64_t>(1, (queries.rows + threads * queriesAtOnce - 1) /
                                                                            (threads * queriesAtOnce));
        const std::int64_t blockRows = std::max<std::int64_t>(1, (queries.rows + blocks - 1) / blocks);
        parallelFor((queries.rows + blockRows - 1) / blockRows, context, [&](std::int64_t block) {
            const std::int64_t first = block * blockRows;
            Block work{queries,
                       codes,
                       first,
                       std::min(blockRows, queries.rows - first),
                       k,
                       PreciseDistance(context.compute().instructionSet),
                       kernelsFor(context.compute().instructionSet),
                       context,
                       {},
                       {}};
            for (std::int64_t i = 0; i < work.count; ++i) work.nearest[static_cast<std::size_t>(i)].reset(k);
            if (byCodes)
                searchByCodes(work);
            else
                searchAll(work);
            for (std::int64_t i = 0; i < work.count; ++i)
                work.nearest[static_cast<std::size_t>(i)].store(result, first + i);
        });
        return result;
    }

private:
    struct Block {
        const Matrix& queries;
        const Codes& codes;
        std::int64_t first;
        std::int64_t count;
        std::int64_t k;
        PreciseDistance distance;
        const Kernels& kernels;
        const RunContext& context;
        std::array<NearestList, queriesAtOnce> nearest;
        std::array<float, queriesAtOnce> rest;
    };

    void offer(Block& work, std::int64_t query, std::int64_t row) const {
        const double distance = work.distance(work.queries.row(work.first + query), m_bank->row(row), dimensions());
        work.nearest[static_cast<std::size_t>(query)].offer(distance, row);
    }

    void searchAll(Block& work) const {
        for (std::int64_t query = 0; query < work.count; ++query) {
            work.context.checkCancelled();
            for (std::int64_t row = 0; row < rows(); ++row) offer(work, query, row);
        }
    }

    void searchByCodes(Block& work) const {
        for (std::int64_t query = 0; query < work.count; ++query)
            work.rest[static_cast<std::size_t>(query)] =
                m_coded->prefix.restOf(work.queries.row(work.first + query), work.kernels);
        std::vector<std::int64_t> chosen;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const std::int64_t before = i > 0 ? steps[i - 1] : work.count;
            chosen.clear();
            for (std::int64_t query = 0; query < work.count; query += steps[i]) {
                if (query % before == 0 && i > 0) continue;
                chosen.push_back(query);
                if (i == 0)
                    for (std::int64_t row = 0; row < std::min(rows(), std::max(firstGuesses, work.k)); ++row)
                        offer(work, query, row);
                else
                    offerAnswers(work, query, query / before * before, before);
            }
            if (!chosen.empty()) searchRest(work, chosen);
        }
    }

    // What the queries on both sides, which are `step` apart, have found.
    void offerAnswers(Block& work, std::int64_t query, std::int64_t left, std::int64_t step) const {
        const std::int64_t right = left + step < work.count ? left + step : left;
        for (std::int64_t i = 0; i < work.k; ++i) {
            offer(work, query, work.nearest[static_cast<std::size_t>(left)].row(i));
            if (right != left) offer(work, query, work.nearest[static_cast<std::size_t>(right)].row(i));
        }
    }

    void offerHits(Block& work, std::int64_t query, std::int64_t firstGroup, std::int64_t groups,
                   const std::uint16_t* hits) const {
        std::array<std::int64_t, groupsAtOnce * CodeGroups::lanes> found;
        std::array<float, groupsAtOnce * CodeGroups::lanes> distances;
        std::size_t count = 0;
        // Four groups at a time: most have no hit.
        for (std::int64_t g = 0; g < groups; g += 4) {
            std::uint64_t mask = 0;
            std::memcpy(&mask, hits + g, static_cast<std::size_t>(std::min<std::int64_t>(4, groups - g)) * 2);
            for (; mask != 0; mask &= mask - 1)
                found[count++] = (firstGroup + g) * CodeGroups::lanes + std::countr_zero(mask);
        }
        if (count == 0) return;
        const float* values = work.queries.row(work.first + query);
        NearestList& nearest = work.nearest[static_cast<std::size_t>(query)];
        count = m_coded->prefix.keep(found.data(), count, values, work.rest[static_cast<std::size_t>(query)],
                                     nearest.limit(), work.kernels, distances.data());
        work.kernels.squaredDistances(m_bank->values.data(), dimensions(), found.data(),
                                      static_cast<std::int64_t>(count), dimensions(), values, distances.data());
        for (std::size_t i = 0; i < count; ++i)
            nearest.offer(PreciseDistance::refined(distances[i], values, m_bank->row(found[i]), dimensions()),
                          found[i]);
    }

    // The chosen queries of the block, which know k rows each, meet all rows.
    void searchRest(Block& work, const std::vector<std::int64_t>& chosen) const {
        const CodeGroups& bank = m_coded->groups;
        const auto count = static_cast<std::int64_t>(chosen.size());
        std::array<const std::int8_t*, queriesAtOnce> codes;
        std::array<std::int32_t, queriesAtOnce> floors;
        std::array<std::uint16_t, queriesAtOnce * groupsAtOnce> hits;
        std::array<double, queriesAtOnce> limits;
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            codes[i] = work.codes.row(work.first + chosen[i]);
            limits[i] = -1;
        }
        for (std::int64_t group = 0; group < bank.groupCount(); group += groupsAtOnce) {
            work.context.checkCancelled();
            const std::int64_t groups = std::min(groupsAtOnce, bank.groupCount() - group);
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                const double limit = work.nearest[static_cast<std::size_t>(chosen[i])].limit();
                if (limit == limits[i]) continue;
                limits[i] = limit;
                floors[i] = bank.floorFor(work.codes, work.first + chosen[i], limit);
            }
            bank.match(work.kernels, group, groups, codes.data(), floors.data(), count, hits.data());
            for (std::int64_t i = 0; i < count; ++i)
                offerHits(work, chosen[static_cast<std::size_t>(i)], group, groups, hits.data() + i * groups);
        }
    }

    std::shared_ptr<const Matrix> m_bank;
    std::optional<CodedBank> m_coded;
};

}  // namespace

std::unique_ptr<NeighbourIndex> makeExactIndex(std::shared_ptr<const Matrix> bank, const RunContext& context) {
    return std::make_unique<ExactIndex>(std::move(bank), context);
}

}  // namespace engine
