// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/anomaly_map.h"

#include <algorithm>

#include <opencv2/imgproc.hpp>

namespace engine {

namespace {

cv::Mat smoothed(const cv::Mat& grid, const InputSpec& input, double sigmaPx) {
    cv::Mat large;
    cv::resize(grid, large, cv::Size(input.width, input.height), 0, 0, cv::INTER_LINEAR);
    // Beyond four deviations the weights are below float's resolution of the result.
    if (sigmaPx > 0) {
        const int size = 2 * static_cast<int>(4 * sigmaPx + 0.5) + 1;
        cv::GaussianBlur(large, large, cv::Size(size, size), sigmaPx, sigmaPx, cv::BORDER_REFLECT);
    }
    return large;
}

}  // namespace

std::vector<std::uint8_t> inspectedCells(const Preprocessor& preprocessor, const Region& region, int originalWidth,
                                         int originalHeight, int gridWidth, int gridHeight) {
    std::vector<std::uint8_t> cells(static_cast<std::size_t>(gridWidth) * static_cast<std::size_t>(gridHeight), 1);
    if (region.isEverything() && preprocessor.spec().fitMode != FitMode::Letterbox) return cells;
    const cv::Mat share = preprocessor.coverage(region.atSize(originalWidth, originalHeight), gridWidth, gridHeight);
    for (int y = 0; y < gridHeight; ++y)
        for (int x = 0; x < gridWidth; ++x)
            cells[static_cast<std::size_t>(y * gridWidth + x)] = share.at<float>(y, x) >= 0.5F ? 1 : 0;
    return cells;
}

cv::Mat inputMap(std::span<const float> distances, int gridWidth, int gridHeight,
                 std::span<const std::uint8_t> inspected, double sigmaPx, const InputSpec& input) {
    cv::Mat grid(gridHeight, gridWidth, CV_32FC1);
    std::copy(distances.begin(), distances.end(), grid.ptr<float>());
    const bool whole = std::all_of(inspected.begin(), inspected.end(), [](std::uint8_t cell) { return cell != 0; });
    if (whole) return smoothed(grid, input, sigmaPx);

    cv::Mat weight(gridHeight, gridWidth, CV_32FC1, cv::Scalar(1));
    for (std::size_t i = 0; i < inspected.size(); ++i) {
        if (inspected[i] != 0) continue;
        grid.ptr<float>()[i] = 0;
        weight.ptr<float>()[i] = 0;
    }
    cv::Mat sum = smoothed(grid, input, sigmaPx);
    sum /= cv::max(smoothed(weight, input, sigmaPx), 1e-6);
    return sum;
}

cv::Mat anomalyMap(const cv::Mat& inputMap, const Preprocessor& preprocessor, const Region& region, int originalWidth,
                   int originalHeight) {
    cv::Mat map = preprocessor.toOriginal(inputMap, originalWidth, originalHeight);
    if (!region.isEverything()) map.setTo(0, region.atSize(originalWidth, originalHeight) == 0);
    return map;
}

}  // namespace engine
