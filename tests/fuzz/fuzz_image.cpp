// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are either decoded or refused with an Error; nothing else may happen.
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/error.h"
#include "engine/image/decode.h"
#include "engine/image/header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    try {
        // A few bytes may claim, and get, a picture of a gigabyte; that is allowed, but it is slow.
        engine::ByteReader reader(bytes, "fuzz");
        const engine::ImageHeader header = engine::readHeader(reader);
        if (header.width * header.height > 1 << 20) return 0;
        engine::decodeImage(bytes, "fuzz");
    } catch (const engine::Error&) {
    }
    return 0;
}
