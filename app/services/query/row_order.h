// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "app/services/project/image_record.h"
#include "app/services/query/image_filter.h"
#include "app/services/query/score_index.h"

namespace services {

// Folded names as people count: "part 9" is less than "part 10". Negative, 0 or positive.
int compareNaturally(QStringView a, QStringView b);

// All rows of a project in any order. What cannot change (names, dates) is sorted once.
class RowOrder {
public:
    explicit RowOrder(const std::vector<ImageRecord>& images);

    const QString& foldedName(int row) const { return m_folded[static_cast<std::size_t>(row)]; }
    std::vector<int> ordered(const ImageOrder& order, const ScoreIndex& scores) const;

private:
    std::vector<int> byScore(bool descending, const ScoreIndex& scores) const;
    const std::vector<int>& byDate() const;
    // Rows of one group in order of name, groups in the order of their keys.
    template <typename Key>
    std::vector<int> byGroup(Key key) const;
    std::vector<int> byDefectType(bool descending) const;

    const std::vector<ImageRecord>& m_images;
    std::vector<QString> m_folded;
    std::vector<int> m_byName;
    mutable std::vector<int> m_byDate;
};

}  // namespace services
