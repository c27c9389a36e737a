// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

// Repeated measurements of one thing. The median stands for it; the quartiles say how steady the machine was.
class Measurements {
public:
    void add(double value) { m_values.push_back(value); }
    bool empty() const { return m_values.empty(); }
    // Not defined without a value.
    std::optional<double> median() const;
    // "median 12.3 ms, quartiles 12.1 to 12.9, 40 runs"
    std::string text(const std::string& unit) const;

private:
    double quantile(double share) const;

    std::vector<double> m_values;
};

// The most that this process has held in memory so far.
std::int64_t peakResidentBytes();

}  // namespace cli
