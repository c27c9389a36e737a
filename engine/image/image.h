// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core/mat.hpp>

namespace engine {

// A decoded picture, upright (EXIF orientation applied). CV_8UC1, CV_8UC3, CV_16UC1 or CV_16UC3; three channels are
// in OpenCV's order, BGR; an alpha channel has been dropped. A production line that has its pixels in memory wraps
// them in a cv::Mat without a copy.
struct Image {
    cv::Mat pixels;

    int width() const { return pixels.cols; }
    int height() const { return pixels.rows; }
    bool isGray() const { return pixels.channels() == 1; }
    bool is16Bit() const { return pixels.depth() == CV_16U; }
};

}  // namespace engine
