// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

#include "app/services/inspection/project_snapshot.h"
#include "app/services/report/pdf/write_report.h"
#include "app/services/reporting/model_comparison.h"
#include "app/services/reporting/report_files.h"

namespace services {

struct ComparisonRequest {
    QString author;  // may be empty
    PaperSize paper = PaperSize::A4;
    QString file;  // the format by its ending
};

// The report on compared models, with the images on which they disagree. `images`: those of the project, whatever their
// scores, with the masks that count. On the thread of the jobs. What is left to do is to publish it. Throws Cancelled,
// engine::Error.
std::unique_ptr<ReportFiles> writeComparison(const ComparisonRequest& request, const ModelComparison& compared,
                                             const StoredModel& images, const MapStore& maps, EngineState& engine,
                                             const engine::RunContext& context);

}  // namespace services
