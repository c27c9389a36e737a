// SPDX-License-Identifier: Apache-2.0
#include "engine/image/webp_codec.h"

#include <webp/decode.h>

#include <cstdint>

namespace engine {

cv::Mat decodeWebpPixels(std::span<const std::byte> file, const ImageHeader& header, const ByteReader& bytes) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(file.data());
    int width = 0;
    int height = 0;
    if (WebPGetInfo(data, file.size(), &width, &height) == 0) bytes.corrupt("its pixels cannot be decoded");
    if (width != header.width || height != header.height)
        bytes.corrupt("its header and its pixels disagree about the size");
    cv::Mat pixels(height, width, CV_8UC3);
    if (WebPDecodeBGRInto(data, file.size(), pixels.data, pixels.step * static_cast<std::size_t>(height),
                          static_cast<int>(pixels.step)) == nullptr)
        bytes.corrupt("its pixels cannot be decoded");
    return pixels;
}

}  // namespace engine
