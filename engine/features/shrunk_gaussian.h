// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// A covariance pulled towards a multiple of the identity, by as much as its own noise asks for:
// (1 - shrinkage) S + shrinkage mu I with S = sum of x x^T / n of the centred rows, mu = trace(S) / p and
// shrinkage = min(d, b) / d of d = |S - mu I|^2 / p, b = sum of |x x^T - S|^2 / (n^2 p) (Ledoit and Wolf, 2004).
struct ShrunkCovariance {
    std::vector<double> mean;      // [p]
    std::vector<double> triangle;  // packed lower (packed_triangle.h)
    double shrinkage = 0;          // in [1e-4, 1]: never none at all, so that the matrix can be inverted
};
// Of the rows for which `used` is not 0; at least two. Throws Error{NotEnoughData}, Cancelled.
ShrunkCovariance shrunkCovariance(const Matrix& rows, std::span<const std::uint8_t> used, const RunContext& context);

}  // namespace engine
