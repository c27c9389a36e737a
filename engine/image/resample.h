// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include <opencv2/core/mat.hpp>

namespace engine {

// How each output sample along one axis is summed from consecutive input samples. Coordinates are continuous, the
// centre of the first sample is at 0.5, and output = input * scale + offset.
struct AxisFilter {
    struct Tap {
        int first = 0;  // input sample
        int count = 0;
        int weight = 0;  // index of the first of `count` weights
    };
    std::vector<Tap> taps;  // one an output sample
    std::vector<float> weights;

    int begin() const { return taps.front().first; }
    int end() const { return taps.back().first + taps.back().count; }
};

// The mean over the interval of the input that an output sample covers. Outside the input there is nothing: with
// `renormalise` the mean is over what is inside, without it what is outside counts as zero.
AxisFilter areaAxis(int outputs, int inputs, double scale, double offset, bool renormalise);
// Two neighbours; beyond the outermost centres the outermost value is repeated.
AxisFilter bilinearAxis(int outputs, int inputs, double scale, double offset);
// Area when shrinking, bilinear when growing.
AxisFilter imageAxis(int outputs, int inputs, double scale, double offset);

// Brings an image (8 or 16 bit, 1 or 3 channels) through both axes and writes value * gain + bias as three interleaved
// floats, the channels reversed (BGR to RGB) or replicated. Input values are first clipped to [low, high].
struct PixelScaling {
    float low = 0;
    float high = 255;
    std::array<float, 3> gain{1, 1, 1};  // in the order of the output, RGB
    std::array<float, 3> bias{};
};
// Row r of the result starts at out + r * rowStride.
void resampleImage(const cv::Mat& image, const AxisFilter& x, const AxisFilter& y, const PixelScaling& scaling,
                   float* out, std::ptrdiff_t rowStride);

// The same for one plane, CV_8UC1 or CV_32FC1; CV_32FC1.
cv::Mat resamplePlane(const cv::Mat& plane, const AxisFilter& x, const AxisFilter& y);

}  // namespace engine
