// SPDX-License-Identifier: Apache-2.0
#include "engine/image/region.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/image/decode.h"

namespace engine {

Region::Region(cv::Mat mask) {
    if (mask.empty() || mask.type() != CV_8UC1)
        throw Error(ErrorCode::InvalidArgument, "a region of interest needs an 8-bit, one-channel mask");
    m_mask = mask != 0;
    if (cv::countNonZero(m_mask) == 0)
        throw Error(ErrorCode::InvalidArgument, "the region of interest marks nothing; mark what is to be inspected");
}

cv::Mat Region::atSize(int width, int height) const {
    if (isEverything()) return cv::Mat(height, width, CV_8UC1, cv::Scalar(255));
    cv::Mat resized;
    // Exact: INTER_NEAREST alone samples the corner of a pixel instead of its centre.
    cv::resize(m_mask, resized, {width, height}, 0, 0, cv::INTER_NEAREST_EXACT);
    return resized;
}

Region readRegion(const std::filesystem::path& path) {
    cv::Mat mask = decodeMask(path);
    if (cv::countNonZero(mask) == 0)
        throw Error(ErrorCode::InvalidArgument, "marks nothing as inside; paint what is to be inspected", path);
    return Region(std::move(mask));
}

Box largestRegionAbove(const cv::Mat& map, double cut) {
    if (map.empty()) return {};
    cv::Mat labels;
    cv::Mat statistics;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(map >= cut, labels, statistics, centroids, 8, CV_32S);
    if (count <= 1) return {};
    int largest = 0;
    for (int label = 1; label < count; ++label)
        largest = std::max(largest, statistics.at<int>(label, cv::CC_STAT_AREA));
    // The order of OpenCV's labels depends on its algorithm; the first pixel met decides a tie.
    for (int y = 0; y < labels.rows; ++y) {
        const int* row = labels.ptr<int>(y);
        for (int x = 0; x < labels.cols; ++x) {
            if (row[x] == 0 || statistics.at<int>(row[x], cv::CC_STAT_AREA) != largest) continue;
            const int* s = statistics.ptr<int>(row[x]);
            return {s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]};
        }
    }
    return {};
}

}  // namespace engine
