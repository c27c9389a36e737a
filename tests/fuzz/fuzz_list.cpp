// SPDX-License-Identifier: GPL-3.0-or-later
// Any text is either a list or refused with an Error; nothing else may happen.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/core/error.h"
#include "engine/dataset/image_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        engine::parseImageList({reinterpret_cast<const char*>(data), size}, "fuzz.csv");
    } catch (const engine::Error&) {
    }
    return 0;
}
