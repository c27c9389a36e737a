// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/session.h"

#include <CLI/CLI.hpp>
#include <utility>

#include "app/cli/output_file.h"

namespace cli {

Session::Session(const CommonOptions& options, std::stop_token stop)
    : m_options(options),
      m_console(options),
      m_context(
          std::move(stop), [this](const engine::Progress& progress) { m_console.progress(progress); },
          [this](const std::string& message) { tellOnce(message); },
          {.threads = options.threads, .instructionSet = options.instructionSet}) {}

// How a run goes about its work, such as on which device, is a remark: the results are the same.
void Session::tellOnce(const std::string& message) {
    if (m_told.insert(message).second) m_console.remark("note: " + message);
}

engine::Model Session::openModel(const std::string& path) const {
    return engine::openModel(path, {.device = m_options.device, .precision = m_options.precision}, m_context);
}

void Session::summary(const std::string& text, std::initializer_list<std::string_view> outputs) {
    m_console.endProgress();
    for (const auto output : outputs)
        if (output == "-" || (m_options.quiet && !output.empty())) return;
    writeOutput("-", text);
}

CLI::App& CommandLine::add(const std::string& name, const std::string& description, Action action) {
    return add(m_app, name, description, std::move(action));
}

CLI::App& CommandLine::add(CLI::App& parent, const std::string& name, const std::string& description, Action action) {
    CLI::App& command = *parent.add_subcommand(name, description);
    if (!action) {
        command.require_subcommand(1);
        return command;
    }
    addCommonOptions(command, m_common);
    command.final_callback([this, action = std::move(action)] { m_chosen = action; });
    return command;
}

}  // namespace cli
