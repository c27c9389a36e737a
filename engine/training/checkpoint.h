// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/core/run_context.h"
#include "engine/training/learner.h"
#include "engine/training/train_loop.h"

namespace engine {

// Where a training stands after a whole epoch.
struct TrainState {
    TrainReport report;
    std::int64_t epochs = 0;  // done
    TensorFile best;          // the learner at report.bestEpoch, with early stop; else empty
    std::int64_t sinceBest = 0;
};

// Atomic. Throws Error{WriteFailed}.
void saveCheckpoint(const std::filesystem::path& path, const std::string& binding, const TrainState& state,
                    const Learner& learner);

// Restores the learner too. Nothing, and the learner as it was: there is no file, or (with a warning) it is of another
// run or damaged.
std::optional<TrainState> restoreCheckpoint(const std::filesystem::path& path, const std::string& binding,
                                            Learner& learner, const RunContext& context);

}  // namespace engine
