// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace engine {

// What lies beyond each end of an interval: 95 % within.
inline constexpr double intervalTail = 0.025;

struct Interval {
    double low = 0;
    double high = 0;
};

// A share of counted things with its exact 95 % interval (Clopper and Pearson, 1934). Not defined for total == 0.
// Throws Error{InvalidArgument} unless 0 <= count <= total.
struct Rate {
    std::int64_t count = 0;
    std::int64_t total = 0;
    double value = 0;
    Interval interval;
};
std::optional<Rate> rate(std::int64_t count, std::int64_t total);

// 95 % percentile bootstrap of a statistic of (scores, labels), resampled within each class so that no sample loses
// one; `rounds` resamples from an explicit seed. Nothing if the statistic is not defined on the data or on a resample.
// The statistic is given every resample in ascending order of score. Throws what it throws, and
// Error{InvalidArgument} for rounds < 1.
using ScoreStatistic =
    std::function<std::optional<double>(std::span<const double> scores, std::span<const std::uint8_t> labels)>;
std::optional<Interval> bootstrapInterval(std::span<const double> scores, std::span<const std::uint8_t> labels,
                                          const ScoreStatistic& statistic, std::uint64_t seed = 0, int rounds = 2000);

}  // namespace engine
