// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"
#include "engine/search/coreset.h"

namespace engine {

// What both greedy loops start from, so that they can only differ in how they go on: the points among which they
// select, how many, and the first.
struct Candidates {
    const Matrix* points = nullptr;  // the caller's rows, or `own`
    Matrix own;                      // projected, or scaled so that squares neither overflow nor vanish
    float scale = 1;                 // distances of `points` are this times the real ones; a power of two
    std::int64_t count = 0;          // in [1, rows]
    std::int64_t start = 0;

    Candidates() = default;
    Candidates(const Candidates&) = delete;
    Candidates& operator=(const Candidates&) = delete;
};

// `candidates` must outlive the result. Throws as selectCoreset does.
void prepareCandidates(const Matrix& candidates, const CoresetParameters& parameters, const RunContext& context,
                       Candidates& result);

// The rest once every distance is zero: the lowest rows that `selected` lacks.
void fillWithLowestRows(std::vector<std::int64_t>& selected, std::int64_t count, std::int64_t rows);

}  // namespace engine
