// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "engine/image/image.h"

namespace engine {

// Refused before anything is allocated when a header claims more. 400 megapixels.
inline constexpr std::int64_t maxImagePixels = 400'000'000;

// What the header of a file says, upright; nothing is decoded.
struct ImageInfo {
    int width = 0;
    int height = 0;
    bool is16Bit = false;
};

// The only decoder of the program: what people see is what is scored. PNG, JPEG, BMP, TIFF (first page) and WebP,
// told by their first bytes and not by their names; 8 and 16 bit; gray, RGB, RGBA, palette, CMYK (converted to RGB).
// EXIF orientation is honoured for every format and depth. `name` is used in messages. Throws Error: NotFound,
// Unreadable (permissions, a folder), Corrupt (empty, truncated, damaged), Unsupported (another format, more than
// maxImagePixels).
Image decodeImage(const std::filesystem::path& path);
Image decodeImage(std::span<const std::byte> bytes, const std::filesystem::path& name);

// Same errors as decodeImage, as far as a header can tell.
ImageInfo probeImage(const std::filesystem::path& path);

// A mask: nonzero is marked. CV_8UC1 with 0 and 255. Throws as decodeImage.
cv::Mat decodeMask(const std::filesystem::path& path);

// True for the file name endings that the decoder reads (case-insensitive).
bool hasImageExtension(const std::filesystem::path& path);

}  // namespace engine
