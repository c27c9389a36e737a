// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/services/report/report_pictures.h"
#include "app/services/report/timestamp.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"

namespace services {

// One change of the operating point.
struct CutChange {
    std::string when;  // as people read it, with its zone
    std::string who;
    std::string what;  // "fail 1.95, review 1.62 (false-reject)"
};

// What a report is made of. The pointers are not owned.
struct ReportContent {
    std::string title;
    std::string author;  // who made the report
    Timestamp created;
    std::string datasetName;
    std::string datasetSha256;  // see ImageSetDigest
    std::string modelName;      // file name
    std::string modelSha256;
    const engine::ModelInfo* model = nullptr;
    const engine::Evaluation* evaluation = nullptr;
    const ReportPictures* pictures = nullptr;  // may be null: a report without pictures
    bool hasMap = true;                        // of the method
    bool withTimes = true;                     // that were measured: they differ from run to run
    std::vector<CutChange> history;            // oldest first; empty: only the present cut is known
};

}  // namespace services
