// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/json_output.h"
#include "app/cli/output_file.h"
#include "app/cli/session.h"
#include "app/cli/text.h"
#include "app/services/threshold_rules.h"
#include "engine/core/error.h"

namespace cli {

namespace {

constexpr int folds = 5;

struct ThresholdOptions {
    std::string model;
    std::string dataset;
    std::string json;
    services::ThresholdRule rule;
};

std::string shareFault(const std::string& text) {
    double value = 0;
    return CLI::detail::lexical_cast(text, value) && value >= 0 && value < 1 ? ""
                                                                             : "'" + text + "' is no share in [0, 1)";
}

std::string finiteFault(const std::string& text) {
    double value = 0;
    return CLI::detail::lexical_cast(text, value) && std::isfinite(value) ? "" : "'" + text + "' is no number";
}

std::string pointText(const engine::OperatingPoint& point) {
    std::string text = "fail    " + shortNumber(*point.fail);
    if (point.failInterval)
        text +=
            "  (95 %: " + shortNumber(point.failInterval->low) + " to " + shortNumber(point.failInterval->high) + ")";
    text += "\n";
    if (point.review) text += "review  " + shortNumber(*point.review) + "\n";
    if (point.pixel) text += "pixel   " + shortNumber(*point.pixel) + "\n";
    text += "by " + point.rule + ": " + point.basis + "\n";
    if (point.expectedFalseRejects) text += "expected false rejects " + rateText(*point.expectedFalseRejects) + "\n";
    if (point.expectedEscapes) text += "expected escapes " + rateText(*point.expectedEscapes) + "\n";
    return text;
}

void tellFailures(const std::vector<engine::ImageFailure>& failures, bool& unreadable, Session& session) {
    for (const auto& failure : failures) session.console().error(failure.reason);
    unreadable |= !failures.empty();
}

// A model without a map has no pixel to mark. Opened for this alone, which is quick as long as --pixel is rare.
void requireMap(const ThresholdOptions& options, Session& session) {
    if (!options.rule.pixel || session.openModel(options.model).detector->hasMap()) return;
    throw engine::Error(engine::ErrorCode::Unsupported, "its method has no map; leave out --pixel", options.model);
}

engine::OperatingPoint choose(const ThresholdOptions& options, bool& unreadable, Session& session) {
    const auto& rule = options.rule;
    if (rule.fail && options.dataset.empty())
        return services::fromTestImages(rule, nullptr, "", engine::readModelInfo(options.model),
                                        session.options().seed);
    const auto set = engine::openImageSet(options.dataset);
    if (rule.falseRejectRate) {
        for (const auto& warning : set.warnings) session.console().warning(warning);
        const auto scores = engine::crossValidate(session.openModel(options.model), set, folds, session.context());
        tellFailures(scores.failures, unreadable, session);
        return services::fromGoodImages(rule, scores);
    }
    if (rule.fail && set.test().empty())
        return services::fromTestImages(rule, nullptr, "", engine::readModelInfo(options.model),
                                        session.options().seed);
    auto model = session.openModel(options.model);
    const auto evaluation = engine::evaluate(model, set, session.context());
    for (const auto& warning : evaluation.warnings) session.console().warning(warning);
    tellFailures(evaluation.failures, unreadable, session);
    return services::fromTestImages(rule, &evaluation,
                                    engine::displayPath(std::filesystem::path(options.dataset).filename()), model.info,
                                    session.options().seed);
}

int runThreshold(const ThresholdOptions& options, Session& session) {
    if (options.dataset.empty() && !options.rule.fail)
        throw UsageError("DATASET is required for every rule but --fail");
    engine::readModelInfo(options.model);  // says at once what is wrong with the file
    requireWritable(options.model);
    requireWritableOutput(options.json);
    requireMap(options, session);
    bool unreadable = false;
    const auto point = choose(options, unreadable, session);
    session.context().checkCancelled();
    engine::writeOperatingPoint(options.model, point);
    writeJson(options.json, toJson(point));
    session.summary(pointText(point), {options.json});
    return unreadable ? SomeUnreadable : Done;
}

}  // namespace

void addThreshold(CommandLine& line) {
    const auto options = std::make_shared<ThresholdOptions>();
    CLI::App& command = line.add("threshold", "Choose the operating point and write it into the model",
                                 [options](Session& session) { return runThreshold(*options, session); });
    command.add_option("MODEL", options->model, "Model file (.anomaly)")->required();
    command.add_option("DATASET", options->dataset, "Image set; --fail does without");
    command.add_option("--json", options->json, "The operating point; - is standard output")->type_name("FILE");
    auto& rule = options->rule;
    const CLI::Validator share(shareFault, "", "share");
    const CLI::Validator finite(finiteFault, "", "number");
    auto* rules = command.add_option_group("Rule", "one of");
    rules->add_flag("--best-f1", rule.bestF1, "Best F1 on the labelled test images");
    rules->add_flag("--no-escapes", rule.noEscapes, "No defect of the test images passes");
    rules->add_option("--false-reject", rule.falseRejectRate, "From good training images alone, cross-validated")
        ->type_name("RATE")
        ->check(share);
    rules->add_option("--escape", rule.escapeRate, "At most this share of the test images' defects passes")
        ->type_name("RATE")
        ->check(share);
    rules->add_option("--fail", rule.fail, "By hand: an image fails from this score")->type_name("V")->check(finite);
    rules->require_option(1);
    command.add_option("--review", rule.review, "An image is to be reviewed from this score")
        ->type_name("V")
        ->check(finite);
    command.add_option("--pixel", rule.pixel, "A pixel is marked from this map value")->type_name("V")->check(finite);
}

}  // namespace cli
