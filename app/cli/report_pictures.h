// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/services/html_report.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"

namespace cli {

// Chooses, while a test set is scored, the pictures that a report shows: escapes first, then the highest scores, so
// that fails come before reviews and reviews before passes. Holds no more than it will show.
class ReportPictures {
public:
    static constexpr std::size_t limit = 60;
    static constexpr int longestSidePx = 360;

    explicit ReportPictures(const engine::ModelInfo& info) : m_info(info) {}

    void consider(const engine::ImageItem& item, const engine::ScoredImage& scored);
    // In the order of showing. Empties the collection.
    std::vector<services::ReportPicture> take();

private:
    struct Entry {
        bool escape = false;
        double score = 0;
        services::ReportPicture picture;
    };
    static bool before(const Entry& a, const Entry& b);

    const engine::ModelInfo& m_info;
    std::vector<Entry> m_entries;  // in the order of showing
};

}  // namespace cli
