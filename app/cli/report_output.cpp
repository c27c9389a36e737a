// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/report_output.h"

#include <CLI/CLI.hpp>

#include "app/cli/output_file.h"
#include "app/services/person.h"
#include "app/services/report/compose.h"
#include "app/services/report/image_set_digest.h"
#include "app/services/report/pdf/surroundings.h"
#include "engine/core/error.h"
#include "engine/core/sha256.h"

namespace cli {

void addReportOptions(CLI::App& command, ReportOptions& options) {
    const char* const group = "The report";
    command.add_option("--title", options.title, "Its title (default: the names of image set and model)")
        ->type_name("TEXT")
        ->group(group);
    command.add_option("--author", options.author, "Who made it (default: who is logged in)")
        ->type_name("TEXT")
        ->group(group);
    command
        .add_option("--created", options.created,
                    "When, such as 2026-11-25T12:40:05+09:00 (default: now). Given, measured times are left out and "
                    "the same inputs give the same bytes")
        ->type_name("TIME")
        ->group(group);
    command.add_option("--paper", options.paper, "Of a PDF")
        ->check(CLI::IsMember({"a4", "letter"}).description(""))
        ->type_name("a4|letter")
        ->capture_default_str()
        ->group(group);
}

ReportOptions settled(ReportOptions options) {
    options.withTimes = options.created.empty();
    options.created = createdOf(options).iso();
    return options;
}

ReportFile reportFile(const std::string& name, std::optional<services::ReportFormat> otherwise) {
    if (name == "-") throw UsageError("a report cannot go to standard output; give it a file");
    const auto format = services::reportFormatOf(name);
    if (!format && !otherwise)
        throw UsageError("a report's name ends with .pdf, .html, .csv or .xlsx; '" + engine::displayPath(name) +
                         "' does not");
    requireWritable(name);
    return {name, format ? *format : *otherwise};
}

std::vector<ReportFile> reportFiles(const std::vector<std::string>& names) {
    std::vector<ReportFile> files;
    for (const std::string& name : names) files.push_back(reportFile(name));
    return files;
}

services::Timestamp createdOf(const ReportOptions& options) {
    return options.created.empty() ? services::timestampNow() : services::timestampFromIso(options.created);
}

std::string authorOf(const ReportOptions& options) {
    return options.author.empty() ? services::personName() : options.author;
}

services::Document reportDocument(const ReportOptions& options, const std::string& modelFile,
                                  const engine::Model& model, const engine::ImageSet& set,
                                  const engine::Evaluation& evaluation, const services::ReportPictures& pictures) {
    services::ReportContent content;
    content.datasetName = services::nameOf(set);
    content.datasetSha256 = services::imageSetDigest(set, evaluation);
    content.modelName = std::filesystem::path(modelFile).filename().string();
    content.modelSha256 = engine::sha256OfFile(modelFile);
    content.title = options.title.empty() ? content.datasetName + " by " + content.modelName : options.title;
    content.author = authorOf(options);
    content.created = createdOf(options);
    content.model = &model.info;
    content.evaluation = &evaluation;
    content.pictures = &pictures;
    content.hasMap = model.detector->hasMap();
    content.withTimes = options.withTimes;
    return services::composeReport(content);
}

void writeReports(const std::vector<ReportFile>& files, const services::Document& document,
                  const ReportOptions& options, Session& session) {
    std::optional<services::PdfSurroundings> surroundings;
    const auto paper = options.paper == "a4" ? services::PaperSize::A4 : services::PaperSize::Letter;
    for (const ReportFile& file : files) {
        if (file.format == services::ReportFormat::Pdf && !surroundings) surroundings.emplace();
        services::writeReport(file.name, file.format, document, paper, session.context());
    }
}

}  // namespace cli
