// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/detector/evaluate.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/evaluation_output.h"
#include "app/cli/exit_status.h"
#include "app/cli/output_file.h"
#include "app/cli/report_output.h"
#include "app/cli/session.h"

namespace cli {

namespace {

struct EvaluateOptions {
    std::string model;
    std::string dataset;
    std::string json;
    std::string csv;
    std::string report;
    ReportOptions reportOptions;
};

int runEvaluate(const EvaluateOptions& options, Session& session) {
    requireOneStandardOutput({options.json, options.csv});
    for (const auto& name : {options.json, options.csv}) requireWritableOutput(name);
    const ReportOptions reportOptions = settled(options.reportOptions);
    std::vector<ReportFile> reports;
    if (!options.report.empty()) reports.push_back(reportFile(options.report, services::ReportFormat::Html));

    const auto set = engine::openImageSet(options.dataset);
    auto model = session.openModel(options.model);
    services::ReportPictures pictures(model.info);
    const auto each = [&](const engine::ImageItem& item, const engine::ScoredImage& scored) {
        if (!options.report.empty()) pictures.consider(item, scored);
    };
    const auto evaluation = engine::evaluate(model, set, session.context(), each);
    for (const auto& warning : evaluation.warnings) session.console().warning(warning);
    for (const auto& failure : evaluation.failures) session.console().error(failure.reason);

    writeJson(options.json, evaluationJson(evaluation, model.info.operatingPoint));
    if (!options.csv.empty()) writeOutput(options.csv, evaluationCsv(evaluation));
    if (!options.report.empty())
        writeReports(reports, reportDocument(reportOptions, options.model, model, set, evaluation, pictures),
                     reportOptions, session);
    session.summary(evaluationText(evaluation, model.info.operatingPoint), {options.json, options.csv, options.report});
    return evaluation.failures.empty() ? Done : SomeUnreadable;
}

}  // namespace

void addEvaluate(CommandLine& line) {
    const auto options = std::make_shared<EvaluateOptions>();
    CLI::App& command = line.add("evaluate", "Measure a model on labelled test images",
                                 [options](Session& session) { return runEvaluate(*options, session); });
    command.add_option("MODEL", options->model, "Model file (.anomaly)")->required();
    command.add_option("DATASET", options->dataset, "Image set with test images")->required();
    command.add_option("--json", options->json, "All figures; - is standard output")->type_name("FILE");
    command.add_option("--csv", options->csv, "One line an image; - is standard output")->type_name("FILE");
    command
        .add_option("--report", options->report,
                    "A report with pictures: PDF, CSV or XLSX by its ending, otherwise HTML")
        ->type_name("FILE");
    addReportOptions(command, options->reportOptions);
}

}  // namespace cli
