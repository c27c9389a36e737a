// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/report_pictures.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>

#include "app/cli/score_output.h"
#include "engine/core/error.h"
#include "engine/image/decode.h"

namespace cli {

namespace {

cv::Mat scaledDown(const cv::Mat& picture, int interpolation) {
    const int longest = std::max(picture.cols, picture.rows);
    if (longest <= ReportPictures::longestSidePx) return picture;
    const double scale = static_cast<double>(ReportPictures::longestSidePx) / longest;
    const cv::Size size(std::max(1, cvRound(picture.cols * scale)), std::max(1, cvRound(picture.rows * scale)));
    cv::Mat small;
    cv::resize(picture, small, size, 0, 0, interpolation);
    return small;
}

// A mask that cannot be read is a warning of the evaluation; the picture is shown without it.
cv::Mat maskOf(const engine::ImageItem& item) {
    if (item.mask.empty()) return {};
    try {
        return scaledDown(engine::decodeMask(item.mask), cv::INTER_NEAREST);
    } catch (const engine::Error&) {
        return {};
    }
}

}  // namespace

bool ReportPictures::before(const Entry& a, const Entry& b) {
    // The name makes the order total, so that the same set gives the same report.
    return std::tuple(!a.escape, -a.score, a.picture.name) < std::tuple(!b.escape, -b.score, b.picture.name);
}

void ReportPictures::consider(const engine::ImageItem& item, const engine::ScoredImage& scored) {
    if (!scored.prediction) return;
    const auto& prediction = *scored.prediction;
    const auto verdict = engine::verdictOf(prediction.score, m_info.operatingPoint);
    Entry entry;
    entry.escape = item.label == engine::Label::Defect && verdict == engine::Verdict::Pass;
    entry.score = prediction.score;
    entry.picture.name = item.name;
    const auto place = std::upper_bound(m_entries.begin(), m_entries.end(), entry, before);
    if (place - m_entries.begin() >= static_cast<std::ptrdiff_t>(limit)) return;

    const double low = m_info.input.sixteenBitLow;
    const double high = m_info.input.sixteenBitHigh;
    entry.picture.original = scaledDown(services::displayImage(*scored.image, low, high), cv::INTER_AREA);
    if (!prediction.map.empty())
        entry.picture.overlay = scaledDown(
            services::paintOverlay(*scored.image, prediction.map, overlayStyle(m_info), low, high), cv::INTER_AREA);
    entry.picture.mask = maskOf(item);
    m_entries.insert(place, std::move(entry));
    if (m_entries.size() > limit) m_entries.pop_back();
}

std::vector<services::ReportPicture> ReportPictures::take() {
    std::vector<services::ReportPicture> pictures;
    for (auto& entry : m_entries) pictures.push_back(std::move(entry.picture));
    m_entries.clear();
    return pictures;
}

}  // namespace cli
