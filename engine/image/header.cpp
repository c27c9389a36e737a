// SPDX-License-Identifier: Apache-2.0
#include "engine/image/header.h"

#include <string>
#include <string_view>

#include "engine/image/decode.h"

namespace engine {

namespace {

using namespace std::string_view_literals;

// OpenCV refuses longer sides.
constexpr std::int64_t maxSide = 1 << 20;

ImageHeader readByMagic(ByteReader& bytes) {
    if (bytes.has(0, "\x89PNG\r\n\x1a\n"sv)) return readPngHeader(bytes);
    if (bytes.has(0, "\xff\xd8\xff"sv)) return readJpegHeader(bytes);
    if (bytes.has(0, "BM"sv)) return readBmpHeader(bytes);
    if (bytes.has(0, "RIFF"sv) && bytes.has(8, "WEBP"sv)) return readWebpHeader(bytes);
    for (const auto magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})
        if (bytes.has(0, magic)) return readTiffHeader(bytes);
    bytes.unsupported("no PNG, JPEG, BMP, TIFF or WebP image");
}

}  // namespace

ImageHeader readHeader(ByteReader& bytes) {
    const ImageHeader header = readByMagic(bytes);
    if (header.width <= 0 || header.height <= 0) bytes.corrupt("its size is zero");
    if (header.width > maxSide || header.height > maxSide || header.width * header.height > maxImagePixels)
        bytes.unsupported("too large (" + std::to_string(header.width) + " x " + std::to_string(header.height) +
                          "; at most 400 megapixels are read)");
    return header;
}

void requireWhole(std::span<const std::byte> file, const ImageHeader& header, ByteReader& bytes) {
    switch (header.format) {
        case ImageFormat::Png:
            return requireWholePng(file, bytes);
        case ImageFormat::Jpeg:
            return requireWholeJpeg(file, bytes);
        case ImageFormat::Bmp:
            return requireWholeBmp(file, bytes);
        case ImageFormat::Tiff:
            return requireWholeTiff(bytes);
        case ImageFormat::Webp:
            return;  // its header counts the bytes, and readWebpHeader compares
    }
}

}  // namespace engine
