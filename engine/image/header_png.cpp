// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string_view>

#include "engine/image/header.h"

namespace engine {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t firstPngChunk = 8;
constexpr std::uint64_t chunkOverhead = 12;  // length, type and checksum

struct Chunk {
    std::uint64_t at;
    std::uint32_t length;
    std::uint32_t type;

    std::uint64_t data() const { return at + 8; }
    std::uint64_t next() const { return at + chunkOverhead + length; }
};

constexpr std::uint32_t typeCode(const char (&name)[5]) {
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i) code = code << 8 | static_cast<unsigned char>(name[i]);
    return code;
}

Chunk chunkAt(ByteReader& bytes, std::uint64_t at) {
    const Chunk chunk{at, bytes.be32(at), bytes.be32(at + 4)};
    if (chunk.length > 0x7fffffffU) bytes.corrupt("a PNG chunk has an impossible length");
    return chunk;
}

bool shapesPixels(std::uint32_t type) {
    return type == typeCode("IHDR") || type == typeCode("PLTE") || type == typeCode("tRNS") ||
           type == typeCode("IDAT") || type == typeCode("IEND");
}

constexpr auto crcTable = [] {
    std::array<std::array<std::uint32_t, 256>, 4> table{};
    for (std::uint32_t n = 0; n < 256; ++n) {
        std::uint32_t c = n;
        for (int k = 0; k < 8; ++k) c = (c & 1U) != 0 ? 0xedb88320U ^ (c >> 1) : c >> 1;
        table[0][n] = c;
    }
    for (std::size_t slice = 1; slice < 4; ++slice)
        for (std::size_t n = 0; n < 256; ++n)
            table[slice][n] = table[0][table[slice - 1][n] & 0xffU] ^ (table[slice - 1][n] >> 8);
    return table;
}();

// The CRC-32 of the PNG specification, four bytes a step.
std::uint32_t crcOf(std::span<const std::byte> bytes) {
    std::uint32_t crc = 0xffffffffU;
    std::size_t i = 0;
    const auto at = [&](std::size_t k) { return static_cast<std::uint32_t>(bytes[k]); };
    for (; i + 4 <= bytes.size(); i += 4) {
        crc ^= at(i) | at(i + 1) << 8 | at(i + 2) << 16 | at(i + 3) << 24;
        crc = crcTable[3][crc & 0xffU] ^ crcTable[2][crc >> 8 & 0xffU] ^ crcTable[1][crc >> 16 & 0xffU] ^
              crcTable[0][crc >> 24];
    }
    for (; i < bytes.size(); ++i) crc = crcTable[0][(crc ^ at(i)) & 0xffU] ^ (crc >> 8);
    return ~crc;
}

}  // namespace

ImageHeader readPngHeader(ByteReader& bytes) {
    Chunk chunk = chunkAt(bytes, firstPngChunk);
    if (chunk.type != typeCode("IHDR") || chunk.length != 13) bytes.corrupt("the PNG header is missing");
    ImageHeader header;
    header.format = ImageFormat::Png;
    header.width = bytes.be32(chunk.data());
    header.height = bytes.be32(chunk.data() + 4);
    const unsigned bits = bytes.u8(chunk.data() + 8);
    const unsigned colour = bytes.u8(chunk.data() + 9);
    const bool sixteen = bits == 16 && colour != 3;
    const bool small = (bits == 1 || bits == 2 || bits == 4) && (colour == 0 || colour == 3);
    if (colour > 6 || colour == 1 || colour == 5 || !(bits == 8 || sixteen || small))
        bytes.corrupt("the PNG header names an impossible pixel type");
    header.is16Bit = sixteen;
    header.isGray = colour == 0 || colour == 4;
    for (chunk = chunkAt(bytes, chunk.next()); chunk.type != typeCode("IDAT"); chunk = chunkAt(bytes, chunk.next())) {
        if (chunk.type == typeCode("IEND")) bytes.corrupt("the PNG holds no pixels");
        if (chunk.type == typeCode("eXIf")) header.orientation = exifOrientation(bytes, chunk.data(), chunk.length);
    }
    return header;
}

int orientationBehindPixels(ByteReader& bytes, const ImageHeader& header) {
    if (header.format != ImageFormat::Png || header.orientation != 1) return header.orientation;
    std::array<std::byte, chunkOverhead - 4> head;
    for (std::uint64_t at = firstPngChunk; bytes.read(at, head);) {
        const Chunk chunk = chunkAt(bytes, at);
        if (chunk.type == typeCode("IEND")) break;
        if (chunk.type == typeCode("eXIf")) return exifOrientation(bytes, chunk.data(), chunk.length);
        at = chunk.next();
    }
    return header.orientation;
}

void requireWholePng(std::span<const std::byte> file, ByteReader& bytes) {
    for (std::uint64_t at = firstPngChunk;;) {
        const Chunk chunk = chunkAt(bytes, at);
        if (chunk.next() > file.size()) bytes.truncated();
        if (shapesPixels(chunk.type) &&
            crcOf(file.subspan(at + 4, chunk.length + std::size_t{4})) != bytes.be32(chunk.next() - 4))
            bytes.corrupt("a PNG checksum is wrong");
        if (chunk.type == typeCode("IEND")) return;
        at = chunk.next();
    }
}

}  // namespace engine
