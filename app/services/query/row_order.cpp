// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/query/row_order.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace services {

namespace {

bool isDigit(QChar c) {
    return c >= u'0' && c <= u'9';
}

// The digits from `place` on, without leading zeros; `place` moves behind them.
QStringView numberAt(QStringView text, qsizetype& place) {
    while (place < text.size() && text[place] == u'0') ++place;
    const qsizetype first = place;
    while (place < text.size() && isDigit(text[place])) ++place;
    return text.mid(first, place - first);
}

}  // namespace

int compareNaturally(QStringView a, QStringView b) {
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const QStringView left = numberAt(a, i);
            const QStringView right = numberAt(b, j);
            if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
            if (const int order = left.compare(right); order != 0) return order;
        } else if (a[i] != b[j]) {
            return a[i] < b[j] ? -1 : 1;
        } else {
            ++i;
            ++j;
        }
    }
    return static_cast<int>(i < a.size()) - static_cast<int>(j < b.size());
}

RowOrder::RowOrder(const std::vector<ImageRecord>& images) : m_images(images), m_byName(images.size()) {
    m_folded.reserve(images.size());
    for (const ImageRecord& image : images) m_folded.push_back(image.name.toCaseFolded());
    std::iota(m_byName.begin(), m_byName.end(), 0);
    const auto before = [this](int a, int b) {
        const int order = compareNaturally(foldedName(a), foldedName(b));
        return order != 0 ? order < 0 : a < b;
    };
    // Images come in byte order, which is this one already wherever numbers are padded.
    if (!std::is_sorted(m_byName.begin(), m_byName.end(), before)) std::sort(m_byName.begin(), m_byName.end(), before);
}

std::vector<int> RowOrder::ordered(const ImageOrder& order, const ScoreIndex& scores) const {
    if (order.key == OrderKey::Score) return byScore(order.descending, scores);
    if (order.key == OrderKey::DefectType) return byDefectType(order.descending);
    std::vector<int> rows;
    switch (order.key) {
        case OrderKey::Date:
            rows = byDate();
            break;
        case OrderKey::Split:
            rows = byGroup([](const ImageRecord& image) { return image.split; });
            break;
        case OrderKey::Label:
            rows = byGroup([](const ImageRecord& image) { return std::pair(image.label, image.defectType); });
            break;
        default:
            rows = m_byName;
    }
    if (order.descending) std::reverse(rows.begin(), rows.end());
    return rows;
}

std::vector<int> RowOrder::byScore(bool descending, const ScoreIndex& scores) const {
    std::vector<int> rows;
    rows.reserve(m_images.size());
    for (const ScoredRow& scored : scores.rows()) rows.push_back(scored.row);
    if (descending) std::reverse(rows.begin(), rows.end());
    for (const int row : m_byName) {
        const ImageRecord& image = m_images[static_cast<std::size_t>(row)];
        if (!image.isScored() || !image.failure.isEmpty()) rows.push_back(row);
    }
    return rows;
}

const std::vector<int>& RowOrder::byDate() const {
    if (m_byDate.size() == m_byName.size()) return m_byDate;
    m_byDate = m_byName;
    std::stable_sort(m_byDate.begin(), m_byDate.end(), [this](int a, int b) {
        return m_images[static_cast<std::size_t>(a)].file.modifiedMs <
               m_images[static_cast<std::size_t>(b)].file.modifiedMs;
    });
    return m_byDate;
}

template <typename Key>
std::vector<int> RowOrder::byGroup(Key key) const {
    std::map<std::invoke_result_t<Key, const ImageRecord&>, std::vector<int>> groups;
    for (const int row : m_byName) groups[key(m_images[static_cast<std::size_t>(row)])].push_back(row);
    std::vector<int> rows;
    rows.reserve(m_images.size());
    for (const auto& group : groups) rows.insert(rows.end(), group.second.begin(), group.second.end());
    return rows;
}

std::vector<int> RowOrder::byDefectType(bool descending) const {
    std::vector<int> rows = byGroup([](const ImageRecord& image) { return image.defectType; });
    const auto typed = std::find_if(rows.begin(), rows.end(), [this](int row) {
        return !m_images[static_cast<std::size_t>(row)].defectType.isEmpty();
    });
    const auto untyped = std::rotate(rows.begin(), typed, rows.end());
    if (descending) std::reverse(rows.begin(), untyped);
    return rows;
}

}  // namespace services
