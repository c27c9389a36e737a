// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/services/inspection/project_snapshot.h"
#include "app/services/report/report_pictures.h"
#include "app/services/reporting/stored_evaluation.h"

namespace services {

enum class PicturedImages { ThatMatter, WrongOnly, None };

// The names of the images that a report shows: all that fail or are in review, defects that pass and the worst passes;
// or only false rejects and escapes.
std::vector<std::string> picturedImages(const engine::Evaluation& evaluation, PicturedImages which);

// Reads the images anew, and their maps out of the store; an image whose map is not kept is scored once more. One that
// cannot be read any more is left out. Throws Cancelled, engine::Error.
class StoredPictures {
public:
    StoredPictures(const StoredModel& model, const engine::Region& region, const MapStore& maps, EngineState& engine);

    void gather(const std::vector<std::string>& names, ReportPictures& pictures, const engine::RunContext& context);

private:
    const StoredModel& m_model;
    const engine::Region& m_region;
    const MapStore& m_maps;
    EngineState& m_engine;
};

}  // namespace services
