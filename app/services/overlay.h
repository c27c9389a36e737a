// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <opencv2/core/mat.hpp>

#include "engine/image/image.h"

namespace engine {
struct ModelInfo;
}

namespace services {

enum class ColourMap { Inferno, Cividis, Viridis, Turbo };

// From the low end to the high one, each in OpenCV's order, BGR.
std::array<std::array<std::uint8_t, 3>, 256> coloursOf(ColourMap map);

// The range belongs to the model, not to the image, so that a good part looks calm: the map is transparent at `low`
// and below, and fades in until `high`.
struct OverlayStyle {
    ColourMap colourMap = ColourMap::Inferno;
    double low = 0;
    double high = 1;
    double opacity = 0.6;
    std::optional<double> cut;  // contour: white with a dark edge
};

// How the maps of a model are painted: in the model's own range, with its pixel cut.
OverlayStyle overlayStyle(const engine::ModelInfo& info);

// CV_8UC3, BGR, the size of the image; 16-bit images are brought to 8 bit by `sixteenBitLow/High`. An empty map gives
// the image as it is. The contour is two pixels wide with an edge of one on either side, so a picture that is shown
// smaller is shrunk before it is painted, and its map with it. Throws engine::Error{Mismatch} if the sizes differ,
// Error{InvalidArgument} on another pixel type.
cv::Mat paintOverlay(const engine::Image& image, const cv::Mat& map, const OverlayStyle& style,
                     double sixteenBitLow = 0, double sixteenBitHigh = 65535);

// The values between low and high on all of 8 bit; the pixels themselves if they have 8 bit already.
cv::Mat toEightBit(const engine::Image& image, double sixteenBitLow, double sixteenBitHigh);

// The image as people see it, CV_8UC3.
cv::Mat displayImage(const engine::Image& image, double sixteenBitLow = 0, double sixteenBitHigh = 65535);

}  // namespace services
