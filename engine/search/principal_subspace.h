// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// About the subspace of the given number of axes (at most cols) in which the centred rows vary most: [cols, stride], of
// which the first `axes` columns are orthonormal to the rounding of float, and the rest are zero. The columns are
// mixed, so that the variance spreads over all of them. stride is a multiple of 16.
Matrix principalSubspace(const Matrix& centredRows, std::int64_t axes, std::int64_t stride, const RunContext& context);

}  // namespace engine
