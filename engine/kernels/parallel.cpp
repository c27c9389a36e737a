// SPDX-License-Identifier: Apache-2.0
#include "engine/kernels/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>

namespace engine {

void parallelFor(std::int64_t count, const RunContext& context, const std::function<void(std::int64_t)>& work) {
    std::exception_ptr failure;
    std::atomic<bool> failed{false};
    const int threads = static_cast<int>(std::clamp<std::int64_t>(count, 1, context.threads()));
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) if (threads > 1)
    for (std::int64_t i = 0; i < count; ++i) {
        if (failed || context.stopToken().stop_requested()) continue;
        try {
            work(i);
        } catch (...) {
            if (!failed.exchange(true)) failure = std::current_exception();
        }
    }
    if (failure) std::rethrow_exception(failure);
    context.checkCancelled();
}

}  // namespace engine
