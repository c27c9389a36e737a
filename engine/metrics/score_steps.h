// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace engine {

// All images of one score: what every image metric is computed from, so that ties are treated alike everywhere.
struct ScoreStep {
    double score = 0;
    std::int64_t good = 0;
    std::int64_t defect = 0;
};

struct ScoreSteps {
    std::vector<ScoreStep> steps;  // distinct scores, highest first
    std::int64_t good = 0;
    std::int64_t defect = 0;

    bool hasBothClasses() const { return good > 0 && defect > 0; }
};

// Linear in time if the scores come in ascending order. Throws Error{InvalidArgument} if the sizes differ, a score is
// not finite or a label is neither 0 nor 1.
ScoreSteps scoreSteps(std::span<const double> scores, std::span<const std::uint8_t> labels);

}  // namespace engine
