// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/picture_spool.h"

#include <algorithm>
#include <string>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"

namespace services {

SpooledPicture PictureSpool::add(const cv::Mat& picture) {
    const cv::Mat shown = scaledDown(picture, cv::INTER_AREA);
    std::vector<std::uint8_t> jpeg;
    try {
        cv::imencode(".jpg", shown, jpeg, {cv::IMWRITE_JPEG_QUALITY, 85});
    } catch (const cv::Exception& e) {
        throw engine::Error(engine::ErrorCode::Internal, "a picture of the report cannot be encoded: " + e.err);
    }
    const auto bytes = std::as_bytes(std::span(jpeg));
    return {m_file.append(bytes), static_cast<std::int64_t>(bytes.size()), shown.cols, shown.rows};
}

std::vector<std::byte> PictureSpool::jpeg(const SpooledPicture& picture) const {
    return m_file.read(picture.offset, picture.bytes);
}

cv::Mat scaledDown(const cv::Mat& picture, int interpolation) {
    const int longest = std::max(picture.cols, picture.rows);
    if (longest <= PictureSpool::longestSidePx) return picture;
    const double scale = static_cast<double>(PictureSpool::longestSidePx) / longest;
    const cv::Size size(std::max(1, cvRound(picture.cols * scale)), std::max(1, cvRound(picture.rows * scale)));
    cv::Mat small;
    cv::resize(picture, small, size, 0, 0, interpolation);
    return small;
}

}  // namespace services
