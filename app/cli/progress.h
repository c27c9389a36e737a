// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "engine/core/run_context.h"

namespace cli {

// Turns progress reports into text: on a terminal a bar that is drawn over itself ten times a second, elsewhere a line
// every few seconds. The text is the caller's to print.
class ProgressDisplay {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit ProgressDisplay(bool terminal) : m_terminal(terminal) {}

    // What to print now; often nothing.
    std::string update(const engine::Progress& progress, Time now);
    // What takes an unfinished bar off the terminal, before another line is printed.
    std::string clear();

private:
    std::string text(const engine::Progress& progress, double elapsedS) const;

    bool m_terminal;
    std::string m_stage;
    std::int64_t m_firstDone = 0;
    Time m_stageStart;
    std::optional<Time> m_lastPrint;
    bool m_barShown = false;
};

// "7 s", "2 min 05 s", "1 h 03 min".
std::string durationText(double seconds);

}  // namespace cli
