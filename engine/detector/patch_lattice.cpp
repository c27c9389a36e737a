// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patch_lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/patch_grid.h"

namespace engine {

PatchLattice PatchLattice::over(const InputSpec& input, int patchPx, int stridePx) {
    return {patchPx, stridePx, (input.width - patchPx) / stridePx + 1, (input.height - patchPx) / stridePx + 1};
}

std::vector<std::uint8_t> inspectedPatches(const PatchLattice& lattice, const InspectedArea& area) {
    std::vector<std::uint8_t> inspected(static_cast<std::size_t>(lattice.patches()), 1);
    if (area.isEverything()) return inspected;
    for (int patch = 0; patch < lattice.patches(); ++patch)
        inspected[static_cast<std::size_t>(patch)] =
            area.covers(lattice.left(patch), lattice.top(patch), lattice.patchPx) ? 1 : 0;
    return inspected;
}

cv::Mat spreadScores(const PatchLattice& lattice, std::span<const float> scores,
                     std::span<const std::uint8_t> inspected, const InputSpec& input) {
    cv::Mat sums(input.height, input.width, CV_32FC1, cv::Scalar(0));
    cv::Mat counts(input.height, input.width, CV_32FC1, cv::Scalar(0));
    std::size_t next = 0;
    for (int patch = 0; patch < lattice.patches(); ++patch) {
        if (inspected[static_cast<std::size_t>(patch)] == 0) continue;
        const cv::Rect window(lattice.left(patch), lattice.top(patch), lattice.patchPx, lattice.patchPx);
        sums(window) += scores[next++];
        counts(window) += 1;
    }
    return sums / cv::max(counts, 1);
}

Box patchBox(const PatchLattice& lattice, int patch, const Preprocessor& preprocessor, cv::Size original) {
    const Placement placement = preprocessor.placement(original.width, original.height);
    const auto back = [](double value, double scale, double offset, int size) {
        return std::clamp(static_cast<int>(std::lround((value - offset) / scale)), 0, size);
    };
    const auto across = [&](int value) { return back(value, placement.scaleX, placement.offsetX, original.width); };
    const auto down = [&](int value) { return back(value, placement.scaleY, placement.offsetY, original.height); };
    const int left = across(lattice.left(patch));
    const int top = down(lattice.top(patch));
    return {left, top, across(lattice.left(patch) + lattice.patchPx) - left,
            down(lattice.top(patch) + lattice.patchPx) - top};
}

int inspectedPatchAt(const PatchLattice& lattice, std::span<const std::uint8_t> inspected, int x, int y,
                     const Preprocessor& preprocessor, cv::Size original) {
    requireInside(x, y, original);
    const Placement placement = preprocessor.placement(original.width, original.height);
    const double inputX = (x + 0.5) * placement.scaleX + placement.offsetX;
    const double inputY = (y + 0.5) * placement.scaleY + placement.offsetY;
    int best = -1;
    double nearest = std::numeric_limits<double>::max();
    const double half = lattice.patchPx / 2.0;
    for (int patch = 0; patch < lattice.patches(); ++patch) {
        if (inspected[static_cast<std::size_t>(patch)] == 0) continue;
        const double acrossPx = std::abs(lattice.left(patch) + half - inputX);
        const double downPx = std::abs(lattice.top(patch) + half - inputY);
        const double distance = acrossPx * acrossPx + downPx * downPx;
        if (acrossPx > half || downPx > half || distance >= nearest) continue;
        nearest = distance;
        best = patch;
    }
    if (best < 0)
        throw Error(ErrorCode::InvalidArgument, "the point " + std::to_string(x) + "," + std::to_string(y) +
                                                    " lies outside what the model inspects");
    return best;
}

double largestInspected(const cv::Mat& inputMap, const InspectedArea& area) {
    double largest = 0;
    for (int y = 0; y < inputMap.rows; ++y)
        for (int x = 0; x < inputMap.cols; ++x)
            if (area.covers(x, y, 1)) largest = std::max(largest, static_cast<double>(inputMap.at<float>(y, x)));
    return largest;
}

void appendInspected(const cv::Mat& inputMap, const InspectedArea& area, std::vector<float>& values) {
    constexpr int step = 4;
    for (int y = step / 2; y < inputMap.rows; y += step)
        for (int x = step / 2; x < inputMap.cols; x += step)
            if (area.covers(x, y, 1)) values.push_back(inputMap.at<float>(y, x));
}

}  // namespace engine
