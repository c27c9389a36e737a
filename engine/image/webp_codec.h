// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include <opencv2/core/mat.hpp>

#include "engine/image/byte_reader.h"
#include "engine/image/header.h"

namespace engine {

// The pixels of a WebP as stored, before orientation: CV_8UC3 (BGR), alpha dropped. Calls libwebp itself: a damaged
// file that OpenCV does not take for a WebP goes, by way of a temporary file, to whatever else it was built with.
// Throws Error{Corrupt} and cv::Exception when the memory does not suffice for the picture.
cv::Mat decodeWebpPixels(std::span<const std::byte> file, const ImageHeader& header, const ByteReader& bytes);

}  // namespace engine
