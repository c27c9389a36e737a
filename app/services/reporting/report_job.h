// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <memory>
#include <vector>

#include "app/services/report/pdf/write_report.h"
#include "app/services/reporting/report_files.h"
#include "app/services/reporting/stored_evaluation.h"
#include "app/services/reporting/stored_pictures.h"

namespace services {

// A report as it is asked for in the window.
struct ReportRequest {
    QString title;   // empty: made of the names of project and model
    QString author;  // may be empty
    PicturedImages pictures = PicturedImages::ThatMatter;
    PaperSize paper = PaperSize::A4;
    std::vector<ReportFormat> formats;  // at least one
    QString folder;
    QString name;  // of the files, without an ending
};

// What the report is on.
struct ReportSource {
    StoredModel model;
    QVector<AuditEntry> history;  // of all operating points, the newest first
    bool readOnly = false;        // the model's file is left alone, even if the project's operating point is newer
};

// On the thread of the jobs. What is left to do is to publish it. Throws Cancelled, engine::Error.
std::unique_ptr<ReportFiles> writeProjectReport(const ReportRequest& request, const ReportSource& source,
                                                const MapStore& maps, EngineState& engine,
                                                const engine::RunContext& context);

}  // namespace services
