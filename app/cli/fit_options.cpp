// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fit_options.h"

#include <CLI/CLI.hpp>
#include <set>

#include "app/cli/session.h"
#include "app/services/weight_store.h"
#include "engine/core/error.h"

namespace cli {

namespace {

std::string coresetFault(const std::string& text) {
    double value = 0;
    const bool number = CLI::detail::lexical_cast(text, value);
    const bool count = number && value > 1 && text.find_first_not_of("0123456789") == std::string::npos;
    if (count || (number && value > 0 && value <= 1)) return {};
    return "'" + text + "' is neither a share in (0, 1] nor a count above 1";
}

std::string settingFault(const std::string& text) {
    const auto equals = text.find('=');
    return equals == std::string::npos || equals == 0 ? "'" + text + "' is not key=value" : "";
}

std::set<std::string> backboneNames() {
    std::set<std::string> names;
    for (const auto& architecture : engine::architectures()) names.insert(architecture.name);
    return names;
}

}  // namespace

void addBackboneOptions(CLI::App& command, FitOptions& options) {
    command.add_option("--backbone", options.backbone.name, "Pretrained network")
        ->capture_default_str()
        ->type_name("NAME")
        ->check(CLI::IsMember(backboneNames()).description(""));
    command.add_option("--weights", options.weights, "Its weights (default: the weight store's)")->type_name("FILE");
    command.add_option("--size", options.sizePx, "Side of a square as large as the network's input")
        ->capture_default_str()
        ->type_name("PX")
        ->check(CLI::Range(32, 2048).description(""));
}

void addFitOptions(CLI::App& command, FitOptions& options) {
    addBackboneOptions(command, options);
    command.add_option("--method", options.method, "How to tell good from bad (default: patchcore)")
        ->type_name("NAME")
        ->check(CLI::IsMember(engine::methods()).description(""));
    command
        .add_option_function<std::string>(
            "--stages",
            [&options](const std::string& text) { options.backbone.stages = CLI::detail::split(text, ','); },
            "Stages of the network to look at, such as 3,4 (default: the network's own)")
        ->type_name("J,...");
    command.add_option("--fit-mode", options.fitMode, "How an image is brought to the input (default: native)")
        ->type_name("native|stretch|letterbox|crop")
        ->check(CLI::IsMember({"native", "stretch", "letterbox", "crop"}).description(""));
    command.add_option("--coreset", options.coreset, "What to keep of the patches: a share up to 1, or a count")
        ->type_name("SHARE|COUNT")
        ->check(CLI::Validator(coresetFault, "", "coreset"));
    command.add_option("--roi", options.region, "Region of interest: a picture, nonzero is inspected")
        ->type_name("MASK");
    command.add_option("--limit", options.limit, "Use at most so many training images, evenly spread")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000'000).description(""));
    command
        .add_option("--memory", options.memoryMegabytes, "Budget for the candidates (default: half of what is free)")
        ->type_name("MB")
        ->check(CLI::Range(1, 1'000'000'000).description(""));
    command.add_option("--set", options.settings, "Any parameter of the method; may be repeated")
        ->expected(1)
        ->take_all()
        ->type_name("KEY=VALUE")
        ->check(CLI::Validator(settingFault, "", "setting"));
}

engine::FitParameters fitParameters(const FitOptions& options, const Session& session) {
    engine::FitParameters parameters;
    if (!options.method.empty()) parameters.method = options.method;
    parameters.backbone = options.backbone;
    parameters.backbone.device = session.options().device;
    parameters.backbone.precision = session.options().precision.value_or(engine::Precision::Fp32);
    parameters.preprocess.sizePx = options.sizePx;
    if (!options.fitMode.empty()) parameters.preprocess.fitMode = engine::fitModeFromName(options.fitMode);
    if (!options.region.empty()) parameters.region = engine::readRegion(options.region);
    for (const auto& setting : options.settings) {
        const auto equals = setting.find('=');
        if (!parameters.settings.emplace(setting.substr(0, equals), setting.substr(equals + 1)).second)
            throw UsageError("--set gives " + setting.substr(0, equals) + " twice");
    }
    if (!options.coreset.empty() && !parameters.settings.emplace("coreset", options.coreset).second)
        throw UsageError("--coreset and --set coreset=... say the same thing; give one");
    parameters.limit = options.limit;
    parameters.seed = session.options().seed;
    parameters.memoryBudgetBytes = options.memoryMegabytes * 1'000'000;
    return parameters;
}

engine::TensorFile readFitWeights(const FitOptions& options, Session& session) {
    const std::filesystem::path file = options.weights.empty()
                                           ? services::WeightStore::ofThisProgram().require(options.backbone.name)
                                           : std::filesystem::path(options.weights);
    session.console().detail("weights of " + options.backbone.name + " from " + engine::displayPath(file));
    return engine::readWeights(file);
}

}  // namespace cli
