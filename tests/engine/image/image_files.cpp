// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/image/image_files.h"

#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <span>

#include "engine/image/decode.h"

namespace test {

namespace {

class Writer {
public:
    explicit Writer(bool bigEndian) : m_big(bigEndian) { bytes.reserve(4096); }
    Bytes bytes;

    void number(std::uint32_t value, int count) {
        for (int i = 0; i < count; ++i)
            bytes.push_back(static_cast<std::uint8_t>(value >> 8 * (m_big ? count - 1 - i : i)));
    }
    void u16(std::uint32_t value) { number(value, 2); }
    void u32(std::uint32_t value) { number(value, 4); }
    void text(const std::string& s) {
        for (const char c : s) bytes.push_back(static_cast<std::uint8_t>(c));
    }
    void tag(std::uint32_t id, std::uint32_t type, std::uint32_t count, std::uint32_t value) {
        u16(id);
        u16(type);
        u32(count);
        if (type == 3 && count == 1) {
            u16(value);
            u16(0);
        } else {
            u32(value);
        }
    }

private:
    bool m_big;
};

// Bit by bit, as the PNG specification's sample code does, so that it shares nothing with the reader under test.
std::uint32_t crc(const Bytes& bytes) {
    std::uint32_t c = 0xffffffffU;
    for (const std::uint8_t b : bytes) {
        c ^= b;
        for (int k = 0; k < 8; ++k) c = (c & 1U) != 0 ? 0xedb88320U ^ (c >> 1) : c >> 1;
    }
    return ~c;
}

void insert(Bytes& to, std::size_t at, const Bytes& more) {
    to.insert(to.begin() + static_cast<std::ptrdiff_t>(at), more.begin(), more.end());
}

}  // namespace

Bytes encoded(const cv::Mat& pixels, const std::string& extension) {
    Bytes bytes;
    cv::imencode(extension, pixels, bytes);
    return bytes;
}

void writeFile(const std::filesystem::path& path, const Bytes& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

void append(Bytes& to, const Bytes& more) {
    for (const std::uint8_t b : more) to.push_back(b);
}

Bytes bytesOf(const std::string& text) {
    return {text.begin(), text.end()};
}

cv::Mat decoded(const Bytes& bytes) {
    return engine::decodeImage(std::as_bytes(std::span(bytes)), "test image").pixels;
}

bool equal(const cv::Mat& a, const cv::Mat& b) {
    return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

Bytes exifBlock(int orientation, bool bigEndian) {
    Writer w(bigEndian);
    w.text(bigEndian ? "MM" : "II");
    w.u16(42);
    w.u32(8);
    w.u16(1);
    w.tag(274, 3, 1, static_cast<std::uint32_t>(orientation));
    w.u32(0);
    return w.bytes;
}

Bytes jpegWithExif(const Bytes& jpeg, int orientation, bool bigEndian) {
    const Bytes exif = exifBlock(orientation, bigEndian);
    Writer w(true);
    w.u16(0xffe1);
    w.u16(static_cast<std::uint32_t>(exif.size() + 8));
    w.text(std::string("Exif\0\0", 6));
    append(w.bytes, exif);
    Bytes result = jpeg;
    insert(result, 2, w.bytes);
    return result;
}

namespace {

Bytes pngWithChunkAt(const Bytes& png, std::size_t at, const std::string& type, const Bytes& data) {
    Bytes named = bytesOf(type);
    append(named, data);
    Writer w(true);
    w.u32(static_cast<std::uint32_t>(data.size()));
    append(w.bytes, named);
    w.u32(crc(named));
    Bytes result = png;
    insert(result, at, w.bytes);
    return result;
}

}  // namespace

Bytes pngWithChunk(const Bytes& png, const std::string& type, const Bytes& data) {
    return pngWithChunkAt(png, 33, type, data);
}

Bytes pngWithExif(const Bytes& png, int orientation) {
    return pngWithChunk(png, "eXIf", exifBlock(orientation, true));
}

Bytes pngWithExifBehindPixels(const Bytes& png, int orientation) {
    return pngWithChunkAt(png, png.size() - 12, "eXIf", exifBlock(orientation, true));
}

Bytes webpWithExif(const Bytes& webp, int width, int height, int orientation) {
    const Bytes exif = exifBlock(orientation, false);
    Writer w(false);
    w.text("RIFF");
    w.u32(static_cast<std::uint32_t>(4 + 18 + (webp.size() - 12) + 8 + exif.size()));
    w.text("WEBPVP8X");
    w.u32(10);
    w.u32(0x08);
    w.number(static_cast<std::uint32_t>(width - 1), 3);
    w.number(static_cast<std::uint32_t>(height - 1), 3);
    w.bytes.insert(w.bytes.end(), webp.begin() + 12, webp.end());
    w.text("EXIF");
    w.u32(static_cast<std::uint32_t>(exif.size()));
    append(w.bytes, exif);
    return w.bytes;
}

// The Huffman tables hold one code each: DC category 8 to 0 by four-bit codes, and AC end-of-block by one bit.
Bytes flatJpeg(const std::vector<int>& levels, bool adobeMarker) {
    const auto count = static_cast<std::uint32_t>(levels.size());
    Writer w(true);
    w.u16(0xffd8);
    if (adobeMarker) {
        w.u16(0xffee);
        w.u16(14);
        w.text("Adobe");
        w.number(100, 2);
        w.u32(0);
        w.number(0, 1);  // no colour transform
    }
    w.u16(0xffdb);
    w.u16(67);
    w.number(0, 1);
    for (int i = 0; i < 64; ++i) w.number(8, 1);  // DC step 8: one step is one level
    w.u16(0xffc0);
    w.u16(8 + 3 * count);
    w.number(8, 1);
    w.u16(8);
    w.u16(8);
    w.number(count, 1);
    for (std::uint32_t c = 0; c < count; ++c) {
        w.number(c + 1, 1);
        w.number(0x11, 1);
        w.number(0, 1);
    }
    w.u16(0xffc4);
    w.u16(19 + 9);
    w.number(0x00, 1);
    for (int length = 1; length <= 16; ++length) w.number(length == 4 ? 9 : 0, 1);
    for (std::uint32_t category = 0; category < 9; ++category) w.number(category, 1);
    w.u16(0xffc4);
    w.u16(19 + 1);
    w.number(0x10, 1);
    for (int length = 1; length <= 16; ++length) w.number(length == 1 ? 1 : 0, 1);
    w.number(0, 1);
    w.u16(0xffda);
    w.u16(6 + 2 * count);
    w.number(count, 1);
    for (std::uint32_t c = 0; c < count; ++c) {
        w.number(c + 1, 1);
        w.number(0, 1);
    }
    w.number(0, 1);
    w.number(63, 1);
    w.number(0, 1);
    std::string bits;
    for (const int level : levels) {
        const int difference = level - 128;
        int category = 0;
        while (std::abs(difference) >> category != 0) ++category;
        const int value = difference >= 0 ? difference : difference + (1 << category) - 1;
        for (int b = 3; b >= 0; --b) bits += (category >> b & 1) != 0 ? '1' : '0';
        for (int b = category - 1; b >= 0; --b) bits += (value >> b & 1) != 0 ? '1' : '0';
        bits += '0';
    }
    while (bits.size() % 8 != 0) bits += '1';
    for (std::size_t i = 0; i < bits.size(); i += 8) {
        const auto byte = static_cast<std::uint32_t>(std::stoi(bits.substr(i, 8), nullptr, 2));
        w.number(byte, 1);
        if (byte == 0xff) w.number(0, 1);
    }
    w.u16(0xffd9);
    return w.bytes;
}

Bytes tiffBytes(const Tiff& tiff) {
    const auto number = [](auto value) { return static_cast<std::uint32_t>(value); };
    std::vector<std::uint32_t> offsets;
    const std::uint32_t tags = 10 + (tiff.orientation != 0 ? 1 : 0) + (tiff.palette.empty() ? 0 : 1);
    const std::uint32_t extrasAt = 8 + 2 + 12 * tags + 4;
    const std::uint32_t paletteAt = extrasAt + 8;
    const std::uint32_t pixelsAt = paletteAt + number(tiff.palette.size());
    Writer w(tiff.bigEndian);
    w.text(tiff.bigEndian ? "MM" : "II");
    w.u16(42);
    w.u32(8);
    w.u16(tags);
    w.tag(256, 4, 1, number(tiff.width));
    w.tag(257, 4, 1, number(tiff.height));
    // More than two 16-bit values do not fit into the entry itself.
    if (tiff.samples > 2)
        w.tag(258, 3, number(tiff.samples), extrasAt);
    else if (tiff.samples == 2) {
        w.u16(258);
        w.u16(3);
        w.u32(2);
        w.u16(number(tiff.bits));
        w.u16(number(tiff.bits));
    } else
        w.tag(258, 3, 1, number(tiff.bits));
    w.tag(259, 3, 1, 1);
    w.tag(262, 3, 1, number(tiff.photometric));
    w.tag(273, 4, 1, pixelsAt);
    if (tiff.orientation != 0) w.tag(274, 3, 1, number(tiff.orientation));
    w.tag(277, 3, 1, number(tiff.samples));
    w.tag(278, 4, 1, number(tiff.height));
    w.tag(279, 4, 1, number(tiff.pixels.size()));
    if (!tiff.palette.empty()) w.tag(320, 3, number(tiff.palette.size() / 2), paletteAt);
    w.tag(339, 3, 1, number(tiff.sampleFormat));
    w.u32(0);
    for (int i = 0; i < 4; ++i) w.u16(number(tiff.bits));
    append(w.bytes, tiff.palette);
    append(w.bytes, tiff.pixels);
    return w.bytes;
}

}  // namespace test
