// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/paired.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/core/error.h"
#include "engine/metrics/binomial.h"

namespace engine {

namespace {

// Ranks from 1, equal values sharing the middle of theirs.
std::vector<double> midranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t start = 0; start < order.size();) {
        std::size_t end = start;
        while (end < order.size() && values[order[end]] == values[order[start]]) ++end;
        const double middle = 0.5 * static_cast<double>(start + end + 1);
        for (std::size_t i = start; i < end; ++i) ranks[order[i]] = middle;
        start = end;
    }
    return ranks;
}

// For every defect the share of good images that it is above, for every good image the share of defects that are above
// it: the structural components of an AUROC, which is the mean of either.
struct Components {
    std::vector<double> defect;
    std::vector<double> good;
    double auroc = 0;
};

Components componentsOf(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    std::vector<double> defect;
    std::vector<double> good;
    for (std::size_t i = 0; i < scores.size(); ++i) (labels[i] == 1 ? defect : good).push_back(scores[i]);
    std::vector<double> all = defect;
    all.insert(all.end(), good.begin(), good.end());
    const std::vector<double> ofAll = midranks(all);
    const std::vector<double> ofDefect = midranks(defect);
    const std::vector<double> ofGood = midranks(good);
    const auto m = static_cast<double>(defect.size());
    const auto n = static_cast<double>(good.size());

    Components parts;
    for (std::size_t i = 0; i < defect.size(); ++i) parts.defect.push_back((ofAll[i] - ofDefect[i]) / n);
    for (std::size_t i = 0; i < good.size(); ++i) parts.good.push_back(1 - (ofAll[defect.size() + i] - ofGood[i]) / m);
    parts.auroc = std::accumulate(parts.defect.begin(), parts.defect.end(), 0.0) / m;
    return parts;
}

// The unbiased variance of the differences of two series.
double varianceOfDifference(const std::vector<double>& a, const std::vector<double>& b) {
    const auto n = static_cast<double>(a.size());
    double mean = 0;
    for (std::size_t i = 0; i < a.size(); ++i) mean += (a[i] - b[i]) / n;
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i] - mean) * (a[i] - b[i] - mean);
    return sum / (n - 1);
}

void requireScores(std::span<const double> scores, std::span<const std::uint8_t> labels) {
    const bool finite = std::all_of(scores.begin(), scores.end(), [](double score) { return std::isfinite(score); });
    const bool known = std::all_of(labels.begin(), labels.end(), [](std::uint8_t label) { return label <= 1; });
    if (scores.size() != labels.size() || !finite || !known)
        throw Error(ErrorCode::InvalidArgument,
                    "scores to be compared must be finite and have one label each, 0 or 1; give as many of both");
}

}  // namespace

std::optional<AurocComparison> compareAuroc(std::span<const double> first, std::span<const double> second,
                                            std::span<const std::uint8_t> labels) {
    requireScores(first, labels);
    requireScores(second, labels);
    const auto defects = std::count(labels.begin(), labels.end(), std::uint8_t{1});
    const auto goods = static_cast<std::ptrdiff_t>(labels.size()) - defects;
    if (defects < 2 || goods < 2) return std::nullopt;

    const Components a = componentsOf(first, labels);
    const Components b = componentsOf(second, labels);
    AurocComparison result{a.auroc, b.auroc, a.auroc - b.auroc, 0, {}, {}};
    result.standardError = std::sqrt(varianceOfDifference(a.defect, b.defect) / static_cast<double>(defects) +
                                     varianceOfDifference(a.good, b.good) / static_cast<double>(goods));
    constexpr double quantile = 1.959963984540054;  // of the standard normal at 0.975
    const double reach = quantile * result.standardError;
    result.interval = {std::max(-1.0, result.difference - reach), std::min(1.0, result.difference + reach)};
    // Below this, what is left is rounding.
    if (result.standardError > 1e-12) result.p = normalTwoSided(result.difference / result.standardError);
    return result;
}

McNemar mcNemar(std::int64_t onlyFirst, std::int64_t onlySecond) {
    if (onlyFirst < 0 || onlySecond < 0)
        throw Error(ErrorCode::InvalidArgument, "a count of images is negative; count them again");
    const std::int64_t all = onlyFirst + onlySecond;
    const double tail = binomialAtMost(std::min(onlyFirst, onlySecond), all, 0.5);
    return {onlyFirst, onlySecond, std::min(1.0, 2 * tail)};
}

McNemar mcNemar(std::span<const std::uint8_t> firstRight, std::span<const std::uint8_t> secondRight) {
    if (firstRight.size() != secondRight.size())
        throw Error(ErrorCode::InvalidArgument, "two models must be judged on the same images; give as many of both");
    std::int64_t onlyFirst = 0;
    std::int64_t onlySecond = 0;
    for (std::size_t i = 0; i < firstRight.size(); ++i) {
        if (firstRight[i] != 0 && secondRight[i] == 0) ++onlyFirst;
        if (firstRight[i] == 0 && secondRight[i] != 0) ++onlySecond;
    }
    return mcNemar(onlyFirst, onlySecond);
}

double normalTwoSided(double z) {
    return std::erfc(std::abs(z) / std::sqrt(2.0));
}

}  // namespace engine
