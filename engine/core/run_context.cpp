// SPDX-License-Identifier: Apache-2.0
#include "engine/core/run_context.h"

#include <sched.h>

#include <algorithm>
#include <utility>

namespace engine {

RunContext::RunContext(std::stop_token stop, ProgressSink progress, WarningSink warning, Compute compute)
    : m_stop(std::move(stop)), m_progress(std::move(progress)), m_warning(std::move(warning)), m_compute(compute) {}

void RunContext::checkCancelled() const {
    if (m_stop.stop_requested()) throw Cancelled();
}

void RunContext::report(std::string_view stage, std::int64_t done, std::int64_t total,
                        std::optional<EpochLoss> loss) const {
    checkCancelled();
    if (m_progress) m_progress({stage, done, total, loss});
}

void RunContext::warn(const std::string& message) const {
    if (m_warning) m_warning(message);
}

int RunContext::threads() const {
    if (m_compute.threads > 0) return m_compute.threads;
    // The affinity mask, not the number of CPUs of the machine: a container may own two of sixty-four.
    cpu_set_t mask;
    if (sched_getaffinity(0, sizeof mask, &mask) == 0) return std::max(1, CPU_COUNT(&mask));
    return 1;
}

}  // namespace engine
