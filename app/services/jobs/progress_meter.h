// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <deque>
#include <string>

#include "app/services/jobs/job_runner.h"

namespace services {

// The rate of a stage and the time that it has left, from what was done in the last seconds: stages slow down and speed
// up, and an average since the start would not tell. And the losses of all epochs: people see only some of the reports.
class ProgressMeter {
public:
    using Time = std::chrono::steady_clock::time_point;

    JobProgress update(const engine::Progress& progress, Time now);

private:
    struct Sample {
        Time when;
        std::int64_t done = 0;
    };
    std::string m_stage;
    std::deque<Sample> m_samples;  // oldest first, of this stage
    LossCurve m_losses;
};

}  // namespace services
