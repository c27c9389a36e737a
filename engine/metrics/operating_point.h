// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/metrics/interval.h"

namespace engine {

enum class Verdict {
    None,
    Pass,
    Review,
    Fail,
    Error
};                                         // None: no operating point yet; Error: the image could not be read
std::string_view nameOf(Verdict verdict);  // "none", "pass", "review", "fail", "error"

// Two cuts on the image score and one on the map, and where they come from.
struct OperatingPoint {
    std::optional<double> review;              // score >= review: at least "review"; not above fail
    std::optional<double> fail;                // score >= fail: "fail"
    std::optional<double> pixel;               // map >= pixel: marked in overlays and boxes
    std::string rule;                          // "manual", "false-reject", "best-f1", "no-escapes", "escape"
    std::string basis;                         // a sentence: "209 good training images, cross-validated in 5 folds"
    std::optional<Interval> failInterval;      // 95 %, of the cut itself where the rule gives one
    std::optional<Rate> expectedFalseRejects;  // on what it was chosen from
    std::optional<Rate> expectedEscapes;
};

// None without a fail cut; Error for a score that is not a number, so that it can never pass.
Verdict verdictOf(double score, const OperatingPoint& point);

struct Cut {
    double value = 0;
    std::optional<Interval> interval;  // 95 %: order statistics for a quantile, bootstrap for best F1
    bool openBelow = false;            // so few images bound it from one side only: the interval's end is then the
    bool openAbove = false;            // outermost cut observed, and the true one may lie beyond; the basis says so
    std::optional<Rate> falseRejects;  // at the cut, on the images that it was chosen from
    std::optional<Rate> escapes;
};

// From good scores alone: the smallest cut at which at most `rate` of the good images would be rejected (score >= cut).
// That is the next double above one of the scores; above the largest of all if rate * n < 1: then no image that was
// seen is rejected, and the upper end of falseRejects' interval, not the rate asked for, is what n images vouch for.
// Interval from binomial order statistics, without any distribution assumed; none for rate == 0, since no number of
// images bounds the largest score that can occur.
// Throws Error{InvalidArgument} (rate outside [0, 1), a score that is not finite), Error{NotEnoughData} (no score).
Cut cutForFalseRejects(std::span<const double> goodScores, double rate);
// With labels (0 good, 1 defect). Throw Error{NotEnoughData} when a class that they need is missing: escapes need
// defects, best F1 both. The largest cut that does what is asked: no more than `rate` of the defects are below it.
Cut cutForBestF1(std::span<const double> scores, std::span<const std::uint8_t> labels, std::uint64_t seed = 0);
Cut cutForNoEscapes(std::span<const double> scores, std::span<const std::uint8_t> labels);
Cut cutForEscapes(std::span<const double> scores, std::span<const std::uint8_t> labels, double rate);

struct Confusion {
    std::int64_t tp = 0, fp = 0, tn = 0, fn = 0;  // positive: defect; flagged: score >= fail
};
Confusion confusionAt(std::span<const double> scores, std::span<const std::uint8_t> labels, double cut);

}  // namespace engine
