// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "app/services/project/image_record.h"
#include "app/services/threshold_rules.h"
#include "engine/metrics/curves.h"
#include "engine/metrics/operating_point.h"

namespace services {

struct VerdictCounts {
    std::int64_t pass = 0;
    std::int64_t review = 0;
    std::int64_t fail = 0;

    std::int64_t total() const { return pass + review + fail; }
};

// What an operating point does to the images that are scored.
struct Decision {
    VerdictCounts good, defect, unlabelled;
    // Good images that fail, and defects below the fail cut (those in review among them, as in a report), with exact
    // 95 % intervals. Nothing without such images, or without a fail cut.
    std::optional<engine::Rate> falseRejects, escapes;
    bool crossValidated = false;  // there is no good test image: false rejects are those of the good training images
};

struct Histogram {
    double low = 0;  // bar i counts the scores in [low + i * width, low + (i + 1) * width)
    double width = 1;
    std::vector<int> good, defect, unlabelled;

    std::size_t barOf(double score) const;  // at most the last
};

// What a table is made of, to be gathered quickly where the project is and worked on elsewhere.
struct DecisionScores {
    LabelledScores labelled;  // in order of the project's images, as the rules take them
    std::vector<double> unlabelled;
    std::vector<double> crossValidated;

    // `crossValidated`: scores of the good training images (ModelRecord::goodScores). Images that are not for testing
    // or have no finite score are passed over.
    static DecisionScores of(std::span<const ImageRecord> images, std::span<const double> crossValidated);
    std::size_t size() const { return labelled.scores.size() + unlabelled.size() + crossValidated.size(); }
};

// The scores of a project's test images by label, sorted once: what a cut does to them is then found by bisection, as
// the hand moves. To be built anew when labels or scores change, never when a cut does. 100 000 scores take about 50
// ms.
class DecisionTable {
public:
    DecisionTable() = default;
    explicit DecisionTable(DecisionScores scores);
    DecisionTable(std::span<const ImageRecord> images, std::span<const double> crossValidated)
        : DecisionTable(DecisionScores::of(images, crossValidated)) {}

    bool isEmpty() const { return m_good.empty() && m_defect.empty() && m_unlabelled.empty(); }
    std::int64_t good() const { return static_cast<std::int64_t>(m_good.size()); }
    std::int64_t defect() const { return static_cast<std::int64_t>(m_defect.size()); }
    std::int64_t unlabelled() const { return static_cast<std::int64_t>(m_unlabelled.size()); }
    std::int64_t crossValidated() const { return static_cast<std::int64_t>(m_crossValidated.size()); }

    // O(log n). Counts are all zero without a fail cut.
    Decision at(const engine::OperatingPoint& point) const;

    // Of the labelled images; empty and nothing when a class is missing.
    const std::vector<engine::CurvePoint>& curve() const { return m_curve; }
    const std::optional<double>& auroc() const { return m_auroc; }
    const std::optional<double>& aupr() const { return m_aupr; }
    // Where a cut lies on the curves, between their points too. O(log n). Precision is 1 where nothing is flagged.
    std::optional<engine::CurvePoint> curveAt(double cut) const;

    // From the least to the largest of all scores, those of the good training images included; nothing without any.
    std::optional<engine::Interval> range() const;
    Histogram histogram(const engine::Interval& range, int bars) const;  // O(bars * log n)

    const LabelledScores& labelled() const { return m_labelled; }

private:
    std::vector<double> m_good, m_defect, m_unlabelled, m_crossValidated;
    LabelledScores m_labelled;
    std::vector<engine::CurvePoint> m_curve;
    std::optional<double> m_auroc, m_aupr;
};

}  // namespace services
