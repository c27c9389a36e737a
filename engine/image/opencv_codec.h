// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include <opencv2/core/mat.hpp>

#include "engine/image/byte_reader.h"
#include "engine/image/header.h"

namespace engine {

// The one place that calls codecs (OpenCV's for BMP and TIFF) and translates OpenCV's exceptions: the pixels as
// stored, before orientation; CV_8U or CV_16U, one channel (gray) or three (BGR). The file has passed readHeader and
// requireWhole. Throws Error{Corrupt | Unsupported | OutOfMemory}.
cv::Mat decodePixels(std::span<const std::byte> file, const ImageHeader& header, const ByteReader& bytes,
                     const std::filesystem::path& name);

}  // namespace engine
