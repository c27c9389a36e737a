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

// given: a file, or empty for the weight store's.
engine::TensorFile read(const std::string& name, const std::string& given, Session& session) {
    const std::filesystem::path file =
        given.empty() ? services::WeightStore::ofThisProgram().require(name) : std::filesystem::path(given);
    session.console().detail("weights of " + name + " from " + engine::displayPath(file));
    return engine::readWeights(file);
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

void addLimitOption(CLI::App& command, FitOptions& options) {
    command.add_option("--limit", options.limit, "Use at most so many training images, evenly spread")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000'000).description(""));
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
    command.add_option("--partner-backbone", options.partner, "The other network of a method that compares two")
        ->type_name("NAME")
        ->check(CLI::IsMember(backboneNames()).description(""));
    command.add_option("--partner-weights", options.partnerWeights, "Its weights (default: the weight store's)")
        ->type_name("FILE");
    command.add_option("--epochs", options.epochs, "How often a method that trains sees each image (default: its own)")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000).description(""));
    command.add_option("--roi", options.region, "Region of interest: a picture, nonzero is inspected")
        ->type_name("MASK");
    addLimitOption(command, options);
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
    if (options.epochs > 0) {
        if (!engine::methodTrains(parameters.method))
            throw UsageError(parameters.method + " trains nothing; leave --epochs out");
        if (!parameters.settings.emplace("epochs", std::to_string(options.epochs)).second)
            throw UsageError("--epochs and --set epochs=... say the same thing; give one");
    }
    if (engine::methodNetworks(parameters.method) == 2) {
        if (!options.partner.empty()) parameters.partner.name = options.partner;
        parameters.partner.stages = parameters.backbone.stages;
        parameters.partner.device = parameters.backbone.device;
        parameters.partner.precision = parameters.backbone.precision;
    } else if (!options.partner.empty() || !options.partnerWeights.empty()) {
        throw UsageError(parameters.method +
                         " looks through one network at most; leave --partner-backbone and "
                         "--partner-weights out");
    }
    // Beside the model, so that the same command line finds it again.
    if (engine::methodTrains(parameters.method) && !options.out.empty())
        parameters.checkpoint = options.out + ".training";
    parameters.limit = options.limit;
    parameters.seed = session.options().seed;
    parameters.memoryBudgetBytes = options.memoryMegabytes * 1'000'000;
    return parameters;
}

engine::FitWeights FitWeightFiles::tensors() const {
    if (partner) return {*backbone, *partner};
    return backbone ? engine::FitWeights(*backbone) : engine::FitWeights();
}

FitWeightFiles readMethodWeights(const engine::FitParameters& parameters, const FitOptions& options, Session& session) {
    const int networks = engine::methodNetworks(parameters.method);
    FitWeightFiles files;
    if (networks > 0) files.backbone = readFitWeights(options, session);
    if (networks > 1) files.partner = read(parameters.partner.name, options.partnerWeights, session);
    return files;
}

engine::TensorFile readFitWeights(const FitOptions& options, Session& session) {
    return read(options.backbone.name, options.weights, session);
}

}  // namespace cli
