// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/threshold_rules.h"

#include <algorithm>
#include <vector>

#include "app/cli/options.h"
#include "app/cli/text.h"
#include "engine/core/error.h"

namespace cli {

namespace {

// The review band lies below the fail cut, whoever has chosen the two.
void placeReview(engine::OperatingPoint& point, const std::optional<double>& given) {
    if (!given) return;
    if (*given > *point.fail)
        throw UsageError("--review " + shortNumber(*given) + " is above the fail cut " + shortNumber(*point.fail) +
                         "; give a smaller one");
    point.review = given;
}

struct Labelled {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    std::int64_t good = 0;
    std::int64_t defect = 0;
};

Labelled labelled(const engine::Evaluation& evaluation) {
    Labelled data;
    for (const auto& image : evaluation.images) {
        if (image.label == engine::Label::Unlabelled) continue;
        const bool defect = image.label == engine::Label::Defect;
        data.scores.push_back(image.score);
        data.labels.push_back(defect ? 1 : 0);
        ++(defect ? data.defect : data.good);
    }
    return data;
}

std::string testBasis(const Labelled& data, const std::string& setName) {
    return std::to_string(data.good) + " good and " + std::to_string(data.defect) + " defective test images of " +
           setName;
}

void take(engine::OperatingPoint& point, const engine::Cut& cut) {
    point.fail = cut.value;
    point.failInterval = cut.interval;
    point.expectedFalseRejects = cut.falseRejects;
    point.expectedEscapes = cut.escapes;
    if (cut.openAbove) point.basis += "; too few images to bound the cut from above";
    if (cut.openBelow) point.basis += "; too few images to bound the cut from below";
}

void chooseByLabels(engine::OperatingPoint& point, const ThresholdRule& rule, const Labelled& data,
                    std::uint64_t seed) {
    if (rule.bestF1) {
        point.rule = "best-f1";
        take(point, engine::cutForBestF1(data.scores, data.labels, seed));
    } else if (rule.noEscapes) {
        point.rule = "no-escapes";
        take(point, engine::cutForNoEscapes(data.scores, data.labels));
    } else {
        point.rule = "escape";
        take(point, engine::cutForEscapes(data.scores, data.labels, *rule.escapeRate));
        point.basis += "; at most " + percent(*rule.escapeRate) + " of these defects pass";
    }
}

void takeByHand(engine::OperatingPoint& point, double fail, const Labelled& data) {
    point.rule = "manual";
    point.fail = fail;
    if (data.scores.empty()) {
        point.basis = "chosen by hand";
        return;
    }
    point.basis = "chosen by hand; rates on " + point.basis;
    const auto confusion = engine::confusionAt(data.scores, data.labels, fail);
    point.expectedFalseRejects = engine::rate(confusion.fp, data.good);
    point.expectedEscapes = engine::rate(confusion.fn, data.defect);
}

}  // namespace

engine::OperatingPoint fromGoodImages(const ThresholdRule& rule, const engine::CrossValidation& scores) {
    constexpr double reviewTimes = 3;
    const double rate = *rule.falseRejectRate;
    engine::OperatingPoint point;
    point.rule = "false-reject";
    point.basis = std::to_string(scores.scores.size()) + " good training images, cross-validated in " +
                  std::to_string(scores.folds) + " folds; at most " + percent(rate) + " of them rejected";
    take(point, engine::cutForFalseRejects(scores.scores, rate));
    if (rule.review) {
        placeReview(point, rule.review);
    } else if (rate > 0) {
        point.review = engine::cutForFalseRejects(scores.scores, std::min(0.99, reviewTimes * rate)).value;
        point.basis += "; review at three times that";
    }
    point.pixel = rule.pixel;
    if (!rule.pixel && !scores.mapMaxima.empty()) {
        point.pixel = engine::cutForFalseRejects(scores.mapMaxima, rate).value;
        point.basis += "; pixels at the same rate of map maxima";
    }
    return point;
}

engine::OperatingPoint fromTestImages(const ThresholdRule& rule, const engine::Evaluation* evaluation,
                                      const std::string& setName, const engine::ModelInfo& info, std::uint64_t seed) {
    engine::OperatingPoint point;
    const Labelled data = evaluation != nullptr ? labelled(*evaluation) : Labelled{};
    point.basis = testBasis(data, setName);
    if (rule.fail) {
        takeByHand(point, *rule.fail, data);
    } else {
        point.basis += ", with their labels";
        chooseByLabels(point, rule, data, seed);
    }
    placeReview(point, rule.review);
    if (rule.pixel) {
        point.pixel = rule.pixel;
    } else if (rule.needsLabels() && evaluation->pixel.f1threshold) {
        point.pixel = evaluation->pixel.f1threshold;
        point.basis += "; pixels by the best F1 of " + std::to_string(evaluation->pixel.masks) + " masks";
    } else if (info.operatingPoint.pixel) {
        point.pixel = info.operatingPoint.pixel;
        point.basis += "; pixels as before";
    } else if (info.mapHigh > info.mapLow) {
        point.pixel = info.mapHigh;
        point.basis += "; pixels from the range of good patches";
    }
    return point;
}

}  // namespace cli
