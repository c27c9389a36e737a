// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace engine {

// Labels: 0 good, 1 defect. A higher score is more anomalous; an image is flagged if score >= threshold. Ties count
// half in AUROC and step together in every curve. Everything is "not defined" (nothing) when a class is missing.
// Scores must be finite. Throws Error{InvalidArgument} if the sizes differ or a score is not finite.

std::optional<double> auroc(std::span<const double> scores, std::span<const std::uint8_t> labels);

// Average precision: the sum over distinct thresholds of (recall step) x precision; no interpolation.
std::optional<double> aupr(std::span<const double> scores, std::span<const std::uint8_t> labels);

struct F1Max {
    double f1 = 0;
    double threshold = 0;  // the largest that reaches it
};
std::optional<F1Max> f1Max(std::span<const double> scores, std::span<const std::uint8_t> labels);

struct CurvePoint {
    double threshold = 0;
    double falsePositiveRate = 0;
    double truePositiveRate = 0;  // recall
    double precision = 0;
};
// One point for each distinct score, from the highest threshold down. Empty when a class is missing.
std::vector<CurvePoint> curve(std::span<const double> scores, std::span<const std::uint8_t> labels);

}  // namespace engine
