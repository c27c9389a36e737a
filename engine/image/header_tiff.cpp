// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/core/error.h"
#include "engine/image/header.h"
#include "engine/image/tiff_directory.h"

namespace engine {

namespace {

enum Tag : unsigned {
    Width = 256,
    Height = 257,
    BitsPerSample = 258,
    Photometric = 262,
    StripOffsets = 273,
    Orientation = 274,
    SamplesPerPixel = 277,
    StripByteCounts = 279,
    PlanarConfiguration = 284,
    TileOffsets = 324,
    TileByteCounts = 325,
    SampleFormat = 339,
};

enum PhotometricKind : std::uint64_t { WhiteIsZero = 0, BlackIsZero = 1, Rgb = 2, Palette = 3, Mask = 4, Cmyk = 5 };

int orientationOf(const TiffDirectory& directory) {
    const std::uint64_t value = directory.value(Orientation, 1);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
}

void requireDecodable(const TiffDirectory& directory, ByteReader& bytes) {
    const std::uint64_t bits = directory.value(BitsPerSample, 1);
    const std::uint64_t kind = directory.value(Photometric, BlackIsZero);
    const std::uint64_t format = directory.value(SampleFormat, 1);
    const std::uint64_t samples = directory.value(SamplesPerPixel, 1);
    if (format == 3) bytes.unsupported("a floating-point TIFF");
    if (format != 1 && format != 4) bytes.unsupported("a TIFF of signed or complex numbers");
    if (bits != 1 && bits != 4 && bits != 8 && bits != 16)
        bytes.unsupported("a TIFF with " + std::to_string(bits) + " bits a channel");
    if (samples < 1 || samples > 4) bytes.unsupported("a TIFF with " + std::to_string(samples) + " channels");
    if (bits == 16 && kind == Cmyk) bytes.unsupported("a CMYK TIFF with 16 bits a channel");
    if (bits == 16 && kind > Rgb) bytes.unsupported("a 16-bit TIFF that is neither gray nor RGB");
    if (bits == 16 && samples > 1 && directory.value(PlanarConfiguration, 1) != 1)
        bytes.unsupported("a 16-bit TIFF with its channels stored apart");
}

}  // namespace

ImageHeader readTiffHeader(ByteReader& bytes) {
    const TiffDirectory directory(bytes, 0);
    if (!directory.has(Width) || !directory.has(Height)) bytes.corrupt("the TIFF gives no size");
    requireDecodable(directory, bytes);
    const std::uint64_t kind = directory.value(Photometric, BlackIsZero);
    ImageHeader header;
    header.format = ImageFormat::Tiff;
    constexpr std::uint64_t enough = std::uint64_t{1} << 31;
    header.width = static_cast<std::int64_t>(std::min(directory.value(Width, 0), enough));
    header.height = static_cast<std::int64_t>(std::min(directory.value(Height, 0), enough));
    header.is16Bit = directory.value(BitsPerSample, 1) == 16;
    header.isGray = kind <= BlackIsZero || kind == Mask;
    header.whiteIsZero = kind == WhiteIsZero;
    header.orientation = orientationOf(directory);
    header.orientationAt = directory.lowByteAt(Orientation);
    return header;
}

void requireWholeTiff(ByteReader& bytes) {
    const TiffDirectory directory(bytes, 0);
    const bool tiled = directory.has(TileOffsets);
    const unsigned offsets = tiled ? TileOffsets : StripOffsets;
    const unsigned counts = tiled ? TileByteCounts : StripByteCounts;
    const std::uint64_t parts = directory.count(offsets);
    if (!directory.isWhole()) bytes.truncated();
    if (parts == 0) bytes.corrupt("the TIFF holds no pixels");
    if (directory.has(counts) && directory.count(counts) < parts) bytes.corrupt("the TIFF's strips are not all there");
    for (std::uint64_t i = 0; i < parts; ++i) {
        const std::uint64_t at = directory.value(offsets, 0, i);
        const std::uint64_t length = directory.value(counts, 0, i);
        if (at > bytes.size() || length > bytes.size() - at) bytes.truncated();
    }
}

int exifOrientation(ByteReader& bytes, std::uint64_t offset, std::uint64_t length) {
    if (length < 8 || offset > bytes.size() || length > bytes.size() - offset) return 1;
    try {
        return orientationOf(TiffDirectory(bytes, offset));
    } catch (const Error&) {
        return 1;
    }
}

}  // namespace engine
