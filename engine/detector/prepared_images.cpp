// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/prepared_images.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <opencv2/imgproc.hpp>

namespace engine {

namespace {

constexpr std::int64_t channels = 3;

// [height, width, 3] to [3, height, width], the rectangle alone.
FloatTensor cut(const Buffer<float>& values, int inputWidth, int x, int y, int width, int height) {
    FloatTensor crop{{channels, height, width}, {}};
    const auto plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    crop.values.resize(channels * plane);
    float* to = crop.values.data();
    for (int row = y; row < y + height; ++row) {
        const float* from = values.data() + channels * (static_cast<std::int64_t>(row) * inputWidth + x);
        for (int column = 0; column < width; ++column, ++to, from += channels)
            for (std::size_t c = 0; c < channels; ++c) to[c * plane] = from[c];
    }
    return crop;
}

// To the mean of the normalisation.
void clear(Buffer<float>& values, int inputWidth, const InspectedArea& area) {
    const auto pixels = static_cast<int>(values.size()) / static_cast<int>(channels);
    for (int i = 0; i < pixels; ++i)
        if (!area.covers(i % inputWidth, i / inputWidth, 1)) std::fill_n(&values[channels * i], channels, 0.0F);
}

std::int64_t inputValues(const InputSpec& input) {
    return channels * input.width * input.height;
}

}  // namespace

InspectedArea::InspectedArea(const Preprocessor& preprocessor, const Region& region, int originalWidth,
                             int originalHeight) {
    const InputSpec& input = preprocessor.spec();
    if (region.isEverything() && input.fitMode != FitMode::Letterbox) return;
    const cv::Mat coverage =
        preprocessor.coverage(region.atSize(originalWidth, originalHeight), input.width, input.height);
    cv::integral(coverage, m_sums, CV_64F);
}

double InspectedArea::share(int x, int y, int width, int height) const {
    if (isEverything()) return 1;
    const auto sum = [&](int row, int column) { return m_sums.at<double>(row, column); };
    const double inside = sum(y + height, x + width) - sum(y, x + width) - sum(y + height, x) + sum(y, x);
    return inside / (static_cast<double>(width) * height);
}

PreparedImages::PreparedImages(const Preprocessor& preprocessor, const Region& region, TrainingImages& images,
                               bool keepPictures, std::int64_t budgetBytes, const RunContext& context)
    : m_inputWidth(preprocessor.spec().width) {
    const auto count = static_cast<std::int64_t>(images.size());
    const std::int64_t each = inputValues(preprocessor.spec()) * static_cast<std::int64_t>(sizeof(float));
    const std::int64_t kept = std::clamp<std::int64_t>(budgetBytes / each, 1, count);
    m_keptShare = static_cast<double>(kept) / static_cast<double>(count);
    images.forEach("features", keepPictures, context, [&](const Image& image, std::size_t index) {
        const auto place = static_cast<std::int64_t>(index);
        if ((place + 1) * kept / count == place * kept / count) return;
        add(preprocessor, region, image, index);
    });
}

PreparedImages::PreparedImages(const Preprocessor& preprocessor, const Region& region, const Image& image)
    : m_inputWidth(preprocessor.spec().width) {
    add(preprocessor, region, image, 0);
}

PreparedImages::PreparedImages(const InputSpec& input) : m_inputWidth(input.width) {
    m_images.push_back({0, InspectedArea(), Buffer<float>(static_cast<std::size_t>(inputValues(input)), 0.0F)});
}

void PreparedImages::add(const Preprocessor& preprocessor, const Region& region, const Image& image,
                         std::size_t index) {
    Prepared prepared{index, InspectedArea(preprocessor, region, image.width(), image.height()), {}};
    prepared.values.resize(static_cast<std::size_t>(inputValues(preprocessor.spec())));
    preprocessor.apply(image, prepared.values);
    if (!prepared.area.isEverything()) clear(prepared.values, m_inputWidth, prepared.area);
    m_images.push_back(std::move(prepared));
}

std::string PreparedImages::leftOutNote() const {
    char text[160];
    std::snprintf(text, sizeof text,
                  "%.0f %% of the images were left out to stay within the memory budget; a smaller size or a larger "
                  "budget would keep all",
                  100 * (1 - m_keptShare));
    return text;
}

FloatTensor PreparedImages::crop(std::size_t image, int x, int y, int width, int height) const {
    return cut(m_images[image].values, m_inputWidth, x, y, width, height);
}

}  // namespace engine
