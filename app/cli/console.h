// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/cli/options.h"
#include "app/cli/progress.h"
#include "engine/core/run_context.h"

namespace cli {

// Standard error: progress, remarks, warnings and errors, one line each. Standard output is for results alone.
class Console {
public:
    explicit Console(const CommonOptions& options);

    void error(std::string_view message);    // "anomaloscope-cli: ..."
    void warning(std::string_view message);  // "anomaloscope-cli: warning: ..."
    void remark(std::string_view message);   // for people; not with --quiet
    void detail(std::string_view message);   // with --log-level debug
    void progress(const engine::Progress& progress);
    void endProgress();

private:
    void line(std::string_view prefix, std::string_view message);

    LogLevel m_level;
    bool m_showsProgress;
    ProgressDisplay m_progress;
};

// One line out of a message of several, for the messages of libraries.
std::string onOneLine(std::string_view message);

}  // namespace cli
