// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/picture_levels.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <opencv2/imgproc.hpp>

#include "app/services/overlay.h"
#include "engine/core/error.h"
#include "engine/image/resample.h"
#include "engine/image/sixteen_bit_range.h"

namespace services {

namespace {

constexpr int smallestLevelPx = 512;

QImage sharing(const cv::Mat& pixels) {
    const auto format = pixels.channels() == 1 ? QImage::Format_Grayscale8 : QImage::Format_BGR888;
    auto held = std::make_unique<cv::Mat>(pixels);
    const uchar* data = held->data;
    QImage image(
        data, pixels.cols, pixels.rows, static_cast<qsizetype>(pixels.step), format,
        [](void* mat) { delete static_cast<cv::Mat*>(mat); }, held.get());
    if (image.isNull()) throw engine::Error(engine::ErrorCode::Internal, "an image cannot be shown at its size");
    held.release();
    return image;
}

cv::Mat eightBit(const engine::Image& image, const std::optional<SixteenBitLimits>& sixteenBit) {
    if (!image.is16Bit()) return image.pixels;
    const SixteenBitLimits limits = sixteenBit ? *sixteenBit : ownLimits(image);
    return toEightBit(image, limits.low, limits.high);
}

// The mean of 2 x 2 pixels; of 2 x 1 or 1 x 2 at an odd edge. OpenCV is ten times slower where the sides are not halved
// exactly, so the edges are made by themselves.
cv::Mat halved(const cv::Mat& level) {
    const int width = level.cols / 2;
    const int height = level.rows / 2;
    const bool oddColumn = level.cols % 2 != 0;
    const bool oddRow = level.rows % 2 != 0;
    cv::Mat half(height + (oddRow ? 1 : 0), width + (oddColumn ? 1 : 0), level.type());
    const auto average = [&](const cv::Rect& from, const cv::Rect& to) {
        if (to.empty()) return;
        cv::Mat part = half(to);
        cv::resize(level(from), part, to.size(), 0, 0, cv::INTER_AREA);
    };
    average({0, 0, 2 * width, 2 * height}, {0, 0, width, height});
    if (oddColumn) average({2 * width, 0, 1, 2 * height}, {width, 0, 1, height});
    if (oddRow) average({0, 2 * height, 2 * width, 1}, {0, height, width, 1});
    if (oddColumn && oddRow) average({2 * width, 2 * height, 1, 1}, {width, height, 1, 1});
    return half;
}

int fitted(int side, int longSide, int sizePx) {
    return std::max(1, static_cast<int>(std::lround(static_cast<double>(side) * sizePx / longSide)));
}

}  // namespace

SixteenBitLimits ownLimits(const engine::Image& image) {
    engine::SixteenBitRange range;
    range.add(image);
    return {range.low(), range.high()};
}

std::vector<QImage> pictureLevels(const engine::Image& image, const std::optional<SixteenBitLimits>& sixteenBit) {
    try {
        cv::Mat level = eightBit(image, sixteenBit);
        std::vector<QImage> levels{sharing(level)};
        while (std::max(level.cols, level.rows) > smallestLevelPx) {
            level = halved(level);
            levels.push_back(sharing(level));
        }
        return levels;
    } catch (const cv::Exception&) {
        throw engine::Error(engine::ErrorCode::OutOfMemory,
                            "there is not enough memory to show the image; close other programs");
    }
}

QImage thumbnailOf(const engine::Image& image, int sizePx) {
    const int longSide = std::max(image.width(), image.height());
    if (longSide <= sizePx && !image.is16Bit()) return sharing(image.pixels).convertToFormat(QImage::Format_RGB32);
    const int width = longSide <= sizePx ? image.width() : fitted(image.width(), longSide, sizePx);
    const int height = longSide <= sizePx ? image.height() : fitted(image.height(), longSide, sizePx);
    engine::PixelScaling scaling;
    if (image.is16Bit()) {
        const SixteenBitLimits limits = ownLimits(image);
        scaling.low = static_cast<float>(limits.low);
        scaling.high = static_cast<float>(limits.high);
    }
    const float gain = 255 / (scaling.high - scaling.low);
    scaling.gain = {gain, gain, gain};
    scaling.bias.fill(0.5F - scaling.low * gain);  // rounded when it is cut to whole numbers

    // The engine's averaging and not OpenCV's, whose own threads would take the low priority of the thread that starts
    // them for good.
    std::vector<float> rgb(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    engine::resampleImage(image.pixels,
                          engine::imageAxis(width, image.width(), static_cast<double>(width) / image.width(), 0),
                          engine::imageAxis(height, image.height(), static_cast<double>(height) / image.height(), 0),
                          scaling, rgb.data(), static_cast<std::ptrdiff_t>(width) * 3);
    QImage thumbnail(width, height, QImage::Format_RGB32);
    if (thumbnail.isNull()) throw std::bad_alloc();
    const float* from = rgb.data();
    const auto whole = [](float value) { return static_cast<int>(std::clamp(value, 0.0F, 255.0F)); };
    for (int y = 0; y < height; ++y) {
        auto* to = reinterpret_cast<QRgb*>(thumbnail.scanLine(y));
        for (int x = 0; x < width; ++x, from += 3) to[x] = qRgb(whole(from[0]), whole(from[1]), whole(from[2]));
    }
    return thumbnail;
}

}  // namespace services
