// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/picture_layer.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "ui/viewer/axis_taps.h"

namespace ui {

namespace {

constexpr int channels = 4;  // of RGB32 in memory: blue, green, red, unused
constexpr int one = 256;     // of the fixed-point weights

// Where the two samples of a column begin in a row of the level, and the share of the second.
struct Column {
    int first;
    int second;
    int share;
};

std::vector<Column> columnsOf(const AxisTaps& x, int sourceChannels) {
    std::vector<Column> columns(x.first.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
        columns[i] = {x.first[i] * sourceChannels, x.second[i] * sourceChannels,
                      static_cast<int>(x.weight[i] * one + 0.5F)};
    return columns;
}

// One row of the level, brought to the columns of the screen; values times 256.
template <int sourceChannels>
void stretchRow(const std::uint8_t* row, const std::vector<Column>& columns, std::vector<std::uint16_t>& out) {
    std::uint16_t* target = out.data();
    for (const Column& column : columns) {
        const std::uint8_t* a = row + column.first;
        const std::uint8_t* b = row + column.second;
        for (int c = 0; c < 3; ++c) {
            const int source = sourceChannels == 1 ? 0 : c;
            target[c] = static_cast<std::uint16_t>(a[source] * one + (b[source] - a[source]) * column.share);
        }
        target[3] = 255 * one;
        target += channels;
    }
}

void mixRows(const std::vector<std::uint16_t>& above, const std::vector<std::uint16_t>& below, float weight,
             std::uint8_t* out) {
    // Of 16 bits, so that the compiler multiplies eight at a time.
    const auto share = static_cast<std::uint16_t>(weight * one + 0.5F);
    const auto rest = static_cast<std::uint16_t>(one - share);
    const std::size_t count = above.size();
    const std::uint16_t* a = above.data();
    const std::uint16_t* b = below.data();
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<std::uint8_t>(
            (static_cast<std::uint32_t>(a[i]) * rest + static_cast<std::uint32_t>(b[i]) * share + one * one / 2) >> 16);
}

template <int sourceChannels>
void paintSmoothly(const QImage& level, const AxisTaps& x, const AxisTaps& y, const QRect& part, QImage& target) {
    const std::vector<Column> columns = columnsOf(x, sourceChannels);
    const std::size_t width = columns.size() * channels;
    std::vector<std::uint16_t> above(width);
    std::vector<std::uint16_t> below(width);
    int aboveRow = -1;
    int belowRow = -1;
    for (int line = 0; line < part.height(); ++line) {
        const auto at = static_cast<std::size_t>(line);
        const int first = y.first[at];
        const int second = y.second[at];
        if (first != aboveRow && first == belowRow) {
            std::swap(above, below);
            std::swap(aboveRow, belowRow);
        }
        if (first != aboveRow) {
            stretchRow<sourceChannels>(level.constScanLine(first), columns, above);
            aboveRow = first;
        }
        if (second != belowRow && second != first) {
            stretchRow<sourceChannels>(level.constScanLine(second), columns, below);
            belowRow = second;
        }
        std::uint8_t* out = target.scanLine(part.top() + line) + static_cast<std::ptrdiff_t>(part.left()) * channels;
        mixRows(above, second == first ? above : below, y.weight[at], out);
    }
}

template <int sourceChannels>
void paintSquares(const QImage& level, const std::vector<int>& x, const std::vector<int>& y, const QRect& part,
                  QImage& target) {
    const auto bytes = static_cast<std::size_t>(part.width()) * channels;
    const auto lineOf = [&](int line) {
        return target.scanLine(part.top() + line) + static_cast<std::ptrdiff_t>(part.left()) * channels;
    };
    for (int line = 0; line < part.height(); ++line) {
        const auto at = static_cast<std::size_t>(line);
        std::uint8_t* out = lineOf(line);
        if (line > 0 && y[at] == y[at - 1]) {
            std::memcpy(out, lineOf(line - 1), bytes);
            continue;
        }
        const std::uint8_t* row = level.constScanLine(y[at]);
        for (const int column : x) {
            const std::uint8_t* pixel = row + column * sourceChannels;
            for (int c = 0; c < 3; ++c) out[c] = pixel[sourceChannels == 1 ? 0 : c];
            out[3] = 255;
            out += channels;
        }
    }
}

const QImage& levelFor(const services::Picture& picture, double zoom) {
    std::size_t level = 0;
    while (level + 1 < picture.levels.size() && zoom * 2 <= 1) {
        zoom *= 2;
        ++level;
    }
    return picture.levels[level];
}

}  // namespace

void paintPicture(const services::Picture& picture, const Viewport& viewport, const QRect& part, QImage& target) {
    if (part.isEmpty() || picture.levels.empty()) return;
    const QImage& level = levelFor(picture, viewport.zoom);
    const double stepX = level.width() / (picture.width() * viewport.zoom);
    const double stepY = level.height() / (picture.height() * viewport.zoom);
    const QPoint from = part.topLeft() - viewport.origin;
    const bool gray = level.format() == QImage::Format_Grayscale8;
    if (viewport.zoom >= squarePixelZoom) {
        const auto x = nearestTaps(from.x(), part.width(), stepX, 0, level.width());
        const auto y = nearestTaps(from.y(), part.height(), stepY, 0, level.height());
        gray ? paintSquares<1>(level, x, y, part, target) : paintSquares<3>(level, x, y, part, target);
        return;
    }
    const AxisTaps x = axisTaps(from.x(), part.width(), stepX, 0, level.width());
    const AxisTaps y = axisTaps(from.y(), part.height(), stepY, 0, level.height());
    gray ? paintSmoothly<1>(level, x, y, part, target) : paintSmoothly<3>(level, x, y, part, target);
}

}  // namespace ui
