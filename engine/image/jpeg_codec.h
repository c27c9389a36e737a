// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include <opencv2/core/mat.hpp>

#include "engine/image/byte_reader.h"
#include "engine/image/header.h"

namespace engine {

// The pixels of a JPEG as stored, before orientation: CV_8UC1 or CV_8UC3 (BGR; CMYK is converted). Calls libjpeg
// itself, for OpenCV decodes the same pixels but takes what libjpeg finds damaged for a warning, prints it, and goes on
// with a gray rest. A JPEG has no checksum, though: damage after which as many blocks are found as there should be
// passes. Throws Error{Corrupt | OutOfMemory} and cv::Exception when the memory does not suffice for the picture.
cv::Mat decodeJpegPixels(std::span<const std::byte> file, const ImageHeader& header, const ByteReader& bytes,
                         const std::filesystem::path& name);

}  // namespace engine
