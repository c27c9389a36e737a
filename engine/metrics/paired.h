// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/metrics/interval.h"

namespace engine {

// Two models on the same images. Labels: 0 good, 1 defect; a higher score is more anomalous. Equal lengths, finite
// scores; throws Error{InvalidArgument} otherwise.

// The difference of two correlated AUROCs by DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988), in the O(n log n)
// form of Sun and Xu (IEEE Signal Processing Letters 21, 2014). Ties count half, as in auroc().
struct AurocComparison {
    double first = 0;
    double second = 0;
    double difference = 0;     // first - second
    double standardError = 0;  // of the difference, with what both share
    Interval interval;         // 95 %, normal, cut to [-1, 1]
    std::optional<double> p;   // two-sided; nothing if the difference has no spread, as for equal scores
};
// Nothing unless there are two images of each class at least.
std::optional<AurocComparison> compareAuroc(std::span<const double> first, std::span<const double> second,
                                            std::span<const std::uint8_t> labels);

// McNemar's test in its exact, binomial form (Psychometrika 12, 1947): of the images on which two models disagree, does
// one get it right more often than chance?
struct McNemar {
    std::int64_t onlyFirst = 0;   // right by the first alone
    std::int64_t onlySecond = 0;  // right by the second alone
    double p = 1;                 // two-sided; 1 if they never disagree
};
McNemar mcNemar(std::int64_t onlyFirst, std::int64_t onlySecond);
// 0 wrong, 1 right, for each image.
McNemar mcNemar(std::span<const std::uint8_t> firstRight, std::span<const std::uint8_t> secondRight);

// Two-sided p of a standard normal z.
double normalTwoSided(double z);

}  // namespace engine
