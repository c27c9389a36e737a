// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/session.h"
#include "app/services/report/document.h"
#include "app/services/report/pdf/write_report.h"
#include "app/services/report/report_pictures.h"
#include "engine/dataset/image_set.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"

namespace cli {

// What a person can say about a report.
struct ReportOptions {
    std::string title;    // empty: made of the names of image set and model
    std::string author;   // empty: who is logged in
    std::string created;  // ISO 8601; empty: now
    std::string paper = "a4";
    bool withTimes = true;  // that were measured, and differ from run to run
};
void addReportOptions(CLI::App& command, ReportOptions& options);
// As given, with what is to be the same in every file of a run. A time of creation that was asked for is for reports
// that are the same byte for byte, so measured times are left out then. Throws engine::Error{InvalidArgument}.
ReportOptions settled(ReportOptions options);

// A report to write, in the format that its name's ending asks for.
struct ReportFile {
    std::string name;
    services::ReportFormat format = services::ReportFormat::Html;
};
// Throw UsageError for standard output, engine::Error{WriteFailed}, both before hours of work; and UsageError for an
// unknown ending unless there is another format to fall back to.
ReportFile reportFile(const std::string& name, std::optional<services::ReportFormat> otherwise = {});
std::vector<ReportFile> reportFiles(const std::vector<std::string>& names);

services::Timestamp createdOf(const ReportOptions& options);
std::string authorOf(const ReportOptions& options);

// The report on one model and one image set.
services::Document reportDocument(const ReportOptions& options, const std::string& modelFile,
                                  const engine::Model& model, const engine::ImageSet& set,
                                  const engine::Evaluation& evaluation, const services::ReportPictures& pictures);

void writeReports(const std::vector<ReportFile>& files, const services::Document& document,
                  const ReportOptions& options, Session& session);

}  // namespace cli
