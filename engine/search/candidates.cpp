// SPDX-License-Identifier: Apache-2.0
#include "engine/search/candidates.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/kernels/parallel.h"
#include "engine/search/largest_magnitude.h"

namespace engine {

namespace {

// A power of two that brings the largest value near one; one wherever squares of float are safe anyway.
float safeScale(float largest) {
    if (largest == 0 || (largest > 1e-8F && largest < 1e12F)) return 1;
    return std::ldexp(1.0F, std::clamp(-std::ilogb(largest), -126, 126));
}

}  // namespace

std::int64_t coresetSize(std::int64_t candidates, const CoresetParameters& parameters) {
    if (parameters.count < 0) throw Error(ErrorCode::InvalidArgument, "coreset: the count must not be negative");
    if (parameters.count > 0) return std::min(parameters.count, candidates);
    if (!(parameters.share > 0 && parameters.share <= 1))
        throw Error(ErrorCode::InvalidArgument,
                    "coreset: the share must be above 0 and at most 1, not " + std::to_string(parameters.share));
    const auto count = static_cast<std::int64_t>(std::llround(parameters.share * static_cast<double>(candidates)));
    return std::clamp<std::int64_t>(count, 1, candidates);
}

void prepareCandidates(const Matrix& candidates, const CoresetParameters& parameters, const RunContext& context,
                       Candidates& result) {
    if (candidates.rows < 1 || candidates.cols < 1)
        throw Error(ErrorCode::InvalidArgument, "coreset: there are no candidates to select from");
    result.count = coresetSize(candidates.rows, parameters);
    const float largest = largestMagnitude(candidates, context);
    if (!std::isfinite(largest))
        throw Error(ErrorCode::InvalidArgument,
                    "coreset: a candidate has a value that is not finite; check the weights");

    result.points = &candidates;
    result.scale = safeScale(largest);
    if (result.scale != 1) {
        result.own = Matrix(candidates.rows, candidates.cols);
        std::transform(candidates.values.begin(), candidates.values.end(), result.own.values.begin(),
                       [scale = result.scale](float value) { return value * scale; });
        result.points = &result.own;
    }
    if (parameters.projectionDimensions > 0 && parameters.projectionDimensions < candidates.cols) {
        result.own = project(*result.points, parameters.projectionDimensions, parameters.seed, context);
        result.points = &result.own;
    }
    Random random(parameters.seed);
    result.start = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(candidates.rows)));
}

void fillWithLowestRows(std::vector<std::int64_t>& selected, std::int64_t count, std::int64_t rows) {
    std::vector<bool> taken(static_cast<std::size_t>(rows), false);
    for (const std::int64_t row : selected) taken[static_cast<std::size_t>(row)] = true;
    for (std::int64_t row = 0; static_cast<std::int64_t>(selected.size()) < count; ++row)
        if (!taken[static_cast<std::size_t>(row)]) selected.push_back(row);
}

}  // namespace engine
