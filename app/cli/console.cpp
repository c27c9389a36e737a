// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace cli {

namespace {

LogLevel levelOf(const CommonOptions& options) {
    return options.quiet ? std::min(options.logLevel, LogLevel::Warning) : options.logLevel;
}

}  // namespace

Console::Console(const CommonOptions& options)
    : m_level(levelOf(options)), m_showsProgress(m_level >= LogLevel::Info), m_progress(::isatty(STDERR_FILENO) == 1) {}

void Console::error(std::string_view message) {
    line("anomaloscope-cli: ", message);
}

void Console::warning(std::string_view message) {
    if (m_level >= LogLevel::Warning) line("anomaloscope-cli: warning: ", message);
}

void Console::remark(std::string_view message) {
    if (m_level >= LogLevel::Info) line("", message);
}

void Console::detail(std::string_view message) {
    if (m_level >= LogLevel::Debug) line("debug: ", message);
}

void Console::progress(const engine::Progress& progress) {
    if (!m_showsProgress) return;
    const std::string text = m_progress.update(progress, std::chrono::steady_clock::now());
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void Console::endProgress() {
    const std::string text = m_progress.clear();
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void Console::line(std::string_view prefix, std::string_view message) {
    endProgress();
    const std::string text = std::string(prefix) + onOneLine(message) + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
}

std::string onOneLine(std::string_view message) {
    std::string line;
    for (const char c : message) {
        if (c == '\n' || c == '\r') {
            if (!line.empty() && line.back() != ' ') line += ' ';
        } else {
            line += c;
        }
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

}  // namespace cli
