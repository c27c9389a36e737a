// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "engine/image/header.h"

namespace engine {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t firstRiffChunk = 12;
constexpr unsigned animationFlag = 0x02;
constexpr unsigned exifFlag = 0x08;

int findOrientation(ByteReader& bytes, std::uint64_t end) {
    for (std::uint64_t at = firstRiffChunk; at + 8 <= end;) {
        const std::uint64_t length = bytes.le32(at + 4);
        if (bytes.has(at, "EXIF"sv)) {
            // Some writers copy the prefix that EXIF has in a JPEG.
            const std::uint64_t prefix = bytes.has(at + 8, "Exif\0\0"sv) && length > 6 ? 6 : 0;
            return exifOrientation(bytes, at + 8 + prefix, length - prefix);
        }
        at += 8 + length + length % 2;
    }
    return 1;
}

}  // namespace

ImageHeader readWebpHeader(ByteReader& bytes) {
    ImageHeader header;
    header.format = ImageFormat::Webp;
    const std::uint64_t end = std::uint64_t{bytes.le32(4)} + 8;
    if (end > bytes.size()) bytes.truncated();
    const std::uint64_t data = firstRiffChunk + 8;
    if (bytes.has(firstRiffChunk, "VP8X"sv)) {
        const unsigned flags = bytes.u8(data);
        if ((flags & animationFlag) != 0) bytes.unsupported("an animated WebP");
        header.width = static_cast<std::int64_t>(bytes.number(data + 4, 3, ByteOrder::Little)) + 1;
        header.height = static_cast<std::int64_t>(bytes.number(data + 7, 3, ByteOrder::Little)) + 1;
        if ((flags & exifFlag) != 0) header.orientation = findOrientation(bytes, end);
    } else if (bytes.has(firstRiffChunk, "VP8L"sv)) {
        const std::uint32_t sides = bytes.le32(data + 1);
        header.width = (sides & 0x3fffU) + 1;
        header.height = (sides >> 14 & 0x3fffU) + 1;
    } else if (bytes.has(firstRiffChunk, "VP8 "sv)) {
        header.width = bytes.le16(data + 6) & 0x3fffU;
        header.height = bytes.le16(data + 8) & 0x3fffU;
    } else {
        bytes.corrupt("the WebP holds no picture");
    }
    return header;
}

}  // namespace engine
