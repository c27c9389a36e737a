// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "app/services/report/picture_spool.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"

namespace services {

// What the report shows of one image.
struct ReportPicture {
    SpooledPicture original;  // with the defect that a person marked, if there is a mask
    SpooledPicture overlay;   // no bytes: the method has no map
    bool hasMask = false;
};

// Whether an image is shown whatever its score: it fails, is in review, or is a defect that passes.
bool isAlwaysShown(engine::Label label, engine::Verdict verdict);

// Gathers the pictures of a report while a set is scored: every image that fails, is in review, or is a defect that
// passes, and of the rest those with the highest scores. On the disk: memory does not grow with the set.
class ReportPictures {
public:
    static constexpr std::size_t worstPasses = 24;

    // spool: that of other pictures in the same report, or one of its own.
    explicit ReportPictures(const engine::ModelInfo& info, std::shared_ptr<PictureSpool> spool = {});

    // Throws engine::Error{WriteFailed}.
    void consider(const engine::ImageItem& item, const engine::ScoredImage& scored);
    // Whatever its score. `name` is the key in byName().
    void keep(const std::string& name, const engine::ImageItem& item, const engine::ScoredImage& scored);

    const std::map<std::string, ReportPicture>& byName() const { return m_pictures; }
    std::shared_ptr<const PictureSpool> spool() const { return m_spool; }

private:
    using Rank = std::pair<double, std::string>;  // -score, name: a total order, so that one set gives one report

    const engine::ModelInfo& m_info;
    std::shared_ptr<PictureSpool> m_spool;
    std::map<std::string, ReportPicture> m_pictures;
    std::set<Rank> m_passes;
};

// The outline of what a person marked: blue with a dark edge, thinner than the map's contour and of another colour.
cv::Mat withMask(const cv::Mat& original, const cv::Mat& mask);

}  // namespace services
