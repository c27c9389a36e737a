// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/images/map_store.h"
#include "app/services/inspection/project_snapshot.h"

namespace services {

// How many images the model has neither scored nor failed to read, but could.
int countMissing(const std::vector<ImageRecord>& images, const ModelRecord& model);

// Scores the images that the model has neither scored nor failed to read, on the thread of the jobs. Opens the model if
// another one is open. Returns how many it has tried. Throws what the engine throws.
int scoreUnscored(const ModelRecord& record, const ProjectSnapshot& project, const MapStore& maps, EngineState& state,
                  const FoundSink& found, const engine::RunContext& context);

}  // namespace services
