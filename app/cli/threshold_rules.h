// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"
#include "engine/metrics/operating_point.h"

namespace cli {

// Which of the rules, and what was given by hand. Exactly one rule is set.
struct ThresholdRule {
    bool bestF1 = false;
    bool noEscapes = false;
    std::optional<double> falseRejectRate = {};
    std::optional<double> escapeRate = {};
    std::optional<double> fail = {};
    std::optional<double> review = {};
    std::optional<double> pixel = {};

    bool needsLabels() const { return bestF1 || noEscapes || escapeRate.has_value(); }
};

// From good images alone. Unless given: review is the cut at three times the rate, so that what is nearly rejected is
// looked at; pixel is the cut at the same rate on the largest map value of each image.
engine::OperatingPoint fromGoodImages(const ThresholdRule& rule, const engine::CrossValidation& scores);

// From labelled test images, or by hand with the rates on those images (if there are any). Unless given: no review
// band; pixel is the best F1 of the masks, else the model's present cut, else the upper end of its map's range.
engine::OperatingPoint fromTestImages(const ThresholdRule& rule, const engine::Evaluation* evaluation,
                                      const std::string& setName, const engine::ModelInfo& info, std::uint64_t seed);

}  // namespace cli
