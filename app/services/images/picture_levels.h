// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <optional>
#include <vector>

#include "engine/image/image.h"

namespace services {

// The values of a 16-bit image that are shown black and white: the model's, engine::InputSpec::sixteenBitLow and High.
struct SixteenBitLimits {
    double low = 0;
    double high = 65535;
    bool operator==(const SixteenBitLimits&) const = default;
};

// The 0.1 and 99.9 percentiles of the image itself.
SixteenBitLimits ownLimits(const engine::Image& image);

// Picture::levels. A pixel of level i is 2^i x 2^i pixels of the picture, and the level has ceil(width / 2^i) x
// ceil(height / 2^i) of them: the last ones may be cut by the edge. The pixels belong to the QImages, level 0 of an
// 8-bit image shares those of `image`. Throws engine::Error{OutOfMemory}.
std::vector<QImage> pictureLevels(const engine::Image& image, const std::optional<SixteenBitLimits>& sixteenBit);

// Area-averaged to fit into a square, never enlarged. Format_RGB32.
QImage thumbnailOf(const engine::Image& image, int sizePx);

}  // namespace services
