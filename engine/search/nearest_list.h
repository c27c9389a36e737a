// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/search/neighbour_index.h"

namespace engine {

// The squared distance of two rows: the kernels' sum, or one in double where float would overflow or vanish.
class PreciseDistance {
public:
    explicit PreciseDistance(InstructionSet instructionSet);
    double operator()(const float* a, const float* b, std::int64_t n) const;
    // The same, where the kernel's sum is known already.
    static double refined(float quick, const float* a, const float* b, std::int64_t n);

private:
    float (*m_squaredDistance)(const float*, const float*, std::int64_t);
};

// The k nearest rows met so far, nearest first; equal distances: the lower row. k is small.
class NearestList {
public:
    void reset(std::int64_t k);
    // A row that is in already is left out.
    void offer(double squaredDistance, std::int64_t row);
    // The i-th nearest; only once k rows are in.
    std::int64_t row(std::int64_t i) const { return m_entries[static_cast<std::size_t>(i)].row; }
    // What a row must not exceed to get in; infinite until k rows are in.
    double limit() const { return m_entries.back().squaredDistance; }
    // To row `query` of the result.
    void store(Neighbours& result, std::int64_t query) const;

private:
    struct Entry {
        double squaredDistance = std::numeric_limits<double>::infinity();
        std::int64_t row = std::numeric_limits<std::int64_t>::max();
    };
    std::vector<Entry> m_entries;
};

Neighbours emptyNeighbours(std::int64_t queries, std::int64_t k);

}  // namespace engine
