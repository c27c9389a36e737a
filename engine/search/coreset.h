// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

struct CoresetParameters {
    double share = 0.10;             // of the candidates, in (0, 1]; used if count is 0
    std::int64_t count = 0;          // of rows to select; more than there are candidates means all
    int projectionDimensions = 128;  // Johnson-Lindenstrauss, Gaussian; none if the candidates have no more; 0: never
    std::uint64_t seed = 0;          // of the projection and of the start
};

// How many of so many candidates are selected. Throws Error{InvalidArgument}: share out of range, negative count.
std::int64_t coresetSize(std::int64_t candidates, const CoresetParameters& parameters);

struct CoresetResult {
    std::vector<std::int64_t> indices;  // in the order of selection
    double radius = 0;  // distance, after the projection, of the farthest candidate to its nearest selected one
};

// Two codes, bounds and keys of a candidate.
inline constexpr std::int64_t coresetBytesEach = 192;

// Greedy k-centre (Sener and Savarese, 2018; Roth et al., 2022, algorithm 1): starting at one row, again and again the
// row farthest from all selected. Exact: the indices are those of textbookCoreset, on every CPU and for any number of
// threads, from the same candidates. Equal distances: the lower index. Once every distance is zero the rest are the
// lowest indices not yet selected. Memory, beside the candidates: coresetBytesEach for each of them, and 4 bytes a
// dimension of the projection where there is one. Throws Cancelled, Error{InvalidArgument} (no rows, share out of
// range, a value that is not finite).
CoresetResult selectCoreset(const Matrix& candidates, const CoresetParameters& parameters, const RunContext& context);

// The same by the loop of the textbook, vectorised and on all cores: the reference for tests and for `bench`.
// "Distance" is Kernels::squaredDistance in both, so that even ties and rounding are decided alike.
CoresetResult textbookCoreset(const Matrix& candidates, const CoresetParameters& parameters, const RunContext& context);

// The projection alone, [rows, dimensions]; the candidates themselves if they have no more dimensions.
// Every element is summed in one defined order, so that it is the same bits on every CPU.
Matrix project(const Matrix& candidates, int dimensions, std::uint64_t seed, const RunContext& context);

}  // namespace engine
