// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/detector/model.h"

namespace services {

namespace {

constexpr int levels = 256;
constexpr int one = 256;  // of the fixed-point shares below

// What one level of the map does to a pixel: pixel * keep + add, in fixed point.
struct Blend {
    int keep = one;
    std::array<int, 3> add{};
};

int openCvName(ColourMap map) {
    switch (map) {
        case ColourMap::Inferno:
            return cv::COLORMAP_INFERNO;
        case ColourMap::Cividis:
            return cv::COLORMAP_CIVIDIS;
        case ColourMap::Viridis:
            return cv::COLORMAP_VIRIDIS;
        case ColourMap::Turbo:
            return cv::COLORMAP_TURBO;
    }
    throw engine::Error(engine::ErrorCode::Internal, "a colour map without colours");
}

std::array<Blend, levels> blends(const OverlayStyle& style) {
    const auto colours = coloursOf(style.colourMap);
    std::array<Blend, levels> table;
    const double opacity = std::clamp(style.opacity, 0.0, 1.0);
    for (int i = 0; i < levels; ++i) {
        Blend& blend = table[static_cast<std::size_t>(i)];
        const int share = cvRound(opacity * one * i / (levels - 1));
        blend.keep = one - share;
        const auto& colour = colours[static_cast<std::size_t>(i)];
        for (std::size_t c = 0; c < 3; ++c) blend.add[c] = colour[c] * share + one / 2;
    }
    return table;
}

void blendMap(cv::Mat& picture, const cv::Mat& map, const OverlayStyle& style) {
    const std::array<Blend, levels> table = blends(style);
    // A range without width is a step: everything above it is shown in full.
    const double width = std::max(style.high - style.low, 1e-30);
    const auto scale = static_cast<float>((levels - 1) / width);
    const auto low = static_cast<float>(style.low);
    cv::parallel_for_(cv::Range(0, picture.rows), [&](const cv::Range& rows) {
        for (int y = rows.start; y < rows.end; ++y) {
            auto* pixel = picture.ptr<std::uint8_t>(y);
            const auto* value = map.ptr<float>(y);
            for (int x = 0; x < picture.cols; ++x, pixel += 3) {
                const float place = (value[x] - low) * scale;
                if (!(place >= 0.5F)) continue;
                const auto level = static_cast<std::size_t>(std::min(place + 0.5F, float{levels - 1}));
                const Blend& blend = table[level];
                for (std::size_t c = 0; c < 3; ++c) {
                    pixel[c] = static_cast<std::uint8_t>((pixel[c] * blend.keep + blend.add[c]) / one);
                }
            }
        }
    });
}

// White on both sides of the border between below and above, dark around that. What lies at the edge of the picture
// goes on outside, so that no line is drawn along the edge.
void drawContour(cv::Mat& picture, const cv::Mat& map, double cut) {
    const cv::Mat above = map >= cut;
    const cv::Mat cross = cv::getStructuringElement(cv::MORPH_CROSS, {3, 3});
    cv::Mat grown;
    cv::Mat shrunk;
    cv::dilate(above, grown, cross);
    cv::erode(above, shrunk, cross);
    const cv::Mat line = grown - shrunk;
    cv::Mat wide;
    cv::dilate(line, wide, cv::Mat::ones(3, 3, CV_8U));
    picture.setTo(cv::Scalar(24, 24, 24), wide);
    picture.setTo(cv::Scalar(255, 255, 255), line);
}

std::string sizeOf(const cv::Mat& m) {
    return std::to_string(m.cols) + " x " + std::to_string(m.rows);
}

}  // namespace

std::array<std::array<std::uint8_t, 3>, 256> coloursOf(ColourMap map) {
    cv::Mat ramp(1, levels, CV_8UC1);
    for (int i = 0; i < levels; ++i) ramp.at<std::uint8_t>(i) = static_cast<std::uint8_t>(i);
    cv::Mat colours;
    cv::applyColorMap(ramp, colours, openCvName(map));
    std::array<std::array<std::uint8_t, 3>, levels> table;
    for (int i = 0; i < levels; ++i) {
        const auto& colour = colours.at<cv::Vec3b>(i);
        table[static_cast<std::size_t>(i)] = {colour[0], colour[1], colour[2]};
    }
    return table;
}

OverlayStyle overlayStyle(const engine::ModelInfo& info) {
    OverlayStyle style;
    style.low = info.mapLow;
    style.high = info.mapHigh;
    style.cut = info.operatingPoint.pixel;
    return style;
}

cv::Mat toEightBit(const engine::Image& image, double sixteenBitLow, double sixteenBitHigh) {
    if (!image.is16Bit()) return image.pixels;
    const double scale = 255 / std::max(sixteenBitHigh - sixteenBitLow, 1.0);
    cv::Mat shown;
    image.pixels.convertTo(shown, CV_8U, scale, -sixteenBitLow * scale);
    return shown;
}

cv::Mat displayImage(const engine::Image& image, double sixteenBitLow, double sixteenBitHigh) {
    const cv::Mat& pixels = image.pixels;
    const bool known =
        pixels.type() == CV_8UC1 || pixels.type() == CV_8UC3 || pixels.type() == CV_16UC1 || pixels.type() == CV_16UC3;
    if (pixels.empty() || !known) {
        throw engine::Error(engine::ErrorCode::InvalidArgument,
                            "an image to be shown must have 8 or 16 bits and one or three channels");
    }
    const cv::Mat shown = toEightBit(image, sixteenBitLow, sixteenBitHigh);
    cv::Mat colour;
    if (shown.channels() == 1)
        cv::cvtColor(shown, colour, cv::COLOR_GRAY2BGR);
    else if (image.is16Bit())
        colour = shown;
    else
        colour = shown.clone();
    return colour;
}

cv::Mat paintOverlay(const engine::Image& image, const cv::Mat& map, const OverlayStyle& style, double sixteenBitLow,
                     double sixteenBitHigh) {
    cv::Mat picture = displayImage(image, sixteenBitLow, sixteenBitHigh);
    if (map.empty()) return picture;
    if (map.type() != CV_32FC1) {
        throw engine::Error(engine::ErrorCode::InvalidArgument,
                            "an anomaly map must have one channel of 32-bit floats");
    }
    if (map.size() != picture.size()) {
        throw engine::Error(engine::ErrorCode::Mismatch, "the map has " + sizeOf(map) + " pixels but the image has " +
                                                             sizeOf(picture) + "; bring it to the image's size");
    }
    blendMap(picture, map, style);
    if (style.cut) drawContour(picture, map, *style.cut);
    return picture;
}

}  // namespace services
