// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "app/services/project/image_record.h"
#include "engine/metrics/operating_point.h"

namespace services {

struct ScoredRow {
    double score = 0;
    int row = 0;

    auto operator<=>(const ScoredRow&) const = default;
};

// Unlike engine::verdictOf, an image that has not been scored is None, and one that could not be read is Error.
engine::Verdict verdictOf(const ImageRecord& image, const engine::OperatingPoint& point);
bool isDisagreement(engine::Label label, engine::Verdict verdict);

// The scored rows of a project in ascending order, so that a moved cut asks only for what lies between.
class ScoreIndex {
public:
    explicit ScoreIndex(const std::vector<ImageRecord>& images);

    // Scores have changed in these rows; empty: in all.
    void update(std::span<const int> rows);

    const std::vector<ScoredRow>& rows() const { return m_rows; }
    // Those whose verdict differs between the two, O(log n + the answer).
    std::vector<int> judgedAnew(const engine::OperatingPoint& before, const engine::OperatingPoint& after) const;

private:
    const std::vector<ImageRecord>& m_images;
    std::vector<ScoredRow> m_rows;
};

struct ListCounts {
    int all = 0;
    int pass = 0;
    int review = 0;
    int fail = 0;
    int none = 0;
    int error = 0;
    int disagreements = 0;

    bool operator==(const ListCounts&) const = default;
};

// The scores of each label in ascending order: counts at any operating point are O(log n).
class VerdictTally {
public:
    // Of the rows for which `matches` is not zero.
    void rebuild(const std::vector<ImageRecord>& images, const ScoreIndex& index,
                 std::span<const std::uint8_t> matches);
    ListCounts at(const engine::OperatingPoint& point) const;

private:
    std::array<std::vector<double>, 3> m_scores;  // by engine::Label
    int m_unscored = 0;
    int m_errors = 0;
};

}  // namespace services
