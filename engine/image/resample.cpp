// SPDX-License-Identifier: Apache-2.0
#include "engine/image/resample.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace engine {

namespace {

// Slivers of a sample that only rounding made are not worth a tap.
constexpr double sliver = 1e-6;

// sums[i] = sum over the taps of weight * row[i], for i in [begin, end) counted in values, not pixels. rowAt: from the
// number of an input row to its values.
template <typename RowAt>
void sumRows(const RowAt& rowAt, const AxisFilter& y, int output, int begin, int end, float* sums) {
    const AxisFilter::Tap tap = y.taps[static_cast<std::size_t>(output)];
    const float* w = y.weights.data() + tap.weight;
    int k = 0;
    // Four rows at a time: the sums are loaded and stored once for all four.
    for (; k + 4 <= tap.count; k += 4) {
        const auto* r0 = rowAt(tap.first + k);
        const auto* r1 = rowAt(tap.first + k + 1);
        const auto* r2 = rowAt(tap.first + k + 2);
        const auto* r3 = rowAt(tap.first + k + 3);
        const float w0 = w[k];
        const float w1 = w[k + 1];
        const float w2 = w[k + 2];
        const float w3 = w[k + 3];
        const bool fresh = k == 0;
        for (int i = begin; i < end; ++i) {
            const float sum = w0 * static_cast<float>(r0[i]) + w1 * static_cast<float>(r1[i]) +
                              w2 * static_cast<float>(r2[i]) + w3 * static_cast<float>(r3[i]);
            sums[i] = fresh ? sum : sums[i] + sum;
        }
    }
    if (tap.count == 2) {
        const auto* r0 = rowAt(tap.first);
        const auto* r1 = rowAt(tap.first + 1);
        const float w0 = w[0];
        const float w1 = w[1];
        for (int i = begin; i < end; ++i) sums[i] = w0 * static_cast<float>(r0[i]) + w1 * static_cast<float>(r1[i]);
        return;
    }
    for (; k < tap.count; ++k) {
        const auto* row = rowAt(tap.first + k);
        const float weight = w[k];
        if (k == 0)
            for (int i = begin; i < end; ++i) sums[i] = weight * static_cast<float>(row[i]);
        else
            for (int i = begin; i < end; ++i) sums[i] += weight * static_cast<float>(row[i]);
    }
    if (tap.count == 0) std::fill(sums + begin, sums + end, 0.0F);
}

template <int Channels>
std::array<float, Channels> sumColumns(const float* sums, const AxisFilter& x, std::size_t output) {
    const AxisFilter::Tap tap = x.taps[output];
    const float* w = x.weights.data() + tap.weight;
    const float* from = sums + static_cast<std::ptrdiff_t>(tap.first) * Channels;
    std::array<float, Channels> total{};
    for (int k = 0; k < tap.count; ++k)
        for (int c = 0; c < Channels; ++c) total[static_cast<std::size_t>(c)] += w[k] * from[k * Channels + c];
    return total;
}

template <typename T, int Channels>
void resampleTo(const cv::Mat& image, const AxisFilter& x, const AxisFilter& y, const PixelScaling& scaling, float* out,
                std::ptrdiff_t rowStride) {
    std::vector<float> sums(static_cast<std::size_t>(image.cols) * Channels);
    const auto rowAt = [&](int row) { return image.ptr<T>(row); };
    for (std::size_t row = 0; row < y.taps.size(); ++row) {
        sumRows(rowAt, y, static_cast<int>(row), x.begin() * Channels, x.end() * Channels, sums.data());
        float* to = out + static_cast<std::ptrdiff_t>(row) * rowStride;
        for (std::size_t column = 0; column < x.taps.size(); ++column, to += 3) {
            const auto value = sumColumns<Channels>(sums.data(), x, column);
            for (std::size_t c = 0; c < 3; ++c)
                to[c] = value[Channels == 3 ? 2 - c : 0] * scaling.gain[c] + scaling.bias[c];
        }
    }
}

template <typename T>
void sumColumnsOf(const T* row, const AxisFilter& x, float* out) {
    for (std::size_t column = 0; column < x.taps.size(); ++column) {
        const AxisFilter::Tap tap = x.taps[column];
        const float* w = x.weights.data() + tap.weight;
        float total = 0;
        for (int k = 0; k < tap.count; ++k) total += w[k] * static_cast<float>(row[tap.first + k]);
        out[column] = total;
    }
}

// The axis that leaves fewer values goes first.
template <typename T>
void resamplePlaneTo(const cv::Mat& plane, const AxisFilter& x, const AxisFilter& y, cv::Mat& result) {
    if (result.rows <= plane.rows) {
        std::vector<float> sums(static_cast<std::size_t>(plane.cols));
        const auto rowAt = [&](int row) { return plane.ptr<T>(row); };
        for (int row = 0; row < result.rows; ++row) {
            sumRows(rowAt, y, row, 0, plane.cols, sums.data());
            sumColumnsOf(sums.data(), x, result.ptr<float>(row));
        }
        return;
    }
    // Of the rows that are brought to the other width, no more are kept than one row of the result is made of: they
    // stay in the cache.
    int held = 1;
    for (const AxisFilter::Tap& tap : y.taps) held = std::max(held, tap.count);
    cv::Mat ring(held, result.cols, CV_32FC1);
    const auto rowAt = [&](int row) { return ring.ptr<float>(row % held); };
    int next = 0;
    for (int row = 0; row < result.rows; ++row) {
        const AxisFilter::Tap& tap = y.taps[static_cast<std::size_t>(row)];
        for (next = std::max(next, tap.first); next < tap.first + tap.count; ++next)
            sumColumnsOf(plane.ptr<T>(next), x, rowAt(next));
        sumRows(rowAt, y, row, 0, result.cols, result.ptr<float>(row));
    }
}

cv::Mat clipped(const cv::Mat& image, const PixelScaling& scaling) {
    if (image.depth() == CV_8U || (scaling.low <= 0 && scaling.high >= 65535)) return image;
    cv::Mat result = cv::max(image, scaling.low);
    return cv::min(result, scaling.high);
}

}  // namespace

AxisFilter areaAxis(int outputs, int inputs, double scale, double offset, bool renormalise) {
    AxisFilter axis;
    axis.taps.resize(static_cast<std::size_t>(outputs));
    for (int o = 0; o < outputs; ++o) {
        const double from = (o - offset) / scale;
        const double to = (o + 1 - offset) / scale;
        const int first = std::clamp(static_cast<int>(std::floor(from + sliver)), 0, inputs);
        const int last = std::clamp(static_cast<int>(std::ceil(to - sliver)), first, inputs);
        double covered = 0;
        for (int i = first; i < last; ++i) covered += std::min(to, i + 1.0) - std::max(from, static_cast<double>(i));
        const double whole = renormalise ? covered : to - from;
        axis.taps[static_cast<std::size_t>(o)] = {first, last - first, static_cast<int>(axis.weights.size())};
        for (int i = first; i < last; ++i) {
            const double overlap = std::min(to, i + 1.0) - std::max(from, static_cast<double>(i));
            axis.weights.push_back(static_cast<float>(overlap / whole));
        }
    }
    return axis;
}

AxisFilter bilinearAxis(int outputs, int inputs, double scale, double offset) {
    AxisFilter axis;
    axis.taps.resize(static_cast<std::size_t>(outputs));
    for (int o = 0; o < outputs; ++o) {
        const double centre = std::clamp((o + 0.5 - offset) / scale - 0.5, 0.0, inputs - 1.0);
        const int first = std::min(static_cast<int>(centre), std::max(inputs - 2, 0));
        const auto fraction = static_cast<float>(centre - first);
        const int count = inputs > 1 ? 2 : 1;
        axis.taps[static_cast<std::size_t>(o)] = {first, count, static_cast<int>(axis.weights.size())};
        axis.weights.push_back(1 - fraction);
        if (count == 2) axis.weights.push_back(fraction);
    }
    return axis;
}

AxisFilter imageAxis(int outputs, int inputs, double scale, double offset) {
    return scale < 1 ? areaAxis(outputs, inputs, scale, offset, true) : bilinearAxis(outputs, inputs, scale, offset);
}

void resampleImage(const cv::Mat& image, const AxisFilter& x, const AxisFilter& y, const PixelScaling& scaling,
                   float* out, std::ptrdiff_t rowStride) {
    const cv::Mat source = clipped(image, scaling);
    switch (source.type()) {
        case CV_8UC1:
            return resampleTo<std::uint8_t, 1>(source, x, y, scaling, out, rowStride);
        case CV_8UC3:
            return resampleTo<std::uint8_t, 3>(source, x, y, scaling, out, rowStride);
        case CV_16UC1:
            return resampleTo<std::uint16_t, 1>(source, x, y, scaling, out, rowStride);
        default:
            return resampleTo<std::uint16_t, 3>(source, x, y, scaling, out, rowStride);
    }
}

cv::Mat resamplePlane(const cv::Mat& plane, const AxisFilter& x, const AxisFilter& y) {
    cv::Mat result(static_cast<int>(y.taps.size()), static_cast<int>(x.taps.size()), CV_32FC1);
    if (plane.depth() == CV_8U)
        resamplePlaneTo<std::uint8_t>(plane, x, y, result);
    else
        resamplePlaneTo<float>(plane, x, y, result);
    return result;
}

}  // namespace engine
