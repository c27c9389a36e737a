// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "engine/image/preprocess.h"
#include "engine/image/region.h"

namespace engine {

// Which cells of a patch grid over the input lie inside what is inspected: at least half of the cell shows the image
// (letterbox borders do not) and the region. One byte a cell, row-major, 0 or 1.
std::vector<std::uint8_t> inspectedCells(const Preprocessor& preprocessor, const Region& region, int originalWidth,
                                         int originalHeight, int gridWidth, int gridHeight);

// Patch distances to a map over the input: bilinear to its size, Gaussian of `sigmaPx` input pixels (0: none). Cells
// that are not inspected lend nothing to their neighbours: the smoothing is normalised by what it sees. `inspected`
// empty: all. CV_32FC1, the input's size.
cv::Mat inputMap(std::span<const float> distances, int gridWidth, int gridHeight,
                 std::span<const std::uint8_t> inspected, double sigmaPx, const InputSpec& input);

// An input map in the coordinates of the original, bilinear; 0 outside the region. CV_32FC1.
cv::Mat anomalyMap(const cv::Mat& inputMap, const Preprocessor& preprocessor, const Region& region, int originalWidth,
                   int originalHeight);

}  // namespace engine
