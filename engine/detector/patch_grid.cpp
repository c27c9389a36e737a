// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patch_grid.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/detector/anomaly_map.h"

namespace engine {

namespace {

std::string pointText(int x, int y) {
    return "the point " + std::to_string(x) + "," + std::to_string(y);
}

}  // namespace

PatchGrid finestGrid(std::span<const FeatureMap> maps) {
    PatchGrid grid;
    for (const FeatureMap& map : maps) {
        grid.width = std::max(grid.width, map.width);
        grid.height = std::max(grid.height, map.height);
    }
    return grid;
}

Box cellBox(int cell, PatchGrid grid, const Preprocessor& preprocessor, cv::Size original) {
    const InputSpec& input = preprocessor.spec();
    const Placement placement = preprocessor.placement(original.width, original.height);
    const double cellWidth = static_cast<double>(input.width) / grid.width;
    const double cellHeight = static_cast<double>(input.height) / grid.height;
    const int column = cell % grid.width;
    const int row = cell / grid.width;
    const auto back = [](double value, double scale, double offset, int size) {
        return std::clamp(static_cast<int>(std::lround((value - offset) / scale)), 0, size);
    };
    const int left = back((column - 1) * cellWidth, placement.scaleX, placement.offsetX, original.width);
    const int right = back((column + 2) * cellWidth, placement.scaleX, placement.offsetX, original.width);
    const int top = back((row - 1) * cellHeight, placement.scaleY, placement.offsetY, original.height);
    const int bottom = back((row + 2) * cellHeight, placement.scaleY, placement.offsetY, original.height);
    return {left, top, right - left, bottom - top};
}

void requireInside(int x, int y, cv::Size original) {
    if (x >= 0 && y >= 0 && x < original.width && y < original.height) return;
    throw Error(ErrorCode::InvalidArgument, pointText(x, y) + " lies outside the image of " +
                                                std::to_string(original.width) + " x " +
                                                std::to_string(original.height) + " pixels");
}

int inspectedCellAt(int x, int y, PatchGrid grid, const Preprocessor& preprocessor, const Region& region,
                    cv::Size original) {
    requireInside(x, y, original);
    const Placement placement = preprocessor.placement(original.width, original.height);
    const auto cellOf = [](double position, double extent, int cells) {
        return static_cast<int>(std::floor(position / extent * cells));
    };
    const InputSpec& input = preprocessor.spec();
    const int column = cellOf((x + 0.5) * placement.scaleX + placement.offsetX, input.width, grid.width);
    const int row = cellOf((y + 0.5) * placement.scaleY + placement.offsetY, input.height, grid.height);
    const bool inGrid = column >= 0 && row >= 0 && column < grid.width && row < grid.height;
    const auto inspected =
        inspectedCells(preprocessor, region, original.width, original.height, grid.width, grid.height);
    const int cell = row * grid.width + column;
    if (!inGrid || inspected[static_cast<std::size_t>(cell)] == 0)
        throw Error(ErrorCode::InvalidArgument, pointText(x, y) + " lies outside what the model inspects");
    return cell;
}

std::vector<std::uint8_t> requireInspectedCells(PatchGrid grid, const Preprocessor& preprocessor, const Region& region,
                                                cv::Size original) {
    auto inspected = inspectedCells(preprocessor, region, original.width, original.height, grid.width, grid.height);
    if (std::find(inspected.begin(), inspected.end(), std::uint8_t{1}) == inspected.end())
        throw Error(ErrorCode::InvalidArgument, "the region of interest covers no patch of this image; draw it larger");
    return inspected;
}

const Matrix& inspectedRows(const Matrix& rows, std::span<const std::uint8_t> inspected, Matrix& some) {
    const std::int64_t count = std::count(inspected.begin(), inspected.end(), std::uint8_t{1});
    if (count == rows.rows) return rows;
    some.resize(count, rows.cols);
    std::int64_t next = 0;
    for (std::size_t i = 0; i < inspected.size(); ++i)
        if (inspected[i] != 0) std::copy_n(rows.row(static_cast<std::int64_t>(i)), rows.cols, some.row(next++));
    return some;
}

void putMap(const CellScores& cells, double sigmaPx, const Preprocessor& preprocessor, const Region& region,
            cv::Size original, Prediction& prediction) {
    prediction.inputMap =
        inputMap(cells.scores, cells.grid.width, cells.grid.height, cells.inspected, sigmaPx, preprocessor.spec());
    prediction.placement = preprocessor.placement(original.width, original.height);
    prediction.map = anomalyMap(prediction.inputMap, preprocessor, region, original.width, original.height);
}

MapRange rangeOfGoodScores(std::vector<float> scores) {
    std::sort(scores.begin(), scores.end());
    const auto percentile = [&](double share) {
        return static_cast<double>(scores[static_cast<std::size_t>(share * static_cast<double>(scores.size() - 1))]);
    };
    MapRange range{percentile(0.95), 2 * percentile(0.999)};
    if (!(range.high > range.low)) range.high = range.low + 1;
    return range;
}

}  // namespace engine
