// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cli {

namespace {

constexpr auto redrawEvery = std::chrono::milliseconds(100);
constexpr auto lineEvery = std::chrono::seconds(5);
constexpr int barWidth = 24;
// Rates of the first moments jump about; a time left made of them would too.
constexpr double settledAfterS = 1.0;

std::string rateText(double perSecond) {
    char text[32];
    std::snprintf(text, sizeof text, perSecond >= 100 ? "%.0f/s" : "%.1f/s", perSecond);
    return text;
}

std::string lossText(double loss) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", loss);
    return text;
}

}  // namespace

std::string durationText(double seconds) {
    const auto whole = static_cast<long long>(std::llround(std::clamp(seconds, 0.0, 1e9)));
    char text[48];
    if (whole < 60) {
        std::snprintf(text, sizeof text, "%lld s", whole);
    } else if (whole < 3600) {
        std::snprintf(text, sizeof text, "%lld min %02lld s", whole / 60, whole % 60);
    } else {
        std::snprintf(text, sizeof text, "%lld h %02lld min", whole / 3600, whole % 3600 / 60);
    }
    return text;
}

std::string ProgressDisplay::update(const engine::Progress& progress, Time now) {
    std::string out;
    if (progress.stage != m_stage) {
        out += clear();
        m_stage = progress.stage;
        m_stageStart = now;
        m_firstDone = progress.done;
        // Elsewhere than on a terminal the rhythm of lines goes on through the stages.
        if (m_terminal || !m_lastPrint) m_lastPrint = now;
        return out;
    }
    const bool finished = progress.total > 0 && progress.done >= progress.total;
    const bool due = now - *m_lastPrint >= (m_terminal ? std::chrono::steady_clock::duration(redrawEvery) : lineEvery);
    if (!due || (finished && m_terminal && !m_barShown)) return out;
    m_lastPrint = now;
    const std::string line = text(progress, std::chrono::duration<double>(now - m_stageStart).count());
    if (!m_terminal) return out + line + "\n";
    m_barShown = true;
    return out + "\r\033[K" + line;
}

std::string ProgressDisplay::clear() {
    if (!m_barShown) return {};
    m_barShown = false;
    return "\r\033[K";
}

std::string ProgressDisplay::text(const engine::Progress& progress, double elapsedS) const {
    std::string line = std::string(progress.stage) + " ";
    const double rate = elapsedS > 0 ? static_cast<double>(progress.done - m_firstDone) / elapsedS : 0;
    if (progress.total > 0) {
        const double share =
            std::clamp(static_cast<double>(progress.done) / static_cast<double>(progress.total), 0.0, 1.0);
        if (m_terminal) {
            const auto filled = static_cast<std::size_t>(share * barWidth);
            line += "[" + std::string(filled, '#') + std::string(barWidth - filled, '.') + "] ";
        }
        line += std::to_string(progress.done) + "/" + std::to_string(progress.total);
    } else {
        line += std::to_string(progress.done);
    }
    if (rate > 0) line += ", " + rateText(rate);
    if (rate > 0 && progress.total > progress.done && elapsedS >= settledAfterS)
        line += ", " + durationText(static_cast<double>(progress.total - progress.done) / rate) + " left";
    if (progress.loss) line += ", loss " + lossText(progress.loss->mean);
    return line;
}

}  // namespace cli
