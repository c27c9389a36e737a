// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <initializer_list>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/cli/console.h"
#include "app/cli/options.h"
#include "engine/core/run_context.h"
#include "engine/detector/model.h"

namespace CLI {
class App;
}

namespace cli {

// One run of the program: its common options, where its remarks go, and the context of its engine calls.
class Session {
public:
    Session(const CommonOptions& options, std::stop_token stop);

    const CommonOptions& options() const { return m_options; }
    Console& console() { return m_console; }
    const engine::RunContext& context() const { return m_context; }

    // With the device and the precision asked for.
    engine::Model openModel(const std::string& path) const;
    // What a person wants to read, on standard output; not if a result goes there ("-"), nor with --quiet if there is
    // a result elsewhere. outputs: where the results go, "" for nowhere.
    void summary(const std::string& text, std::initializer_list<std::string_view> outputs);

private:
    void tellOnce(const std::string& message);

    CommonOptions m_options;
    Console m_console;
    std::set<std::string> m_told;
    engine::RunContext m_context;
};

// What runs after the command line was understood; gives the exit status.
using Action = std::function<int(Session&)>;

// The command line while it is put together: every subcommand adds itself and says what it runs.
class CommandLine {
public:
    CommandLine(CLI::App& app, CommonOptions& common, Action& chosen)
        : m_app(app), m_common(common), m_chosen(chosen) {}

    // A subcommand with the common options. It has subcommands of its own if `action` is empty, and no options then.
    CLI::App& add(const std::string& name, const std::string& description, Action action);
    CLI::App& add(CLI::App& parent, const std::string& name, const std::string& description, Action action);

private:
    CLI::App& m_app;
    CommonOptions& m_common;
    Action& m_chosen;
};

}  // namespace cli
