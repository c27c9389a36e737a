// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "engine/detector/prepared_images.h"
#include "engine/image/preprocess.h"
#include "engine/image/region.h"

namespace engine {

// Square patches that lie over the network's input at a stride, from its upper left corner; counted row by row.
struct PatchLattice {
    int patchPx = 0;
    int stridePx = 0;
    int columns = 0;
    int rows = 0;

    // The input must be at least as large as a patch.
    static PatchLattice over(const InputSpec& input, int patchPx, int stridePx);
    int patches() const { return columns * rows; }
    int left(int patch) const { return patch % columns * stridePx; }
    int top(int patch) const { return patch / columns * stridePx; }
};

// One byte a patch: at least half of it is inspected.
std::vector<std::uint8_t> inspectedPatches(const PatchLattice& lattice, const InspectedArea& area);

// Each pixel of the input gets the mean score of the inspected patches that contain it, 0 where there are none.
// `scores` has one for each inspected patch, in their order. CV_32FC1.
cv::Mat spreadScores(const PatchLattice& lattice, std::span<const float> scores,
                     std::span<const std::uint8_t> inspected, const InputSpec& input);

// A patch in the coordinates of an original, clipped to it.
Box patchBox(const PatchLattice& lattice, int patch, const Preprocessor& preprocessor, cv::Size original);

// The inspected patch whose centre is nearest to the pixel (x, y) of an original. Throws Error{InvalidArgument} outside
// the image, or where no inspected patch contains the pixel.
int inspectedPatchAt(const PatchLattice& lattice, std::span<const std::uint8_t> inspected, int x, int y,
                     const Preprocessor& preprocessor, cv::Size original);

// The largest value of a map of the input where it is inspected.
double largestInspected(const cv::Mat& inputMap, const InspectedArea& area);

// Some of the inspected values of a map, evenly spread: what ModelInfo::mapLow and mapHigh are made of.
void appendInspected(const cv::Mat& inputMap, const InspectedArea& area, std::vector<float>& values);

}  // namespace engine
