// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/compose.h"
#include "app/services/report/report_data.h"
#include "engine/core/error.h"

namespace services {

namespace {

std::string reasonOf(const engine::ImageFailure& failure) {
    const std::string path = engine::displayPath(failure.path);
    const bool named = failure.reason.find(path) != std::string::npos;
    return named ? failure.reason : path + ": " + failure.reason;
}

std::vector<Column> columns(bool cut) {
    std::vector<Column> all{{"Image"}, {"Label"}, {"Type"}, {"Score", ColumnKind::Number}};
    if (cut) {
        all.push_back({"Verdict", ColumnKind::Verdict});
        all.push_back({"Outcome"});
    }
    for (const char* side : {"X", "Y", "Width", "Height"}) all.push_back({side, ColumnKind::Count, true});
    for (const char* word : {"SHA-256", "Error", "Report made", "Image set SHA-256", "Model SHA-256"})
        all.push_back({word, ColumnKind::Words, true});
    return all;
}

// Every row says which report it is of, so that rows of several reports can lie in one file.
void addOrigin(Row& row, const ReportData& data) {
    row.push_back(wordCell(data.content.created.iso()));
    row.push_back(wordCell(data.content.datasetSha256));
    row.push_back(wordCell(data.content.modelSha256));
}

Row rowOf(const ReportData& data, const engine::ImageResult& image) {
    Row row{wordCell(image.name, Tone::Name),
            wordCell(labelWords(image.label)),
            wordCell(image.defectType, Tone::Name),
            {Text(data.score(image.score)), image.score}};
    if (data.hasCut()) {
        Cell verdict;
        verdict.text.runs.push_back(verdictRun(image.verdict));
        verdict.word = engine::nameOf(image.verdict);
        row.push_back(std::move(verdict));
        const Outcome outcome = outcomeOf(image);
        const bool wrong = outcome == Outcome::Missed || outcome == Outcome::FalseReject;
        row.push_back(wordCell(std::string(nameOf(outcome)), wrong ? Tone::Strong : Tone::Plain));
    }
    for (const int side : {image.box.x, image.box.y, image.box.width, image.box.height})
        row.push_back(image.box.empty() ? Cell{} : countCell(side));
    row.push_back(wordCell(image.sha256));
    row.push_back({});
    addOrigin(row, data);
    return row;
}

Row rowOf(const ReportData& data, const engine::ImageFailure& failure) {
    Row row{wordCell(failure.path.string(), Tone::Name), {}, {}, {}};
    if (data.hasCut()) {
        Cell verdict;
        verdict.text.runs.push_back(verdictRun(engine::Verdict::Error));
        verdict.word = engine::nameOf(engine::Verdict::Error);
        row.push_back(std::move(verdict));
        row.push_back({});
    }
    for (int i = 0; i < 5; ++i) row.push_back({});
    row.push_back(wordCell(failure.reason, Tone::Name));
    addOrigin(row, data);
    return row;
}

}  // namespace

Section imagesSection(const ReportData& data) {
    Section section{"images", "All images", {}};
    Table table{"Images", columns(data.hasCut()), {}};
    table.large = true;
    for (const engine::ImageResult* image : data.worstFirst) table.rows.push_back(rowOf(data, *image));
    for (const engine::ImageFailure& failure : data.evaluation.failures) table.dataRows.push_back(rowOf(data, failure));
    section.blocks.emplace_back(Paragraph{Text("Highest score first."), true});
    section.blocks.emplace_back(std::move(table));
    return section;
}

Section unreadableSection(const ReportData& data) {
    Section section{"unreadable", "Images that could not be read", {}};
    if (data.evaluation.failures.empty()) return section;
    Bullets reasons;
    for (const engine::ImageFailure& failure : data.evaluation.failures)
        reasons.items.emplace_back(reasonOf(failure), Tone::Name);
    section.blocks.emplace_back(Paragraph{Text("They have no score and count nowhere in this report.")});
    section.blocks.emplace_back(std::move(reasons));
    return section;
}

Section warningsSection(const ReportData& data) {
    Section section{"warnings", "Warnings", {}};
    if (data.evaluation.warnings.empty()) return section;
    Bullets warnings;
    for (const std::string& warning : data.evaluation.warnings) warnings.items.emplace_back(warning, Tone::Name);
    section.blocks.emplace_back(std::move(warnings));
    return section;
}

}  // namespace services
