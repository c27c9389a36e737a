// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are either read or refused with an Error; nothing else may happen.
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/backbone/tensor_file.h"
#include "engine/core/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        engine::readPth(std::as_bytes(std::span(data, size)), "fuzz.pth");
    } catch (const engine::Error&) {
    }
    return 0;
}
