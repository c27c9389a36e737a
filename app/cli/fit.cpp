// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/detector/fit.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/bench_timing.h"
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/fit_options.h"
#include "app/cli/json_output.h"
#include "app/cli/output_file.h"
#include "app/cli/session.h"
#include "app/cli/text.h"
#include "engine/core/error.h"

namespace cli {

namespace {

std::string estimateText(const engine::FitEstimate& estimate) {
    std::string text = "expected: " + grouped(estimate.images) + " images";
    if (estimate.candidates > 0) text += ", " + grouped(estimate.candidates) + " patches";
    if (estimate.bankRows > 0)
        text += ", bank " + grouped(estimate.bankRows) + " x " + std::to_string(estimate.bankDimensions);
    if (estimate.epochs > 0) text += ", " + grouped(estimate.epochs) + " epochs";
    return text + "; about " + byteSize(estimate.peakBytes) + " of memory, " + byteSize(estimate.modelBytes) +
           " of model, " + durationText(estimate.seconds) + (estimate.note.empty() ? "" : "; " + estimate.note);
}

Json fitJson(const engine::FitResult& result, std::int64_t modelBytes) {
    const auto& info = result.model.info;
    const auto& times = result.times;
    Json json{{"method", info.method},
              {"backbone", {{"name", info.backboneName}, {"sha256", info.backboneSha256}, {"stages", info.stages}}},
              {"bank", {{"rows", info.bankRows}, {"dimensions", info.bankDimensions}, {"candidates", info.candidates}}},
              {"images", {{"used", result.imagesUsed}, {"unreadable", result.failures.size()}}},
              {"input", {{"height", info.input.height}, {"width", info.input.width}}},
              {"timing_s",
               {{"decode", times.decode},
                {"backbone", times.backbone},
                {"features", times.features},
                {"coreset", times.coreset},
                {"training", times.training},
                {"total", times.total}}},
              {"peak_rss_bytes", peakResidentBytes()},
              {"model_bytes", modelBytes},
              {"parameters", info.parameters},
              {"notes", info.notes},
              {"failures", toJson(result.failures)}};
    addTrained(json, info);
    return json;
}

std::string networksText(const engine::ModelInfo& info) {
    if (info.backboneName.empty()) return {};
    return " on " + info.backboneName + (info.partnerName.empty() ? "" : " and " + info.partnerName);
}

std::string fitText(const engine::FitResult& result, const std::string& out, std::int64_t modelBytes) {
    const auto& info = result.model.info;
    std::string text = engine::displayPath(out) + ": " + info.method + networksText(info) + ", " +
                       std::to_string(result.imagesUsed) + " images";
    if (info.bankRows > 0) text += ", bank " + grouped(info.bankRows) + " x " + std::to_string(info.bankDimensions);
    if (!info.losses.empty())
        text += ", " + std::to_string(info.losses.size()) + " epochs, loss " + shortNumber(info.losses.front()) +
                " to " + shortNumber(info.losses.back());
    text += ", " + byteSize(modelBytes) + ", " + shortNumber(result.times.total) + " s\n";
    for (const auto& note : info.notes) text += "note: " + note + "\n";
    return text;
}

engine::FitResult fitOrTellHowToGoOn(const engine::FitParameters& parameters, const engine::ImageSet& set,
                                     const FitWeightFiles& weights, Session& session) {
    try {
        return engine::fit(parameters, set, weights.tensors(), session.context());
    } catch (const engine::Cancelled&) {
        std::error_code failure;
        if (!parameters.checkpoint.empty() && std::filesystem::exists(parameters.checkpoint, failure))
            session.console().remark("the epochs so far are kept in " + engine::displayPath(parameters.checkpoint) +
                                     "; the same command goes on from there");
        throw;
    }
}

int runFit(const FitOptions& options, Session& session) {
    requireOneStandardOutput({options.out, options.json});
    if (options.out == "-") throw UsageError("a model cannot go to standard output; give --out a file");
    requireWritable(options.out);
    requireWritableOutput(options.json);

    const auto parameters = fitParameters(options, session);
    const auto set = engine::openImageSet(options.dataset);
    for (const auto& warning : set.warnings) session.console().warning(warning);
    const auto weights = readMethodWeights(parameters, options, session);
    if (!session.options().quiet)
        session.console().remark(
            estimateText(engine::estimateFit(parameters, set, weights.tensors(), session.context())));

    const auto result = fitOrTellHowToGoOn(parameters, set, weights, session);
    session.context().checkCancelled();
    engine::saveModel(options.out, result.model);
    std::error_code leftover;
    if (!parameters.checkpoint.empty()) std::filesystem::remove(parameters.checkpoint, leftover);
    for (const auto& failure : result.failures) session.console().error(failure.reason);
    const auto modelBytes = static_cast<std::int64_t>(std::filesystem::file_size(options.out));
    writeJson(options.json, fitJson(result, modelBytes));
    session.summary(fitText(result, options.out, modelBytes), {options.out, options.json});
    return result.failures.empty() ? Done : SomeUnreadable;
}

}  // namespace

void addFit(CommandLine& line) {
    const auto options = std::make_shared<FitOptions>();
    CLI::App& command =
        line.add("fit", "Learn from good images", [options](Session& session) { return runFit(*options, session); });
    command.add_option("DATASET", options->dataset, "Image set: a folder, or a CSV list")->required();
    command.add_option("--out", options->out, "Model file to write (.anomaly)")->type_name("FILE")->required();
    command.add_option("--json", options->json, "Write what was done; - is standard output")->type_name("FILE");
    addFitOptions(command, *options);
}

}  // namespace cli
