// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/json_output.h"
#include "app/cli/session.h"
#include "app/cli/text.h"
#include "engine/core/error.h"

namespace cli {

namespace {

struct InfoOptions {
    std::string model;
    std::string json;
};

std::string precisionName(engine::Precision precision) {
    return precision == engine::Precision::Bf16 ? "bf16" : "fp32";
}

Json infoJson(const engine::ModelInfo& info) {
    Json training = Json::array();
    for (const auto& image : info.training)
        training.push_back(
            {{"name", image.name}, {"sha256", image.sha256}, {"width", image.width}, {"height", image.height}});
    Json json{{"format_version", info.formatVersion},
              {"method", info.method},
              {"parameters", info.parameters},
              {"backbone",
               {{"name", info.backboneName},
                {"sha256", info.backboneSha256},
                {"stages", info.stages},
                {"precision", precisionName(info.precision)}}},
              {"bank", {{"rows", info.bankRows}, {"dimensions", info.bankDimensions}, {"candidates", info.candidates}}},
              {"input",
               {{"height", info.input.height},
                {"width", info.input.width},
                {"fit_mode", engine::nameOf(info.input.fitMode)}}},
              {"region_of_interest", info.hasRegion},
              {"seed", info.seed},
              {"training_set", info.trainingSet},
              {"training", training},
              {"notes", info.notes},
              {"operating_point", toJson(info.operatingPoint)}};
    addTrained(json, info);
    return json;
}

std::string operatingPointText(const engine::OperatingPoint& point) {
    if (!point.fail) return "none yet; choose one with: anomaloscope-cli threshold\n";
    std::string text = "fail from " + shortNumber(*point.fail);
    if (point.review) text += ", review from " + shortNumber(*point.review);
    if (point.pixel) text += ", pixels from " + shortNumber(*point.pixel);
    return text + "\n                 by " + point.rule + ": " + point.basis + "\n";
}

std::string infoText(const engine::ModelInfo& info) {
    std::string stages;
    for (const auto& stage : info.stages) stages += (stages.empty() ? "" : ",") + stage;
    std::string text;
    const auto row = [&text](const std::string& name, const std::string& value) {
        text += padded(name, 17) + value + "\n";
    };
    row("method", info.method);
    if (!info.backboneName.empty())
        row("backbone", info.backboneName + ", stages " + stages + ", " + precisionName(info.precision) + ", " +
                            info.backboneSha256.substr(0, 12));
    if (!info.partnerName.empty()) {
        std::string partnerStages;
        for (const auto& stage : info.partnerStages) partnerStages += (partnerStages.empty() ? "" : ",") + stage;
        row("partner", info.partnerName + ", stages " + partnerStages + ", " + info.partnerSha256.substr(0, 12));
    }
    row("input", std::to_string(info.input.width) + " x " + std::to_string(info.input.height) + " px, " +
                     std::string(engine::nameOf(info.input.fitMode)) + (info.hasRegion ? ", region of interest" : ""));
    if (info.bankRows > 0)
        row("bank", grouped(info.bankRows) + " x " + std::to_string(info.bankDimensions) + " of " +
                        grouped(info.candidates) + " candidates");
    if (!info.losses.empty())
        row("loss", shortNumber(info.losses.front()) + " to " + shortNumber(info.losses.back()) + " in " +
                        std::to_string(info.losses.size()) + " epochs");
    row("training", std::to_string(info.training.size()) + " images of " + engine::displayPath(info.trainingSet));
    std::string parameters;
    for (const auto& [name, value] : info.parameters)
        parameters += (parameters.empty() ? "" : " ") + name + "=" + value;
    row("parameters", parameters);
    for (const auto& note : info.notes) row("note", note);
    return text + padded("operating point", 17) + operatingPointText(info.operatingPoint);
}

int runInfo(const InfoOptions& options, Session& session) {
    const auto info = engine::readModelInfo(options.model);
    writeJson(options.json, infoJson(info));
    session.summary(infoText(info), {options.json});
    return Done;
}

}  // namespace

void addInfo(CommandLine& line) {
    const auto options = std::make_shared<InfoOptions>();
    CLI::App& command =
        line.add("info", "Say what a model is", [options](Session& session) { return runInfo(*options, session); });
    command.add_option("MODEL", options->model, "Model file (.anomaly)")->required();
    command.add_option("--json", options->json, "Write it as JSON; - is standard output")->type_name("FILE");
}

}  // namespace cli
