// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/query/score_index.h"

#include <algorithm>

namespace services {

engine::Verdict verdictOf(const ImageRecord& image, const engine::OperatingPoint& point) {
    if (!image.failure.isEmpty()) return engine::Verdict::Error;
    if (!image.isScored()) return engine::Verdict::None;
    return engine::verdictOf(image.score, point);
}

bool isDisagreement(engine::Label label, engine::Verdict verdict) {
    return (label == engine::Label::Good && verdict == engine::Verdict::Fail) ||
           (label == engine::Label::Defect && verdict == engine::Verdict::Pass);
}

namespace {

// A failure outweighs a score that is left from before.
bool counts(const ImageRecord& image) {
    return image.isScored() && image.failure.isEmpty();
}

}  // namespace

ScoreIndex::ScoreIndex(const std::vector<ImageRecord>& images) : m_images(images) {
    update({});
}

void ScoreIndex::update(std::span<const int> rows) {
    std::vector<ScoredRow> fresh;
    const auto take = [&](int row) {
        const ImageRecord& image = m_images[static_cast<std::size_t>(row)];
        if (counts(image)) fresh.push_back({image.score, row});
    };
    if (rows.empty()) {
        m_rows.clear();
        for (int row = 0; row < static_cast<int>(m_images.size()); ++row) take(row);
    } else {
        std::vector<std::uint8_t> changed(m_images.size(), 0);
        for (const int row : rows) {
            if (changed[static_cast<std::size_t>(row)] != 0) continue;
            changed[static_cast<std::size_t>(row)] = 1;
            take(row);
        }
        std::erase_if(m_rows, [&](const ScoredRow& s) { return changed[static_cast<std::size_t>(s.row)] != 0; });
    }
    std::sort(fresh.begin(), fresh.end());
    const auto middle = m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    std::inplace_merge(m_rows.begin(), middle, m_rows.end());
}

std::vector<int> ScoreIndex::judgedAnew(const engine::OperatingPoint& before,
                                        const engine::OperatingPoint& after) const {
    const auto position = [&](double cut) {
        return std::lower_bound(m_rows.begin(), m_rows.end(), cut,
                                [](const ScoredRow& s, double value) { return s.score < value; }) -
               m_rows.begin();
    };
    std::vector<std::ptrdiff_t> edges{0, static_cast<std::ptrdiff_t>(m_rows.size())};
    for (const auto* point : {&before, &after})
        for (const auto& cut : {point->review, point->fail})
            if (cut) edges.push_back(position(*cut));
    std::sort(edges.begin(), edges.end());

    std::vector<int> changed;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        const auto from = static_cast<std::size_t>(edges[i]);
        const auto to = static_cast<std::size_t>(edges[i + 1]);
        if (from == to) continue;
        const double score = m_rows[from].score;  // no cut lies inside: one verdict for all of them
        if (engine::verdictOf(score, before) == engine::verdictOf(score, after)) continue;
        for (std::size_t j = from; j < to; ++j) changed.push_back(m_rows[j].row);
    }
    return changed;
}

void VerdictTally::rebuild(const std::vector<ImageRecord>& images, const ScoreIndex& index,
                           std::span<const std::uint8_t> matches) {
    for (auto& scores : m_scores) scores.clear();
    m_unscored = m_errors = 0;
    for (std::size_t row = 0; row < images.size(); ++row) {
        if (matches[row] == 0) continue;
        if (!images[row].failure.isEmpty())
            ++m_errors;
        else if (!images[row].isScored())
            ++m_unscored;
    }
    for (const ScoredRow& scored : index.rows()) {
        const auto row = static_cast<std::size_t>(scored.row);
        if (matches[row] != 0) m_scores[static_cast<std::size_t>(images[row].label)].push_back(scored.score);
    }
}

ListCounts VerdictTally::at(const engine::OperatingPoint& point) const {
    ListCounts counts;
    counts.error = m_errors;
    counts.none = m_unscored;
    for (std::size_t label = 0; label < m_scores.size(); ++label) {
        const auto& scores = m_scores[label];
        const int scored = static_cast<int>(scores.size());
        if (!point.fail) {
            counts.none += scored;
            continue;
        }
        const auto below = [&](double cut) {
            return static_cast<int>(std::lower_bound(scores.begin(), scores.end(), cut) - scores.begin());
        };
        const int notFailed = below(*point.fail);
        const int passed = point.review ? std::min(notFailed, below(*point.review)) : notFailed;
        counts.pass += passed;
        counts.review += notFailed - passed;
        counts.fail += scored - notFailed;
        if (label == static_cast<std::size_t>(engine::Label::Good)) counts.disagreements += scored - notFailed;
        if (label == static_cast<std::size_t>(engine::Label::Defect)) counts.disagreements += passed;
    }
    counts.all = counts.pass + counts.review + counts.fail + counts.none + counts.error;
    return counts;
}

}  // namespace services
