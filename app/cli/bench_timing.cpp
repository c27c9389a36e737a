// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_timing.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>

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

std::int64_t residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::int64_t pages = 0, resident = 0;
    return file >> pages >> resident ? resident * ::sysconf(_SC_PAGESIZE) : 0;
}

double slopeOf(std::span<const double> values) {
    const auto count = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values) mean += value / count;
    double above = 0, below = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = static_cast<double>(i) - (count - 1) / 2;
        above += x * (values[i] - mean);
        below += x * x;
    }
    return below > 0 ? above / below : 0;
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
