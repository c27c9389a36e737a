// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core/mat.hpp>

#include "engine/image/preprocess.h"

namespace services {

// The anomaly map of one image as the engine has it before it is brought to the image's size: smooth and small, so that
// it is kept for every image and drawn sharp at any zoom.
struct StoredMap {
    cv::Mat values;               // CV_32FC1, the size of the network's input
    engine::Placement placement;  // input = original * scale + offset, continuous pixel coordinates
    double largest = 0;           // over the image at its own size
};

}  // namespace services
