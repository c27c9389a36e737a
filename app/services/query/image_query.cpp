// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/query/image_query.h"

#include <algorithm>

namespace services {

ImageQuery::ImageQuery(const std::vector<ImageRecord>& images, const engine::OperatingPoint& point)
    : m_images(images),
      m_point(point),
      m_rowOrder(images),
      m_scores(images),
      m_matches(images.size(), 1),
      m_cutMatches(images.size(), 1) {
    m_tally.rebuild(m_images, m_scores, m_matches);
    m_counts = m_tally.at(m_point);
    reorder();
    collect();
}

void ImageQuery::setFilter(const ImageFilter& filter) {
    if (filter == m_filter) return;
    ImageFilter fixed = filter;
    fixed.verdict = m_filter.verdict;
    fixed.disagreementOnly = m_filter.disagreementOnly;
    const bool same = fixed == m_filter;
    m_filter = filter;
    if (!same) {
        m_words = filter.text.toCaseFolded().simplified().split(u' ', Qt::SkipEmptyParts);
        rematch();
    }
    judge();
    collect();
}

void ImageQuery::setOrder(const ImageOrder& order) {
    if (order == m_order) return;
    m_order = order;
    reorder();
    collect();
}

std::vector<int> ImageQuery::setOperatingPoint(const engine::OperatingPoint& point) {
    std::vector<int> changed = m_scores.judgedAnew(m_point, point);
    m_point = point;
    if (changed.empty()) return changed;
    m_counts = m_tally.at(m_point);
    if (m_filter.dependsOnCuts()) {
        for (const int row : changed) m_cutMatches[static_cast<std::size_t>(row)] = matchesCuts(row) ? 1 : 0;
        collect();
    }
    return changed;
}

void ImageQuery::labelsChanged() {
    rematch();
    judge();
    if (m_order.key == OrderKey::Label || m_order.key == OrderKey::DefectType) reorder();
    collect();
}

void ImageQuery::scoresChanged(std::span<const int> rows) {
    m_scores.update(rows);
    rematch();
    judge();
    if (m_order.key == OrderKey::Score) reorder();
    collect();
}

int ImageQuery::positionOfOrAfter(int row) const {
    const int rank = m_ranks[static_cast<std::size_t>(row)];
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), rank, [this](int listed, int value) {
        return m_ranks[static_cast<std::size_t>(listed)] < value;
    });
    return static_cast<int>(found - m_rows.begin());
}

int ImageQuery::positionOf(int row) const {
    if (row < 0 || row >= static_cast<int>(m_ranks.size())) return -1;
    const int position = positionOfOrAfter(row);
    return position < static_cast<int>(m_rows.size()) && m_rows[static_cast<std::size_t>(position)] == row ? position
                                                                                                           : -1;
}

bool ImageQuery::isBefore(int row, int other) const {
    return m_ranks[static_cast<std::size_t>(row)] < m_ranks[static_cast<std::size_t>(other)];
}

engine::Verdict ImageQuery::verdictOf(int row) const {
    return services::verdictOf(m_images[static_cast<std::size_t>(row)], m_point);
}

bool ImageQuery::disagrees(int row) const {
    return isDisagreement(m_images[static_cast<std::size_t>(row)].label, verdictOf(row));
}

bool ImageQuery::matchesFixed(int row) const {
    const ImageRecord& image = m_images[static_cast<std::size_t>(row)];
    if (m_filter.split && image.split != *m_filter.split) return false;
    if (m_filter.label && image.label != *m_filter.label) return false;
    if (m_filter.defectType && (image.label != engine::Label::Defect || image.defectType != *m_filter.defectType))
        return false;
    if (m_filter.scoreFrom && !(image.score >= *m_filter.scoreFrom)) return false;
    if (m_filter.scoreTo && !(image.score <= *m_filter.scoreTo)) return false;
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
        return m_rowOrder.foldedName(row).contains(word) || image.defectType.contains(word, Qt::CaseInsensitive);
    });
}

bool ImageQuery::matchesCuts(int row) const {
    if (m_filter.verdict && verdictOf(row) != *m_filter.verdict) return false;
    return !m_filter.disagreementOnly || disagrees(row);
}

void ImageQuery::rematch() {
    for (std::size_t row = 0; row < m_images.size(); ++row)
        m_matches[row] = matchesFixed(static_cast<int>(row)) ? 1 : 0;
    m_tally.rebuild(m_images, m_scores, m_matches);
    m_counts = m_tally.at(m_point);
}

void ImageQuery::judge() {
    for (std::size_t row = 0; row < m_images.size(); ++row)
        m_cutMatches[row] = !m_filter.dependsOnCuts() || matchesCuts(static_cast<int>(row)) ? 1 : 0;
}

void ImageQuery::reorder() {
    m_all = m_rowOrder.ordered(m_order, m_scores);
    m_ranks.resize(m_all.size());
    for (std::size_t i = 0; i < m_all.size(); ++i) m_ranks[static_cast<std::size_t>(m_all[i])] = static_cast<int>(i);
}

void ImageQuery::collect() {
    m_rows.clear();
    for (const int row : m_all)
        if ((m_matches[static_cast<std::size_t>(row)] & m_cutMatches[static_cast<std::size_t>(row)]) != 0)
            m_rows.push_back(row);
}

}  // namespace services
