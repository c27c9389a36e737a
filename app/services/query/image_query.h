// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <cstdint>
#include <span>
#include <vector>

#include "app/services/project/image_record.h"
#include "app/services/query/image_filter.h"
#include "app/services/query/row_order.h"
#include "app/services/query/score_index.h"
#include "engine/metrics/operating_point.h"

namespace services {

// Which images of a project are listed, and in which order. Views hide nothing: what is not here is not theirs.
// A row is an index into the images that it was made of, a position one into rows(). Whoever changes the images says
// so.
class ImageQuery {
public:
    explicit ImageQuery(const std::vector<ImageRecord>& images, const engine::OperatingPoint& point = {});

    const ImageFilter& filter() const { return m_filter; }
    const ImageOrder& order() const { return m_order; }
    void setFilter(const ImageFilter& filter);
    void setOrder(const ImageOrder& order);
    // The rows whose verdict is another one now. Without a filter that depends on the cuts, rows() stays as it is.
    std::vector<int> setOperatingPoint(const engine::OperatingPoint& point);
    void labelsChanged();
    void scoresChanged(std::span<const int> rows);  // empty: all

    const std::vector<int>& rows() const { return m_rows; }
    int positionOf(int row) const;         // -1: not listed
    int positionOfOrAfter(int row) const;  // where it stands, or that of the first listed one behind it; may be size()
    bool isBefore(int row, int other) const;  // in the current order, listed or not
    const engine::OperatingPoint& operatingPoint() const { return m_point; }
    engine::Verdict verdictOf(int row) const;
    bool disagrees(int row) const;
    // Of the images that match everything but the verdict and the disagreement: what choosing either would show.
    const ListCounts& counts() const { return m_counts; }
    const ScoreIndex& scores() const { return m_scores; }

private:
    bool matchesFixed(int row) const;
    bool matchesCuts(int row) const;
    void rematch();
    void judge();
    void reorder();
    void collect();

    const std::vector<ImageRecord>& m_images;
    engine::OperatingPoint m_point;
    ImageFilter m_filter;
    ImageOrder m_order;
    RowOrder m_rowOrder;
    ScoreIndex m_scores;
    VerdictTally m_tally;
    ListCounts m_counts;
    QStringList m_words;                     // of the filter's text, folded
    std::vector<std::uint8_t> m_matches;     // everything but what depends on the cuts
    std::vector<std::uint8_t> m_cutMatches;  // the verdict and the disagreement
    std::vector<int> m_all;                  // all rows in the current order
    std::vector<int> m_ranks;                // where each row is in it
    std::vector<int> m_rows;
};

}  // namespace services
