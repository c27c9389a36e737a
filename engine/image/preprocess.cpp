// SPDX-License-Identifier: Apache-2.0
#include "engine/image/preprocess.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/image/resample.h"

namespace engine {

namespace {

constexpr std::array<std::string_view, 4> fitModeNames{"native", "stretch", "letterbox", "crop"};
// Of a side to the other; a scan line of 1 x 100 000 pixels would otherwise ask for an input of 32 x 80 000.
constexpr double maxAspect = 16;

[[noreturn]] void invalid(const std::string& message) {
    throw Error(ErrorCode::InvalidArgument, message);
}

int multipleOf32(double side) {
    return std::max(32, static_cast<int>(std::lround(side / 32)) * 32);
}

// The median in the logarithm: 2:1 and 1:2 are equally far from square.
double medianAspect(std::span<const ImageInfo> images) {
    std::vector<double> logs;
    logs.reserve(images.size());
    for (const ImageInfo& image : images) {
        if (image.width <= 0 || image.height <= 0) invalid("a training image has no size");
        logs.push_back(std::log(static_cast<double>(image.width) / image.height));
    }
    std::sort(logs.begin(), logs.end());
    const std::size_t half = logs.size() / 2;
    const double median = logs.size() % 2 == 1 ? logs[half] : (logs[half - 1] + logs[half]) / 2;
    return std::clamp(std::exp(median), 1 / maxAspect, maxAspect);
}

void requireSize(int width, int height) {
    if (width <= 0 || height <= 0) invalid("an image size must be positive");
}

bool isImageType(const cv::Mat& pixels) {
    const int type = pixels.type();
    return type == CV_8UC1 || type == CV_8UC3 || type == CV_16UC1 || type == CV_16UC3;
}

}  // namespace

FitMode fitModeFromName(std::string_view name) {
    const auto found = std::find(fitModeNames.begin(), fitModeNames.end(), name);
    if (found == fitModeNames.end())
        invalid("there is no fit mode '" + std::string(name) + "'; choose native, stretch, letterbox or crop");
    return static_cast<FitMode>(found - fitModeNames.begin());
}

std::string_view nameOf(FitMode mode) {
    return fitModeNames[static_cast<std::size_t>(mode)];
}

InputSpec resolveInput(const PreprocessParameters& parameters, std::span<const ImageInfo> trainingImages) {
    if (parameters.sizePx < 32 || parameters.sizePx > 2048)
        invalid("the input size " + std::to_string(parameters.sizePx) + " is not within 32 to 2048 pixels");
    if (trainingImages.empty()) invalid("the input size needs at least one training image");
    InputSpec spec;
    spec.fitMode = parameters.fitMode;
    spec.width = spec.height = multipleOf32(parameters.sizePx);
    if (parameters.fitMode == FitMode::Native) {
        const double root = std::sqrt(medianAspect(trainingImages));
        spec.width = multipleOf32(parameters.sizePx * root);
        spec.height = multipleOf32(parameters.sizePx / root);
    }
    return spec;
}

Preprocessor::Preprocessor(const InputSpec& spec) : m_spec(spec) {
    requireSize(spec.width, spec.height);
    if (!(spec.sixteenBitHigh > spec.sixteenBitLow)) invalid("the range of 16-bit values is empty");
    for (const float deviation : spec.deviation)
        if (!(deviation > 0)) invalid("a normalisation deviation is not positive");
}

Placement Preprocessor::placement(int originalWidth, int originalHeight) const {
    requireSize(originalWidth, originalHeight);
    const double fillX = static_cast<double>(m_spec.width) / originalWidth;
    const double fillY = static_cast<double>(m_spec.height) / originalHeight;
    Placement p{fillX, fillY, 0, 0, originalWidth, originalHeight};
    if (m_spec.fitMode == FitMode::Letterbox) {
        // Whole pixels of content, so that no pixel of the input is half border.
        const double scale = std::min(fillX, fillY);
        const int width = std::clamp(static_cast<int>(std::lround(originalWidth * scale)), 1, m_spec.width);
        const int height = std::clamp(static_cast<int>(std::lround(originalHeight * scale)), 1, m_spec.height);
        p.scaleX = static_cast<double>(width) / originalWidth;
        p.scaleY = static_cast<double>(height) / originalHeight;
        p.offsetX = (m_spec.width - width) / 2;
        p.offsetY = (m_spec.height - height) / 2;
    } else if (m_spec.fitMode == FitMode::Crop) {
        p.scaleX = p.scaleY = std::max(fillX, fillY);
        p.offsetX = (m_spec.width - originalWidth * p.scaleX) / 2;
        p.offsetY = (m_spec.height - originalHeight * p.scaleY) / 2;
    }
    return p;
}

void Preprocessor::apply(const Image& image, std::span<float> out) const {
    if (image.pixels.empty()) invalid("the image is empty");
    if (!isImageType(image.pixels)) invalid("the image is neither 8- nor 16-bit gray or BGR");
    const auto rowStride = static_cast<std::ptrdiff_t>(m_spec.width) * 3;
    if (out.size() != static_cast<std::size_t>(rowStride) * static_cast<std::size_t>(m_spec.height))
        invalid("the output buffer has another size than the network's input");

    const Placement p = placement(image.width(), image.height());
    PixelScaling scaling;
    if (image.is16Bit()) {
        scaling.low = static_cast<float>(m_spec.sixteenBitLow);
        scaling.high = static_cast<float>(m_spec.sixteenBitHigh);
    }
    for (std::size_t c = 0; c < 3; ++c) {
        scaling.gain[c] = 1 / ((scaling.high - scaling.low) * m_spec.deviation[c]);
        scaling.bias[c] = -m_spec.mean[c] / m_spec.deviation[c] - scaling.low * scaling.gain[c];
    }
    if (m_spec.fitMode != FitMode::Letterbox) {
        resampleImage(image.pixels, imageAxis(m_spec.width, image.width(), p.scaleX, p.offsetX),
                      imageAxis(m_spec.height, image.height(), p.scaleY, p.offsetY), scaling, out.data(), rowStride);
        return;
    }
    std::fill(out.begin(), out.end(), 0.0F);
    const auto contentWidth = static_cast<int>(std::lround(image.width() * p.scaleX));
    const auto contentHeight = static_cast<int>(std::lround(image.height() * p.scaleY));
    float* corner =
        out.data() + static_cast<std::ptrdiff_t>(p.offsetY) * rowStride + static_cast<std::ptrdiff_t>(p.offsetX) * 3;
    resampleImage(image.pixels, imageAxis(contentWidth, image.width(), p.scaleX, 0),
                  imageAxis(contentHeight, image.height(), p.scaleY, 0), scaling, corner, rowStride);
}

cv::Mat Preprocessor::toOriginal(const cv::Mat& grid, int originalWidth, int originalHeight) const {
    if (grid.empty() || grid.type() != CV_32FC1) invalid("a map must be one plane of 32-bit floats");
    const Placement p = placement(originalWidth, originalHeight);
    const double cellWidth = static_cast<double>(m_spec.width) / grid.cols;
    const double cellHeight = static_cast<double>(m_spec.height) / grid.rows;
    return resamplePlane(grid, bilinearAxis(originalWidth, grid.cols, cellWidth / p.scaleX, -p.offsetX / p.scaleX),
                         bilinearAxis(originalHeight, grid.rows, cellHeight / p.scaleY, -p.offsetY / p.scaleY));
}

cv::Mat Preprocessor::coverage(const cv::Mat& mask, int gridWidth, int gridHeight) const {
    if (mask.empty() || mask.type() != CV_8UC1) invalid("a mask must be one plane of 8 bits");
    requireSize(gridWidth, gridHeight);
    const Placement p = placement(mask.cols, mask.rows);
    const double cellsX = static_cast<double>(gridWidth) / m_spec.width;
    const double cellsY = static_cast<double>(gridHeight) / m_spec.height;
    const cv::Mat ones = (mask != 0) / 255;
    return resamplePlane(ones, areaAxis(gridWidth, mask.cols, p.scaleX * cellsX, p.offsetX * cellsX, false),
                         areaAxis(gridHeight, mask.rows, p.scaleY * cellsY, p.offsetY * cellsY, false));
}

}  // namespace engine
