// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace engine {

// True when libtiff can decompress every strip or tile of the first page. OpenCV has it go on behind the first fault,
// with a black rest. To be asked after OpenCV has decoded the file, and with that judged its header; uncompressed files
// are sound at once. libtiff verifies no checksum, not even that of deflate, so small damage may pass.
bool tiffPixelsAreSound(std::span<const std::byte> file);

}  // namespace engine
