// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cli {

// Of each thing that is measured, before the first measurement.
inline constexpr int warmUps = 3;

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
// What it holds now; 0 where the system does not say.
std::int64_t residentBytes();

// Of the straight line through values at 0, 1, 2 ... by least squares. Below two values: 0.
double slopeOf(std::span<const double> values);

}  // namespace cli
