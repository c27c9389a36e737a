// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <string_view>

#include "engine/image/header.h"

namespace engine {

namespace {

using namespace std::string_view_literals;

bool standsAlone(unsigned marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

bool isFrame(unsigned marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// The offset of the next marker's code; what stands between segments is passed over, as every reader does.
std::uint64_t nextMarker(ByteReader& bytes, std::uint64_t at) {
    while (bytes.u8(at) != 0xff) ++at;
    while (bytes.u8(at) == 0xff) ++at;
    return at;
}

void readFrame(ByteReader& bytes, std::uint64_t data, unsigned marker, ImageHeader& header) {
    if (marker != 0xc0 && marker != 0xc1 && marker != 0xc2 && marker != 0xc9 && marker != 0xca)
        bytes.unsupported("a lossless or hierarchical JPEG");
    if (bytes.u8(data) != 8) bytes.unsupported("a JPEG with other than 8 bits a channel");
    header.height = bytes.be16(data + 1);
    header.width = bytes.be16(data + 3);
    const unsigned components = bytes.u8(data + 5);
    if (components != 1 && components != 3 && components != 4)
        bytes.unsupported("a JPEG with an unusual number of channels");
    header.isGray = components == 1;
    header.isCmyk = components == 4;
}

}  // namespace

ImageHeader readJpegHeader(ByteReader& bytes) {
    ImageHeader header;
    header.format = ImageFormat::Jpeg;
    bool hasFrame = false;
    bool hasExif = false;
    bool hasAdobe = false;
    for (std::uint64_t at = 2;;) {
        const std::uint64_t code = nextMarker(bytes, at);
        const unsigned marker = bytes.u8(code);
        at = code + 1;
        if (standsAlone(marker)) continue;
        if (marker == 0xd9) bytes.corrupt("the JPEG holds no picture");
        const unsigned length = bytes.be16(at);
        if (length < 2) bytes.corrupt("a JPEG segment has an impossible length");
        if (marker == 0xda) break;
        if (isFrame(marker)) {
            readFrame(bytes, at + 2, marker, header);
            hasFrame = true;
        }
        if (marker == 0xee && bytes.has(at + 2, "Adobe"sv)) hasAdobe = true;
        if (marker == 0xe1 && !hasExif && bytes.has(at + 2, "Exif\0\0"sv)) {
            hasExif = true;
            if (length > 8) header.orientation = exifOrientation(bytes, at + 8, length - 8);
        }
        at += length;
    }
    if (!hasFrame) bytes.corrupt("the JPEG has no frame header");
    // Adobe stores inks inverted and says so; we take every CMYK file to be stored so.
    if (header.isCmyk && !hasAdobe) bytes.unsupported("a CMYK JPEG that does not say how its inks are stored");
    return header;
}

void requireWholeJpeg(std::span<const std::byte> file, ByteReader& bytes) {
    const auto* data = reinterpret_cast<const unsigned char*>(file.data());
    std::size_t at = 2;
    while (at + 1 < file.size()) {
        const auto* found = static_cast<const unsigned char*>(std::memchr(data + at, 0xff, file.size() - 1 - at));
        if (found == nullptr) break;
        at = static_cast<std::size_t>(found - data) + 1;
        const unsigned marker = data[at];
        if (marker == 0xd9) return;
        // 0xff00 is a data byte of the scan; a fill byte may be the start of the next marker.
        if (marker == 0x00 || marker == 0xff) continue;
        ++at;
        if (!standsAlone(marker)) at += bytes.be16(at);
    }
    bytes.truncated();
}

}  // namespace engine
