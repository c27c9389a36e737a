// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <opencv2/core/types.hpp>

#include "engine/backbone/backbone.h"
#include "engine/core/matrix.h"
#include "engine/detector/detector.h"
#include "engine/image/preprocess.h"
#include "engine/image/region.h"

namespace engine {

// A grid of patches that covers the network's input evenly; cells are counted row by row.
struct PatchGrid {
    int width = 0;
    int height = 0;

    int cells() const { return width * height; }
};

// The grid of patchFeatures(): that of the finest map. At least one map.
PatchGrid finestGrid(std::span<const FeatureMap> maps);

// One score a cell; what lies in the cells that are not inspected means nothing.
struct CellScores {
    PatchGrid grid;
    std::vector<float> scores;
    std::vector<std::uint8_t> inspected;
};

// The 3x3 cells around a cell, which a patch descriptor sees first-hand, in the coordinates of an original, clipped to
// it.
Box cellBox(int cell, PatchGrid grid, const Preprocessor& preprocessor, cv::Size original);

// Throws Error{InvalidArgument} if the pixel is none of the image's.
void requireInside(int x, int y, cv::Size original);

// The cell under a pixel of an original. Throws Error{InvalidArgument} outside the image or what is inspected.
int inspectedCellAt(int x, int y, PatchGrid grid, const Preprocessor& preprocessor, const Region& region,
                    cv::Size original);

// What is inspected of an image. Throws Error{InvalidArgument} if the region covers none of its cells.
std::vector<std::uint8_t> requireInspectedCells(PatchGrid grid, const Preprocessor& preprocessor, const Region& region,
                                                cv::Size original);

// The rows of the cells that are inspected: `rows` themselves if all are, else `some`, whose memory is used again.
const Matrix& inspectedRows(const Matrix& rows, std::span<const std::uint8_t> inspected, Matrix& some);

// The three of a prediction that have to do with its map, from the scores of the cells: see anomaly_map.h.
void putMap(const CellScores& cells, double sigmaPx, const Preprocessor& preprocessor, const Region& region,
            cv::Size original, Prediction& prediction);

// ModelInfo::mapLow and mapHigh from what good patches score without their own image.
struct MapRange {
    double low = 0;
    double high = 1;
};
MapRange rangeOfGoodScores(std::vector<float> scores);

}  // namespace engine
