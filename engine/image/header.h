// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/image/byte_reader.h"

namespace engine {

enum class ImageFormat { Png, Jpeg, Bmp, Tiff, Webp };

// What the file itself says, before anything is decoded. Width and height are as stored, before orientation.
struct ImageHeader {
    ImageFormat format = ImageFormat::Png;
    std::int64_t width = 0;
    std::int64_t height = 0;
    bool is16Bit = false;
    bool isGray = false;
    bool isCmyk = false;              // JPEG
    int orientation = 1;              // EXIF, 1 to 8
    bool whiteIsZero = false;         // TIFF
    std::uint64_t orientationAt = 0;  // TIFF: the lowest byte of the tag's value; 0 if there is none
};

// Throws Error{Unsupported | Corrupt}: another format, a kind that cannot be decoded, a size that is zero or too large.
ImageHeader readHeader(ByteReader& bytes);

// Throws Error{Corrupt} when the file ends before its picture does. The library below decodes such files, with a gray
// or black rest, and reports nothing.
void requireWhole(std::span<const std::byte> file, const ImageHeader& header, ByteReader& bytes);

// The parsers of the formats. `bytes` starts with the right magic.
ImageHeader readPngHeader(ByteReader& bytes);
ImageHeader readJpegHeader(ByteReader& bytes);
ImageHeader readBmpHeader(ByteReader& bytes);
ImageHeader readTiffHeader(ByteReader& bytes);
ImageHeader readWebpHeader(ByteReader& bytes);
void requireWholePng(std::span<const std::byte> file, ByteReader& bytes);
void requireWholeJpeg(std::span<const std::byte> file, ByteReader& bytes);
void requireWholeBmp(std::span<const std::byte> file, ByteReader& bytes);
void requireWholeTiff(ByteReader& bytes);

// A PNG may give its orientation behind its pixels. Looking for it means walking over all of its chunks, which
// readHeader spares those who only want to know whether a file is worth reading.
int orientationBehindPixels(ByteReader& bytes, const ImageHeader& header);

// The orientation in an EXIF block (a TIFF structure) at `offset`; 1 when there is none or the block is damaged, for
// bad metadata does not make bad pixels.
int exifOrientation(ByteReader& bytes, std::uint64_t offset, std::uint64_t length);

}  // namespace engine
