// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

// Image files made in memory, also of kinds that no encoder at hand writes.
namespace test {

using Bytes = std::vector<std::uint8_t>;

// Encoded by OpenCV; extension such as ".png".
Bytes encoded(const cv::Mat& pixels, const std::string& extension);
void writeFile(const std::filesystem::path& path, const Bytes& bytes);
void append(Bytes& to, const Bytes& more);
Bytes bytesOf(const std::string& text);

// By the program's own decoder, and whether two pictures are the same in size, type and every pixel.
cv::Mat decoded(const Bytes& bytes);
bool equal(const cv::Mat& a, const cv::Mat& b);

// An EXIF block (TIFF structure, without prefix) that holds only an orientation.
Bytes exifBlock(int orientation, bool bigEndian);
Bytes jpegWithExif(const Bytes& jpeg, int orientation, bool bigEndian = true);
// A chunk put behind IHDR.
Bytes pngWithChunk(const Bytes& png, const std::string& type, const Bytes& data);
Bytes pngWithExif(const Bytes& png, int orientation);
Bytes pngWithExifBehindPixels(const Bytes& png, int orientation);
// A simple WebP made an extended one with an EXIF chunk.
Bytes webpWithExif(const Bytes& webp, int width, int height, int orientation);

// A baseline JPEG of one 8 x 8 block a component, every sample of component c at levels[c]; four components, or one.
Bytes flatJpeg(const std::vector<int>& levels, bool adobeMarker);

// An uncompressed, one-strip TIFF.
struct Tiff {
    int width = 0;
    int height = 0;
    int bits = 8;
    int samples = 1;
    int photometric = 1;
    int sampleFormat = 1;
    int orientation = 0;  // 0: no tag
    bool bigEndian = false;
    Bytes pixels;
    Bytes palette;  // as stored: 3 * 2^bits values of 16 bit
};
Bytes tiffBytes(const Tiff& tiff);

}  // namespace test
