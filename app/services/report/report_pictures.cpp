// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/report_pictures.h"

#include <vector>

#include <opencv2/imgproc.hpp>

#include "app/services/overlay.h"
#include "engine/core/error.h"
#include "engine/image/decode.h"

namespace services {

namespace {

// A mask that cannot be read is a warning of the evaluation; the picture is shown without it.
cv::Mat maskOf(const engine::ImageItem& item) {
    if (item.mask.empty()) return {};
    try {
        return scaledDown(engine::decodeMask(item.mask), cv::INTER_NEAREST);
    } catch (const engine::Error&) {
        return {};
    }
}

// The contour is as wide in a small picture as in a large one, so both are shrunk before it is painted.
cv::Mat overlayOf(const engine::Image& image, const engine::Prediction& prediction, const engine::ModelInfo& info) {
    const cv::Mat small = scaledDown(image.pixels, cv::INTER_AREA);
    cv::Mat map = prediction.map;
    if (map.size() != small.size()) cv::resize(map, map, small.size(), 0, 0, cv::INTER_AREA);
    return paintOverlay(engine::Image{small}, map, overlayStyle(info), info.input.sixteenBitLow,
                        info.input.sixteenBitHigh);
}

}  // namespace

bool isAlwaysShown(engine::Label label, engine::Verdict verdict) {
    const bool passes = verdict == engine::Verdict::Pass || verdict == engine::Verdict::None;
    const bool escape = label == engine::Label::Defect && verdict == engine::Verdict::Pass;
    return !passes || escape;
}

ReportPictures::ReportPictures(const engine::ModelInfo& info, std::shared_ptr<PictureSpool> spool)
    : m_info(info), m_spool(spool ? std::move(spool) : std::make_shared<PictureSpool>()) {}

void ReportPictures::consider(const engine::ImageItem& item, const engine::ScoredImage& scored) {
    if (!scored.prediction) return;
    const double score = scored.prediction->score;
    const auto verdict = engine::verdictOf(score, m_info.operatingPoint);
    if (!isAlwaysShown(item.label, verdict)) {
        const Rank rank(-score, item.name);
        if (m_passes.size() == worstPasses) {
            const auto least = std::prev(m_passes.end());
            if (!(rank < *least)) return;
            m_pictures.erase(least->second);
            m_passes.erase(least);
        }
        m_passes.insert(rank);
    }
    keep(item.name, item, scored);
}

void ReportPictures::keep(const std::string& name, const engine::ImageItem& item, const engine::ScoredImage& scored) {
    ReportPicture picture;
    const cv::Mat mask = maskOf(item);
    const engine::Image small{scaledDown(scored.image->pixels, cv::INTER_AREA)};
    const cv::Mat original = displayImage(small, m_info.input.sixteenBitLow, m_info.input.sixteenBitHigh);
    picture.hasMask = !mask.empty() && mask.size() == original.size();
    picture.original = m_spool->add(withMask(original, mask));
    if (!scored.prediction->map.empty())
        picture.overlay = m_spool->add(overlayOf(*scored.image, *scored.prediction, m_info));
    m_pictures[name] = picture;
}

cv::Mat withMask(const cv::Mat& original, const cv::Mat& mask) {
    if (mask.empty() || mask.size() != original.size()) return original;
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(mask, outlines, cv::RETR_LIST, cv::CHAIN_APPROX_NONE);
    cv::Mat drawn = original.clone();
    cv::drawContours(drawn, outlines, -1, cv::Scalar(30, 24, 20), 3, cv::LINE_AA);
    cv::drawContours(drawn, outlines, -1, cv::Scalar(255, 210, 60), 1, cv::LINE_AA);
    return drawn;
}

}  // namespace services
