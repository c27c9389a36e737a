// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// The largest absolute value; not finite if any value is not.
float largestMagnitude(const Matrix& matrix, const RunContext& context);

}  // namespace engine
