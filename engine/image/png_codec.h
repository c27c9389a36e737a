// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include <opencv2/core/mat.hpp>

#include "engine/image/byte_reader.h"
#include "engine/image/header.h"

namespace engine {

// The pixels of a PNG as stored, before orientation: CV_8U or CV_16U, one channel or three (BGR), alpha dropped. Calls
// libpng itself, for under OpenCV it prints what it thinks of a file to standard error. requireWholePng has checked the
// sums. Throws Error{Corrupt | OutOfMemory} and cv::Exception when the memory does not suffice for the picture.
cv::Mat decodePngPixels(std::span<const std::byte> file, const ImageHeader& header, const ByteReader& bytes);

}  // namespace engine
