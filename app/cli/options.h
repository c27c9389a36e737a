// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/backbone/backbone.h"
#include "engine/core/run_context.h"

namespace CLI {
class App;
}

namespace cli {

enum class LogLevel { Error, Warning, Info, Debug };

// The options that every subcommand takes.
struct CommonOptions {
    std::string device = "auto";
    std::optional<engine::Precision> precision;  // empty: fp32 for a new model, the model's own otherwise
    int threads = 0;
    std::uint64_t seed = 0;
    engine::InstructionSet instructionSet = engine::InstructionSet::Auto;
    bool quiet = false;
    LogLevel logLevel = LogLevel::Info;
};

void addCommonOptions(CLI::App& command, CommonOptions& options);

// A fault in the words of the command line that CLI11 cannot see by itself, such as two results for one standard
// output. Ends with ExitStatus::WrongUsage.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Two results cannot share standard output. Throws UsageError if more than one of the names is "-".
void requireOneStandardOutput(std::initializer_list<std::string_view> outputs);

}  // namespace cli
