// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/report_output.h"
#include "app/cli/session.h"
#include "engine/core/error.h"

namespace cli {

namespace {

struct ReportRequest {
    std::string model;
    std::string dataset;
    std::vector<std::string> out;
    ReportOptions options;
};

int runReport(const ReportRequest& request, Session& session) {
    const auto files = reportFiles(request.out);
    const ReportOptions options = settled(request.options);

    const auto set = engine::openImageSet(request.dataset);
    auto model = session.openModel(request.model);
    services::ReportPictures pictures(model.info);
    const auto evaluation = engine::evaluate(
        model, set, session.context(),
        [&](const engine::ImageItem& item, const engine::ScoredImage& scored) { pictures.consider(item, scored); });
    for (const auto& warning : evaluation.warnings) session.console().warning(warning);
    for (const auto& failure : evaluation.failures) session.console().error(failure.reason);
    writeReports(files, reportDocument(options, request.model, model, set, evaluation, pictures), options, session);

    std::string text;
    for (const std::string& file : request.out) text += engine::displayPath(file) + "\n";
    session.summary(text, {});
    return evaluation.failures.empty() ? Done : SomeUnreadable;
}

}  // namespace

void addReport(CommandLine& line) {
    const auto request = std::make_shared<ReportRequest>();
    CLI::App& command = line.add("report", "Evaluate a model and write a report to hand on",
                                 [request](Session& session) { return runReport(*request, session); });
    command.add_option("MODEL", request->model, "Model file (.anomaly)")->required();
    command.add_option("DATASET", request->dataset, "Image set with test images")->required();
    command.add_option("--out", request->out, "PDF, HTML, CSV or XLSX, by its ending; may be given several times")
        ->required()
        ->allow_extra_args(false)
        ->type_name("FILE");
    addReportOptions(command, request->options);
}

}  // namespace cli
