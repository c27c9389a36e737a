// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"
#include "engine/metrics/operating_point.h"

namespace services {

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

// Scores of good training images by models without them, and the largest map value of each (may be empty).
struct GoodScores {
    std::span<const double> scores;
    std::span<const double> mapMaxima;
    int folds = 0;
};

// Scores of the labelled test images of a set (its name is for the sentence): 0 good, 1 defect.
struct LabelledScores {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    std::int64_t good = 0;
    std::int64_t defect = 0;
    std::string setName;

    void add(double score, bool isDefect);
};

// Where a pixel cut comes from when none is given: the best F1 of the masks, else the present one, else the upper end
// of the range of good patches.
struct PixelCuts {
    std::optional<double> bestF1 = {};
    std::int64_t masks = 0;
    std::optional<double> present = {};
    double mapLow = 0;
    double mapHigh = 0;  // not above mapLow: the method has no maps
};

// From good images alone. Unless given: review is the cut at three times the rate, so that what is nearly rejected is
// looked at; pixel is the cut at the same rate on the largest map value of each image.
// All throw engine::Error: InvalidArgument for a review cut above the fail cut, and what the engine's rules throw.
engine::OperatingPoint fromGoodImages(const ThresholdRule& rule, const GoodScores& good);
engine::OperatingPoint fromGoodImages(const ThresholdRule& rule, const engine::CrossValidation& scores);

// From labelled test images, or by hand with the rates on those images (if there are any). Unless given: no review
// band.
engine::OperatingPoint fromLabelledImages(const ThresholdRule& rule, const LabelledScores& data,
                                          const PixelCuts& pixels, std::uint64_t seed);
engine::OperatingPoint fromTestImages(const ThresholdRule& rule, const engine::Evaluation* evaluation,
                                      const std::string& setName, const engine::ModelInfo& info, std::uint64_t seed);

// A point that a rule has chosen, with one of its cuts moved by hand: the fail cut keeps its rule and what it promises.
engine::OperatingPoint withReview(engine::OperatingPoint point, double review);
engine::OperatingPoint withPixel(engine::OperatingPoint point, double pixel);

}  // namespace services
