// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "engine/core/run_context.h"

namespace engine {

// Calls work(i) once for each i in [0, count), on up to context.threads() threads, in no order. Blocks should last no
// more than some milliseconds: once a stop is asked for, the rest are left out and Cancelled is thrown. What work
// throws is thrown on, the first of several. OpenMP's threads, which LibTorch and FAISS use too: another pool would
// fight with theirs.
void parallelFor(std::int64_t count, const RunContext& context, const std::function<void(std::int64_t)>& work);

}  // namespace engine
