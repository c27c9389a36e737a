// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/images/map_store.h"
#include "app/services/inspection/inspector.h"
#include "app/services/inspection/project_snapshot.h"
#include "app/services/inspection/train_request.h"
#include "app/services/weight_store.h"

namespace services {

// All on the thread of the jobs. They throw what the engine throws.

TrainEstimate estimateTraining(const TrainRequest& request, const ProjectSnapshot& project, const WeightStore& weights,
                               const engine::RunContext& context);

// Fit, cross-validate, choose the operating point, save, score everything.
TrainSummary runTraining(const TrainRequest& request, const ProjectSnapshot& project, const WeightStore& weights,
                         const MapStore& maps, EngineState& state, const FoundSink& found,
                         const engine::RunContext& context);

}  // namespace services
