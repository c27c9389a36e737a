// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/compose.h"
#include "app/services/report/html_text.h"
#include "app/services/report/report_data.h"
#include "engine/image/preprocess.h"

namespace services {

namespace {

void add(Facts& facts, std::string name, Text value) {
    if (!value.empty()) facts.facts.push_back({std::move(name), std::move(value)});
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string backboneOf(const engine::ModelInfo& model) {
    if (model.backboneName.empty()) return {};
    return model.backboneName + (model.stages.empty() ? "" : ", stages " + joined(model.stages)) +
           (model.precision == engine::Precision::Bf16 ? ", bf16" : ", fp32");
}

std::string bankOf(const engine::ModelInfo& model) {
    if (model.bankRows <= 0) return {};
    return grouped(model.bankRows) + " patches of " + grouped(model.bankDimensions) + " dimensions" +
           (model.candidates > 0 ? ", chosen from " + grouped(model.candidates) : "");
}

Table timesTable(const engine::StageTimes& times) {
    Table table{"Timing", {{"Median time of an image"}}, {}};
    for (const char* stage : {"decode", "preprocess", "backbone", "search", "map", "total"})
        table.columns.push_back({stage, ColumnKind::Number});
    Row row{wordCell("milliseconds")};
    for (const double ms : {times.decode, times.preprocess, times.backbone, times.search, times.map, times.total})
        row.push_back({Text(fixed(ms, 1) + "\u00A0ms"), ms});
    table.rows.push_back(std::move(row));
    return table;
}

}  // namespace

Section modelSection(const ReportData& data) {
    const engine::ModelInfo& model = data.model;
    Section section{"model", "Image set and model", {}};
    Facts set;
    add(set, "Name", Text(data.content.datasetName, Tone::Name));
    add(set, "SHA-256", Text(data.content.datasetSha256, Tone::Mono));
    section.blocks.emplace_back(Heading{"Image set"});
    section.blocks.emplace_back(std::move(set));
    if (!data.content.datasetSha256.empty())
        section.blocks.emplace_back(
            Paragraph{Text("The digest is that of the list that sha256sum prints for the test images, named from the "
                           "set's folder and in byte order of their names; it does not cover labels and masks."),
                      true});

    Facts facts;
    add(facts, "File", Text(data.content.modelName, Tone::Name));
    add(facts, "SHA-256", Text(data.content.modelSha256, Tone::Mono));
    add(facts, "Method", Text(model.method, Tone::Name));
    add(facts, "Backbone", Text(backboneOf(model), Tone::Name));
    add(facts, "Backbone SHA-256", Text(model.backboneSha256, Tone::Mono));
    add(facts, "Input size",
        Text(std::to_string(model.input.width) + " \u00D7 " + std::to_string(model.input.height) + " px, " +
             std::string(engine::nameOf(model.input.fitMode))));
    add(facts, "Region of interest", Text(model.hasRegion ? "yes" : "the whole image"));
    add(facts, "Memory bank", Text(bankOf(model)));
    Text trained;
    if (!model.trainingSet.empty()) trained.add(model.trainingSet, Tone::Name).add(", ");
    add(facts, "Trained on",
        trained.add(counted(static_cast<std::int64_t>(model.training.size()), "good image", "good images")));
    std::string parameters;
    for (const auto& [key, value] : model.parameters)
        parameters += (parameters.empty() ? "" : ", ") + key + "\u00A0=\u00A0" + value;
    add(facts, "Parameters", Text(parameters, Tone::Name));
    add(facts, "Seed", Text(std::to_string(model.seed)));
    add(facts, "File format", Text(std::to_string(model.formatVersion)));
    section.blocks.emplace_back(Heading{"Model"});
    section.blocks.emplace_back(std::move(facts));

    if (!model.notes.empty()) {
        Bullets notes;
        for (const std::string& note : model.notes) notes.items.emplace_back(note, Tone::Name);
        section.blocks.emplace_back(Heading{"Not as asked for in training"});
        section.blocks.emplace_back(std::move(notes));
    }
    if (data.content.withTimes && data.evaluation.medianTimes.total > 0) {
        section.blocks.emplace_back(Heading{"Speed"});
        section.blocks.emplace_back(timesTable(data.evaluation.medianTimes));
    }
    return section;
}

Section signOffSection() {
    Section section{"sign-off", "Sign-off", {}};
    section.blocks.emplace_back(SignOff{{"Prepared by", "Checked by", "Approved by"}});
    return section;
}

}  // namespace services
