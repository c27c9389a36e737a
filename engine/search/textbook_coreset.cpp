// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"
#include "engine/search/candidates.h"
#include "engine/search/coreset.h"

namespace engine {

CoresetResult textbookCoreset(const Matrix& matrix, const CoresetParameters& parameters, const RunContext& context) {
    Candidates candidates;
    prepareCandidates(matrix, parameters, context, candidates);
    const Matrix& points = *candidates.points;
    const Kernels& kernels = kernelsFor(context.compute().instructionSet);

    std::vector<float> nearest(static_cast<std::size_t>(points.rows), std::numeric_limits<float>::max());
    // One block a thread: the loop is bound by memory, and each thread keeps to its own part of it.
    const std::int64_t blocks = std::min<std::int64_t>(context.threads(), points.rows);
    std::vector<float> largest(static_cast<std::size_t>(blocks));
    const auto begin = [&](std::int64_t block) { return points.rows * block / blocks; };
    CoresetResult result;
    std::int64_t next = candidates.start;
    float distance = 0;
    while (true) {
        result.indices.push_back(next);
        if (result.indices.size() % 16 == 0)
            context.report("coreset", static_cast<std::int64_t>(result.indices.size()), candidates.count);
        parallelFor(blocks, context, [&](std::int64_t block) {
            largest[static_cast<std::size_t>(block)] =
                kernels.lowerNearest(points.row(begin(block)), begin(block + 1) - begin(block), points.cols,
                                     points.row(next), nearest.data() + begin(block));
        });
        // The first block and the first row with that value: the lowest.
        const auto winner = std::max_element(largest.begin(), largest.end());
        distance = *winner;
        if (distance == 0 || static_cast<std::int64_t>(result.indices.size()) >= candidates.count) break;
        next = std::find(nearest.begin() + begin(winner - largest.begin()), nearest.end(), distance) - nearest.begin();
    }
    fillWithLowestRows(result.indices, candidates.count, points.rows);
    result.radius = std::sqrt(static_cast<double>(distance)) / candidates.scale;
    context.report("coreset", candidates.count, candidates.count);
    return result;
}

}  // namespace engine
