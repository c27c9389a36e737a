// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <regex>

namespace cli {

namespace {

// Only the form is judged here; whether the device exists is the engine's to say.
std::string deviceFault(const std::string& text) {
    static const std::regex form("auto|cpu|cuda(:[0-9]{1,3})?");
    return std::regex_match(text, form) ? "" : "'" + text + "' is none of auto, cpu, cuda, cuda:N";
}

// CLI11's own transformer lists the numbers behind the names, which mean nothing to people.
template <typename Field, typename Value>
void addChoice(CLI::App& command, const std::string& name, Field& field, const std::map<std::string, Value>& names,
               const std::string& type, const std::string& description) {
    auto* option = command.add_option_function<std::string>(
        name, [&field, names](const std::string& text) { field = names.at(text); }, description);
    option->check(CLI::IsMember(names).description(""))->type_name(type)->group("Everywhere");
}

}  // namespace

void addCommonOptions(CLI::App& command, CommonOptions& options) {
    const char* const group = "Everywhere";
    command.add_option("--device", options.device, "Where the network runs (default: auto)")
        ->check(CLI::Validator(deviceFault, "", "device"))
        ->type_name("auto|cpu|cuda[:N]")
        ->group(group);
    const std::map<std::string, engine::Precision> precisions = {{"fp32", engine::Precision::Fp32},
                                                                 {"bf16", engine::Precision::Bf16}};
    addChoice(command, "--precision", options.precision, precisions, "fp32|bf16",
              "Of the network's arithmetic in scoring (default: fp32, or the model's own)");
    command.add_option("--threads", options.threads, "Cores to use (default: all that this process may use)")
        ->check(CLI::Range(1, 1024).description(""))
        ->type_name("N")
        ->group(group);
    const std::map<std::string, engine::InstructionSet> sets = {{"auto", engine::InstructionSet::Auto},
                                                                {"scalar", engine::InstructionSet::Scalar},
                                                                {"avx2", engine::InstructionSet::Avx2},
                                                                {"avx512", engine::InstructionSet::Avx512}};
    addChoice(command, "--cpu", options.instructionSet, sets, "auto|scalar|avx2|avx512",
              "Widest instruction set for the hand-made kernels (default: auto)");
    command.add_option("--seed", options.seed, "Of everything random (default: 0)")->type_name("S")->group(group);
    command.add_flag("--quiet", options.quiet, "No progress and no remarks; warnings and errors stay")->group(group);
    const std::map<std::string, LogLevel> levels = {{"error", LogLevel::Error},
                                                    {"warning", LogLevel::Warning},
                                                    {"info", LogLevel::Info},
                                                    {"debug", LogLevel::Debug}};
    addChoice(command, "--log-level", options.logLevel, levels, "error|warning|info|debug",
              "What standard error tells (default: info)");
}

void requireOneStandardOutput(std::initializer_list<std::string_view> outputs) {
    if (std::count(outputs.begin(), outputs.end(), "-") > 1)
        throw UsageError("only one result can go to standard output; give '-' once");
}

}  // namespace cli
