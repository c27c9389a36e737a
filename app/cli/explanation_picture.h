// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core/mat.hpp>

#include "engine/detector/detector.h"
#include "engine/detector/model.h"

namespace cli {

// The image with the patch boxed, beside its nearest good patches in their training images, each with a title and an
// enlarged piece below. Titles are in plain ASCII, which is all that OpenCV writes. CV_8UC3.
cv::Mat explanationPicture(const engine::Image& image, const engine::Explanation& explanation,
                           const engine::Model& model);

}  // namespace cli
