// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/comparison_run.h"
#include "app/cli/exit_status.h"
#include "app/cli/report_output.h"
#include "app/cli/session.h"
#include "app/cli/text.h"
#include "app/services/report/compose_comparison.h"
#include "app/services/report/image_set_digest.h"
#include "engine/core/error.h"

namespace cli {

namespace {

struct CompareRequest {
    ComparisonRequest run;
    std::vector<std::string> reports;
    ReportOptions options;
};

std::string pText(const std::optional<double>& p) {
    return p ? (*p < 0.0001 ? "< 0.0001" : shortNumber(*p)) : "not defined";
}

std::string summaryText(const services::Comparison& comparison, const std::vector<services::ComparedModel>& models) {
    std::size_t widest = 8;
    for (const auto& model : models) widest = std::max(widest, model.name.size() + 2);
    std::string text =
        padded("model", widest) + padded("AUROC", 10) + padded("AUPR", 10) + padded("AUPRO30", 10) + "ms an image\n";
    const auto number = [](const std::optional<double>& value) {
        return padded(value ? shortNumber(*value) : "-", 10);
    };
    for (const auto& model : models) {
        text += padded(model.name, widest);
        if (model.ran())
            text += number(model.evaluation.auroc) + number(model.evaluation.aupr) +
                    number(model.evaluation.pixel.aupro30) + shortNumber(model.evaluation.medianTimes.total) + "\n";
        else
            text += "could not be run\n";
    }
    for (const auto& pair : comparison.pairs) {
        text += comparison.models[pair.first]->name + " and " + comparison.models[pair.second]->name + ": ";
        if (pair.auroc)
            text += "AUROC " + std::string(pair.auroc->difference < 0 ? "" : "+") +
                    shortNumber(pair.auroc->difference) + " (95 %: " + shortNumber(pair.auroc->interval.low) + " to " +
                    shortNumber(pair.auroc->interval.high) + ", DeLong p " + pText(pair.auroc->p) + "), ";
        text += "right alone " + std::to_string(pair.right.onlyFirst) + " against " +
                std::to_string(pair.right.onlySecond) + " (McNemar p " + pText(pair.right.p) + ")\n";
    }
    return text + grouped(static_cast<std::int64_t>(services::disputedImages(comparison).size())) +
           " images on which they disagree\n";
}

int runCompare(const CompareRequest& request, Session& session) {
    if (request.run.models.empty() == request.run.methods.empty())
        throw UsageError("compare takes either --models or --methods; give it one of them");
    if (request.run.models.size() + request.run.methods.size() < 2)
        throw UsageError("there is nothing to compare one model with; name two or more");
    const auto files = reportFiles(request.reports);
    const ReportOptions options = settled(request.options);

    const auto set = engine::openImageSet(request.run.dataset);
    ComparisonRun run(request.run, set, session);
    run.evaluateAll();
    const auto comparison = services::compare(run.models());
    if (comparison.models.empty())
        throw engine::Error(engine::ErrorCode::NotEnoughData, "none of the models could be run; see above", set.root);

    services::ComparisonContent content;
    content.datasetName = services::nameOf(set);
    content.datasetSha256 = services::imageSetDigest(set, comparison.models.front()->evaluation);
    content.title = options.title.empty() ? "Models compared on " + content.datasetName : options.title;
    content.author = authorOf(options);
    content.created = createdOf(options);
    content.models = run.models();
    content.comparison = &comparison;
    content.withTimes = options.withTimes;
    if (!files.empty()) run.gatherPictures(comparison, content);
    if (!files.empty()) writeReports(files, services::composeComparison(content), options, session);
    session.summary(summaryText(comparison, run.models()), {});
    if (comparison.models.size() < run.models().size()) return CouldNotBeDone;
    return run.anyUnreadable() ? SomeUnreadable : Done;
}

}  // namespace

void addCompare(CommandLine& line) {
    const auto request = std::make_shared<CompareRequest>();
    CLI::App& command = line.add("compare", "Set models, or methods, against each other on the same images",
                                 [request](Session& session) { return runCompare(*request, session); });
    command.add_option("DATASET", request->run.dataset, "Image set with test images")->required();
    command.add_option("--models", request->run.models, "Model files, such as a.anomaly,b.anomaly")
        ->delimiter(',')
        ->type_name("FILE,...");
    command.add_option("--methods", request->run.methods, "Methods to fit on the set first, each with its defaults")
        ->delimiter(',')
        ->check(CLI::IsMember(engine::methods()).description(""))
        ->type_name("NAME,...");
    command
        .add_option("--report", request->reports, "PDF, HTML, CSV or XLSX, by its ending; may be given several times")
        ->allow_extra_args(false)
        ->type_name("FILE");
    addReportOptions(command, request->options);
    addBackboneOptions(command, request->run.fit);
    addLimitOption(command, request->run.fit);
}

}  // namespace cli
