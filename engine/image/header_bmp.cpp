// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/image/header.h"

namespace engine {

namespace {

struct BmpFields {
    std::uint32_t pixelsAt = 0;
    std::int64_t width = 0;
    std::int64_t height = 0;
    unsigned bits = 0;
    std::uint32_t compression = 0;
};

enum Compression : std::uint32_t { Plain = 0, Rle8 = 1, Rle4 = 2, BitFields = 3 };

BmpFields readFields(ByteReader& bytes) {
    BmpFields fields;
    fields.pixelsAt = bytes.le32(10);
    const std::uint32_t headerSize = bytes.le32(14);
    if (headerSize == 12) {
        fields.width = bytes.le16(18);
        fields.height = bytes.le16(20);
        fields.bits = bytes.le16(24);
    } else if (headerSize >= 36 && headerSize <= 1024) {
        fields.width = static_cast<std::int32_t>(bytes.le32(18));
        // A negative height means that the top row comes first.
        fields.height = std::llabs(static_cast<std::int32_t>(bytes.le32(22)));
        fields.bits = bytes.le16(28);
        fields.compression = bytes.le32(30);
    } else {
        bytes.unsupported("a BMP of an unknown version");
    }
    const bool plain = fields.compression == Plain && (fields.bits == 1 || fields.bits == 4 || fields.bits == 8 ||
                                                       fields.bits == 16 || fields.bits == 24 || fields.bits == 32);
    const bool packed = (fields.compression == Rle8 && fields.bits == 8) ||
                        (fields.compression == Rle4 && fields.bits == 4) ||
                        (fields.compression == BitFields && (fields.bits == 16 || fields.bits == 32));
    if (!plain && !packed) bytes.unsupported("a BMP with an unusual pixel type");
    if (fields.width < 0) bytes.corrupt("its size is negative");
    return fields;
}

// True when the run-length code reaches its end-of-bitmap mark.
bool runsEnd(ByteReader& bytes, std::uint64_t at, bool fourBits) {
    while (at + 2 <= bytes.size()) {
        const unsigned count = bytes.u8(at);
        const unsigned code = bytes.u8(at + 1);
        at += 2;
        if (count != 0) continue;
        if (code == 1) return true;
        if (code == 2) {
            at += 2;
        } else if (code > 2) {
            const unsigned stored = fourBits ? (code + 1) / 2 : code;
            at += stored + stored % 2;
        }
    }
    return false;
}

}  // namespace

ImageHeader readBmpHeader(ByteReader& bytes) {
    const BmpFields fields = readFields(bytes);
    ImageHeader header;
    header.format = ImageFormat::Bmp;
    header.width = fields.width;
    header.height = fields.height;
    return header;
}

void requireWholeBmp(std::span<const std::byte> file, ByteReader& bytes) {
    const BmpFields fields = readFields(bytes);
    if (fields.compression == Rle8 || fields.compression == Rle4) {
        if (!runsEnd(bytes, fields.pixelsAt, fields.compression == Rle4)) bytes.truncated();
        return;
    }
    const std::int64_t rowBytes = (fields.width * fields.bits + 31) / 32 * 4;
    const auto needed = static_cast<std::uint64_t>(rowBytes * fields.height);
    if (fields.pixelsAt > file.size() || needed > file.size() - fields.pixelsAt) bytes.truncated();
}

}  // namespace engine
