// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/threshold_rules.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "engine/core/error.h"

namespace services {

namespace {

std::string shortNumber(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g", value);
    return text.data();
}

std::string percentText(double share) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", 100 * share);
    return text.data();
}

// The review band lies below the fail cut, whoever has chosen the two.
void placeReview(engine::OperatingPoint& point, const std::optional<double>& given) {
    if (!given) return;
    if (*given > *point.fail)
        throw engine::Error(engine::ErrorCode::InvalidArgument, "the review cut " + shortNumber(*given) +
                                                                    " is above the fail cut " +
                                                                    shortNumber(*point.fail) + "; give a smaller one");
    point.review = given;
}

std::string testBasis(const LabelledScores& data) {
    return std::to_string(data.good) + " good and " + std::to_string(data.defect) + " defective test images of " +
           data.setName;
}

void take(engine::OperatingPoint& point, const engine::Cut& cut) {
    point.fail = cut.value;
    point.failInterval = cut.interval;
    point.expectedFalseRejects = cut.falseRejects;
    point.expectedEscapes = cut.escapes;
    if (cut.openAbove) point.basis += "; too few images to bound the cut from above";
    if (cut.openBelow) point.basis += "; too few images to bound the cut from below";
}

void chooseByLabels(engine::OperatingPoint& point, const ThresholdRule& rule, const LabelledScores& data,
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
        point.basis += "; at most " + percentText(*rule.escapeRate) + " of these defects pass";
    }
}

void takeByHand(engine::OperatingPoint& point, double fail, const LabelledScores& data) {
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

// The clause of a basis that tells where a cut came from, replaced by another.
void replaceClause(std::string& basis, std::string_view start, std::string_view clause) {
    if (const auto begin = basis.find(start); begin != std::string::npos) {
        const auto end = basis.find("; ", begin + start.size());
        basis.erase(begin, end == std::string::npos ? end : end - begin);
    }
    basis += clause;
}

}  // namespace

void LabelledScores::add(double score, bool isDefect) {
    scores.push_back(score);
    labels.push_back(isDefect ? 1 : 0);
    ++(isDefect ? defect : good);
}

engine::OperatingPoint fromGoodImages(const ThresholdRule& rule, const GoodScores& good) {
    constexpr double reviewTimes = 3;
    const double rate = *rule.falseRejectRate;
    engine::OperatingPoint point;
    point.rule = "false-reject";
    point.basis = std::to_string(good.scores.size()) + " good training images, " +
                  (good.folds == 1 ? std::string("held out of the training")
                                   : "cross-validated in " + std::to_string(good.folds) + " folds") +
                  "; at most " + percentText(rate) + " of them rejected";
    take(point, engine::cutForFalseRejects(good.scores, rate));
    if (rule.review) {
        placeReview(point, rule.review);
    } else if (rate > 0) {
        point.review = engine::cutForFalseRejects(good.scores, std::min(0.99, reviewTimes * rate)).value;
        point.basis += "; review at three times that";
    }
    point.pixel = rule.pixel;
    if (!rule.pixel && !good.mapMaxima.empty()) {
        point.pixel = engine::cutForFalseRejects(good.mapMaxima, rate).value;
        point.basis += "; pixels at the same rate of map maxima";
    }
    return point;
}

engine::OperatingPoint fromGoodImages(const ThresholdRule& rule, const engine::CrossValidation& scores) {
    auto point = fromGoodImages(rule, GoodScores{scores.scores, scores.mapMaxima, scores.folds});
    if (!scores.ownImages)
        point.basis += "; the model has learned from none of them";
    else if (scores.leftOut > 0)
        point.basis += "; without " + std::to_string(scores.leftOut) + " that the model has not learned from";
    return point;
}

engine::OperatingPoint fromLabelledImages(const ThresholdRule& rule, const LabelledScores& data,
                                          const PixelCuts& pixels, std::uint64_t seed) {
    engine::OperatingPoint point;
    point.basis = testBasis(data);
    if (rule.fail) {
        takeByHand(point, *rule.fail, data);
    } else {
        point.basis += ", with their labels";
        chooseByLabels(point, rule, data, seed);
    }
    placeReview(point, rule.review);
    if (rule.pixel) {
        point.pixel = rule.pixel;
    } else if (rule.needsLabels() && pixels.bestF1) {
        point.pixel = pixels.bestF1;
        point.basis += "; pixels by the best F1 of " + std::to_string(pixels.masks) + " masks";
    } else if (pixels.present) {
        point.pixel = pixels.present;
        point.basis += "; pixels as before";
    } else if (pixels.mapHigh > pixels.mapLow) {
        point.pixel = pixels.mapHigh;
        point.basis += "; pixels from the range of good patches";
    }
    return point;
}

engine::OperatingPoint fromTestImages(const ThresholdRule& rule, const engine::Evaluation* evaluation,
                                      const std::string& setName, const engine::ModelInfo& info, std::uint64_t seed) {
    LabelledScores data;
    PixelCuts pixels{.present = info.operatingPoint.pixel, .mapLow = info.mapLow, .mapHigh = info.mapHigh};
    data.setName = setName;
    if (evaluation != nullptr) {
        for (const auto& image : evaluation->images) {
            if (image.label != engine::Label::Unlabelled) data.add(image.score, image.label == engine::Label::Defect);
        }
        pixels.bestF1 = evaluation->pixel.f1threshold;
        pixels.masks = evaluation->pixel.masks;
    }
    return fromLabelledImages(rule, data, pixels, seed);
}

engine::OperatingPoint withReview(engine::OperatingPoint point, double review) {
    placeReview(point, review);
    replaceClause(point.basis, "; review ", "; review by hand");
    return point;
}

engine::OperatingPoint withPixel(engine::OperatingPoint point, double pixel) {
    point.pixel = pixel;
    replaceClause(point.basis, "; pixels ", "; pixels by hand");
    return point;
}

}  // namespace services
