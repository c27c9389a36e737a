// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/decision/decision_table.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace services {

namespace {

std::int64_t below(const std::vector<double>& sorted, double cut) {
    return std::lower_bound(sorted.begin(), sorted.end(), cut) - sorted.begin();
}

VerdictCounts countsOf(const std::vector<double>& sorted, double review, double fail) {
    const auto n = static_cast<std::int64_t>(sorted.size());
    VerdictCounts counts;
    counts.pass = below(sorted, review);
    const std::int64_t passed = below(sorted, fail);
    counts.review = passed - counts.pass;
    counts.fail = n - passed;
    return counts;
}

std::vector<int> barsOf(const std::vector<double>& sorted, const Histogram& shape, int bars) {
    std::vector<int> counts;
    counts.reserve(static_cast<std::size_t>(bars));
    std::int64_t before = 0;
    for (int bar = 1; bar <= bars; ++bar) {
        const bool last = bar == bars;
        const std::int64_t until =
            last ? static_cast<std::int64_t>(sorted.size()) : below(sorted, shape.low + bar * shape.width);
        counts.push_back(static_cast<int>(until - before));
        before = until;
    }
    return counts;
}

}  // namespace

std::size_t Histogram::barOf(double score) const {
    const double bar = std::floor((score - low) / width);
    return bar > 0 ? std::min(static_cast<std::size_t>(bar), good.size() - 1) : 0;
}

DecisionScores DecisionScores::of(std::span<const ImageRecord> images, std::span<const double> crossValidated) {
    DecisionScores scores;
    for (const ImageRecord& image : images) {
        if (image.split != engine::Split::Test || !std::isfinite(image.score)) continue;
        if (image.label == engine::Label::Unlabelled)
            scores.unlabelled.push_back(image.score);
        else
            scores.labelled.add(image.score, image.label == engine::Label::Defect);
    }
    std::copy_if(crossValidated.begin(), crossValidated.end(), std::back_inserter(scores.crossValidated),
                 [](double score) { return std::isfinite(score); });
    return scores;
}

DecisionTable::DecisionTable(DecisionScores scores)
    : m_unlabelled(std::move(scores.unlabelled)),
      m_crossValidated(std::move(scores.crossValidated)),
      m_labelled(std::move(scores.labelled)) {
    for (std::size_t i = 0; i < m_labelled.scores.size(); ++i)
        (m_labelled.labels[i] == 0 ? m_good : m_defect).push_back(m_labelled.scores[i]);
    for (auto* sorted : {&m_good, &m_defect, &m_unlabelled, &m_crossValidated})
        std::sort(sorted->begin(), sorted->end());
    m_curve = engine::curve(m_labelled.scores, m_labelled.labels);
    m_auroc = engine::auroc(m_labelled.scores, m_labelled.labels);
    m_aupr = engine::aupr(m_labelled.scores, m_labelled.labels);
}

Decision DecisionTable::at(const engine::OperatingPoint& point) const {
    Decision decision;
    if (!point.fail) return decision;
    const double fail = *point.fail;
    const double review = std::min(point.review.value_or(fail), fail);
    decision.good = countsOf(m_good, review, fail);
    decision.defect = countsOf(m_defect, review, fail);
    decision.unlabelled = countsOf(m_unlabelled, review, fail);
    decision.crossValidated = m_good.empty() && !m_crossValidated.empty();
    const auto& rejected = decision.crossValidated ? m_crossValidated : m_good;
    const auto total = static_cast<std::int64_t>(rejected.size());
    decision.falseRejects = engine::rate(total - below(rejected, fail), total);
    decision.escapes = engine::rate(decision.defect.pass + decision.defect.review, defect());
    return decision;
}

std::optional<engine::CurvePoint> DecisionTable::curveAt(double cut) const {
    if (m_curve.empty()) return std::nullopt;
    const auto flaggedGood = static_cast<double>(good() - below(m_good, cut));
    const auto flaggedDefect = static_cast<double>(defect() - below(m_defect, cut));
    engine::CurvePoint point;
    point.threshold = cut;
    point.falsePositiveRate = flaggedGood / static_cast<double>(good());
    point.truePositiveRate = flaggedDefect / static_cast<double>(defect());
    const double flagged = flaggedGood + flaggedDefect;
    point.precision = flagged > 0 ? flaggedDefect / flagged : 1;
    return point;
}

std::optional<engine::Interval> DecisionTable::range() const {
    std::optional<engine::Interval> range;
    for (const auto* scores : {&m_good, &m_defect, &m_unlabelled, &m_crossValidated}) {
        if (scores->empty()) continue;
        if (!range) range = engine::Interval{scores->front(), scores->back()};
        range->low = std::min(range->low, scores->front());
        range->high = std::max(range->high, scores->back());
    }
    return range;
}

Histogram DecisionTable::histogram(const engine::Interval& range, int bars) const {
    Histogram histogram;
    histogram.low = range.low;
    histogram.width = (range.high - range.low) / bars;
    histogram.good = barsOf(m_good, histogram, bars);
    histogram.defect = barsOf(m_defect, histogram, bars);
    histogram.unlabelled = barsOf(m_unlabelled, histogram, bars);
    return histogram;
}

}  // namespace services
