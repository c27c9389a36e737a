// SPDX-License-Identifier: Apache-2.0
#include "engine/image/tiff_check.h"

#include <tiffio.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace engine {

namespace {

// More than OpenCV takes for one strip or tile.
constexpr tmsize_t largestPart = tmsize_t{1} << 31;

struct Memory {
    std::span<const std::byte> bytes;
    std::uint64_t at = 0;
};

tmsize_t readSome(thandle_t handle, void* out, tmsize_t count) {
    auto& memory = *static_cast<Memory*>(handle);
    const std::uint64_t left = memory.bytes.size() - std::min<std::uint64_t>(memory.at, memory.bytes.size());
    const auto taken = std::min<std::uint64_t>(left, static_cast<std::uint64_t>(count));
    if (taken > 0) std::memcpy(out, memory.bytes.data() + memory.at, taken);
    memory.at += taken;
    return static_cast<tmsize_t>(taken);
}

toff_t seekTo(thandle_t handle, toff_t offset, int whence) {
    auto& memory = *static_cast<Memory*>(handle);
    if (whence == SEEK_CUR) offset += memory.at;
    if (whence == SEEK_END) offset += memory.bytes.size();
    memory.at = offset;
    return offset;
}

// A fault is said by the result of the call; nothing is printed.
int keepQuiet(TIFF*, void*, const char*, const char*, va_list) {
    return 1;
}

struct Closer {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
    void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

std::unique_ptr<TIFF, Closer> open(Memory& memory) {
    const std::unique_ptr<TIFFOpenOptions, Closer> options(TIFFOpenOptionsAlloc());
    if (!options) return nullptr;
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keepQuiet, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), keepQuiet, nullptr);
    return std::unique_ptr<TIFF, Closer>(TIFFClientOpenExt(
        "image", "rm", &memory, readSome, [](thandle_t, void*, tmsize_t) { return tmsize_t{0}; }, seekTo,
        [](thandle_t) { return 0; },
        [](thandle_t handle) { return static_cast<toff_t>(static_cast<Memory*>(handle)->bytes.size()); }, nullptr,
        nullptr, options.get()));
}

}  // namespace

bool tiffPixelsAreSound(std::span<const std::byte> file) {
    Memory memory{file};
    const auto tiff = open(memory);
    if (!tiff) return false;
    std::uint16_t compression = COMPRESSION_NONE;
    TIFFGetFieldDefaulted(tiff.get(), TIFFTAG_COMPRESSION, &compression);
    if (compression == COMPRESSION_NONE) return true;
    const bool tiled = TIFFIsTiled(tiff.get()) != 0;
    const tmsize_t size = tiled ? TIFFTileSize(tiff.get()) : TIFFStripSize(tiff.get());
    if (size <= 0 || size > largestPart) return false;
    std::vector<std::byte> part(static_cast<std::size_t>(size));
    const std::uint32_t count = tiled ? TIFFNumberOfTiles(tiff.get()) : TIFFNumberOfStrips(tiff.get());
    for (std::uint32_t i = 0; i < count; ++i) {
        const tmsize_t read = tiled ? TIFFReadEncodedTile(tiff.get(), i, part.data(), size)
                                    : TIFFReadEncodedStrip(tiff.get(), i, part.data(), size);
        if (read < 0) return false;
    }
    return true;
}

}  // namespace engine
