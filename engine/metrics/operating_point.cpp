// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/operating_point.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/error.h"
#include "engine/metrics/binomial.h"
#include "engine/metrics/curves.h"
#include "engine/metrics/score_steps.h"

namespace engine {

namespace {

void checkRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
        throw Error(ErrorCode::InvalidArgument, "a target rate is a share of at least 0 and below 1, such as 0.01");
    }
}

// The whole images in a share of n. A rate such as 0.29 lies a hair below its decimal: 29 of 100 are 29, not 28.
std::int64_t wholeImages(double rate, std::size_t n) {
    const double exact = rate * static_cast<double>(n);
    const double nearest = std::round(exact);
    return static_cast<std::int64_t>(std::abs(exact - nearest) < 1e-9 * std::max(1.0, exact) ? nearest
                                                                                             : std::floor(exact));
}

double justAbove(double value) {
    return std::nextafter(value, std::numeric_limits<double>::infinity());
}

std::vector<double> scoresOf(std::span<const double> scores, std::span<const std::uint8_t> labels, std::uint8_t label) {
    std::vector<double> chosen;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (labels[i] == label) chosen.push_back(scores[i]);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

// Fills the 95 % interval of a cut at the q-quantile of the sorted scores, distribution-free: the number of scores
// below the true quantile is binomial (n, q), which bounds it by two order statistics.
void boundByOrderStatistics(const std::vector<double>& sorted, double q, Cut& cut) {
    const auto n = static_cast<std::int64_t>(sorted.size());
    std::int64_t low = 0;  // 1-based; 0: not even the smallest bounds it
    for (std::int64_t high = n; low < high;) {
        const std::int64_t middle = (low + high + 1) / 2;
        if (binomialAtMost(middle - 1, n, q) <= intervalTail)
            low = middle;
        else
            high = middle - 1;
    }
    std::int64_t high = n + 1;  // n + 1: not even the largest bounds it
    for (std::int64_t below = 1; below < high;) {
        const std::int64_t middle = (below + high) / 2;
        if (binomialAtMost(middle - 1, n, q) >= 1 - intervalTail)
            high = middle;
        else
            below = middle + 1;
    }
    cut.openBelow = low == 0;
    cut.openAbove = high == n + 1;
    Interval interval;
    interval.low = std::min(cut.value, sorted[static_cast<std::size_t>(std::max<std::int64_t>(low, 1) - 1)]);
    interval.high = std::max(cut.value, sorted[static_cast<std::size_t>(std::min(high, n) - 1)]);
    cut.interval = interval;
}

void countAt(std::span<const double> scores, std::span<const std::uint8_t> labels, Cut& cut) {
    const Confusion confusion = confusionAt(scores, labels, cut.value);
    cut.falseRejects = rate(confusion.fp, confusion.fp + confusion.tn);
    cut.escapes = rate(confusion.fn, confusion.fn + confusion.tp);
}

}  // namespace

std::string_view nameOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::None:
            return "none";
        case Verdict::Pass:
            return "pass";
        case Verdict::Review:
            return "review";
        case Verdict::Fail:
            return "fail";
        case Verdict::Error:
            return "error";
    }
    throw Error(ErrorCode::Internal, "a verdict without a name");
}

Verdict verdictOf(double score, const OperatingPoint& point) {
    if (!point.fail) return Verdict::None;
    if (std::isnan(score)) return Verdict::Error;
    if (score >= *point.fail) return Verdict::Fail;
    return point.review && score >= *point.review ? Verdict::Review : Verdict::Pass;
}

Cut cutForFalseRejects(std::span<const double> goodScores, double rate) {
    checkRate(rate);
    if (goodScores.empty()) {
        throw Error(ErrorCode::NotEnoughData, "no good image has a score; a false-reject rate needs good images");
    }
    const std::vector<std::uint8_t> labels(goodScores.size(), 0);
    scoreSteps(goodScores, labels);  // refuses what is not finite
    const std::vector<double> sorted = scoresOf(goodScores, labels, 0);
    const auto allowed = static_cast<std::size_t>(wholeImages(rate, sorted.size()));
    Cut cut;
    cut.value = justAbove(sorted[sorted.size() - 1 - allowed]);
    if (rate > 0) boundByOrderStatistics(sorted, 1 - rate, cut);
    countAt(goodScores, labels, cut);
    return cut;
}

Cut cutForBestF1(std::span<const double> scores, std::span<const std::uint8_t> labels, std::uint64_t seed) {
    const std::optional<F1Max> best = f1Max(scores, labels);
    if (!best) throw Error(ErrorCode::NotEnoughData, "the best F1 needs good and defective images; label some of both");
    Cut cut;
    cut.value = best->threshold;
    cut.interval = bootstrapInterval(
        scores, labels,
        [](auto s, auto l) {
            const std::optional<F1Max> f1 = f1Max(s, l);
            return f1 ? std::optional<double>(f1->threshold) : std::nullopt;
        },
        seed);
    countAt(scores, labels, cut);
    return cut;
}

Cut cutForNoEscapes(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    return cutForEscapes(scores, labels, 0);
}

Cut cutForEscapes(std::span<const double> scores, std::span<const std::uint8_t> labels, double rate) {
    checkRate(rate);
    if (scoreSteps(scores, labels).defect == 0) {
        throw Error(ErrorCode::NotEnoughData, "no defective image has a score; an escape rate needs defects");
    }
    const std::vector<double> sorted = scoresOf(scores, labels, 1);
    Cut cut;
    cut.value = sorted[static_cast<std::size_t>(wholeImages(rate, sorted.size()))];
    if (rate > 0) boundByOrderStatistics(sorted, rate, cut);
    countAt(scores, labels, cut);
    return cut;
}

Confusion confusionAt(std::span<const double> scores, std::span<const std::uint8_t> labels, double cut) {
    Confusion confusion;
    for (const ScoreStep& step : scoreSteps(scores, labels).steps) {
        const bool flagged = step.score >= cut;
        (flagged ? confusion.tp : confusion.fn) += step.defect;
        (flagged ? confusion.fp : confusion.tn) += step.good;
    }
    return confusion;
}

}  // namespace engine
