// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_timing.h"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>

#include "app/cli/text.h"

namespace cli {

std::optional<double> Measurements::median() const {
    return empty() ? std::nullopt : std::optional(quantile(0.5));
}

std::string Measurements::text(const std::string& unit) const {
    if (empty()) return "not measured";
    return "median " + shortNumber(quantile(0.5)) + " " + unit + ", quartiles " + shortNumber(quantile(0.25)) + " to " +
           shortNumber(quantile(0.75)) + ", " + std::to_string(m_values.size()) + " runs";
}

std::int64_t peakResidentBytes() {
    struct rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

double Measurements::quantile(double share) const {
    std::vector<double> sorted = m_values;
    std::sort(sorted.begin(), sorted.end());
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

}  // namespace cli
