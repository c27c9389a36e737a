// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/curves.h"

#include "engine/metrics/score_steps.h"

namespace engine {

namespace {

double share(std::int64_t count, std::int64_t total) {
    return static_cast<double>(count) / static_cast<double>(total);
}

}  // namespace

std::optional<double> auroc(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    const ScoreSteps all = scoreSteps(scores, labels);
    if (!all.hasBothClasses()) return std::nullopt;
    // Twice the number of (defect, good) pairs in the right order, ties counting one: exact in integers.
    std::int64_t twicePairs = 0;
    std::int64_t goodBelow = all.good;
    for (const ScoreStep& step : all.steps) {
        goodBelow -= step.good;
        twicePairs += step.defect * (2 * goodBelow + step.good);
    }
    return share(twicePairs, 2 * all.good * all.defect);
}

std::optional<double> aupr(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    const ScoreSteps all = scoreSteps(scores, labels);
    if (!all.hasBothClasses()) return std::nullopt;
    double sum = 0;
    std::int64_t good = 0;
    std::int64_t defect = 0;
    for (const ScoreStep& step : all.steps) {
        good += step.good;
        defect += step.defect;
        sum += static_cast<double>(step.defect) * share(defect, defect + good);
    }
    return sum / static_cast<double>(all.defect);
}

std::optional<F1Max> f1Max(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    const ScoreSteps all = scoreSteps(scores, labels);
    if (!all.hasBothClasses()) return std::nullopt;
    // F1 = 2 tp / (flagged + defects), compared as fractions: two thresholds that are equal stay equal.
    std::int64_t bestTp = 0;
    std::int64_t bestSum = 1;
    double threshold = all.steps.front().score;
    std::int64_t flagged = 0;
    std::int64_t tp = 0;
    for (const ScoreStep& step : all.steps) {
        flagged += step.good + step.defect;
        tp += step.defect;
        const std::int64_t sum = flagged + all.defect;
        if (tp * bestSum > bestTp * sum) {
            bestTp = tp;
            bestSum = sum;
            threshold = step.score;
        }
    }
    return F1Max{share(2 * bestTp, bestSum), threshold};
}

std::vector<CurvePoint> curve(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    const ScoreSteps all = scoreSteps(scores, labels);
    std::vector<CurvePoint> points;
    if (!all.hasBothClasses()) return points;
    points.reserve(all.steps.size());
    std::int64_t good = 0;
    std::int64_t defect = 0;
    for (const ScoreStep& step : all.steps) {
        good += step.good;
        defect += step.defect;
        points.push_back({step.score, share(good, all.good), share(defect, all.defect), share(defect, good + defect)});
    }
    return points;
}

}  // namespace engine
