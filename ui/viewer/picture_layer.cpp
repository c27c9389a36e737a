// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/picture_layer.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "ui/viewer/axis_taps.h"

namespace ui {

namespace {

constexpr int channels = 4;         // of RGB32 in memory: blue, green, red, unused
constexpr std::uint32_t one = 256;  // of the fixed-point weights

// Where the two samples of a column are in a row of the level, and the share of the second. A colour is read as four
// bytes; the last one of a row from one byte before it, so that nothing behind the row is touched.
struct Column {
    int first;
    int second;
    int firstShift;
    int secondShift;
    std::uint32_t share;
};

std::vector<Column> columnsOf(const AxisTaps& x, int sourceChannels, int samples) {
    std::vector<Column> columns(x.first.size());
    const auto place = [&](int sample, int& at, int& shift) {
        const bool last = sourceChannels == 3 && sample == samples - 1 && samples > 1;
        at = sample * sourceChannels - (last ? 1 : 0);
        shift = last ? 8 : 0;
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        place(x.first[i], columns[i].first, columns[i].firstShift);
        place(x.second[i], columns[i].second, columns[i].secondShift);
        columns[i].share = static_cast<std::uint32_t>(x.weight[i] * one + 0.5F);
    }
    return columns;
}

std::uint32_t fourBytes(const std::uint8_t* at) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

void store(std::uint64_t pixel, std::uint16_t* out) {
    std::memcpy(out, &pixel, sizeof pixel);
}

constexpr std::uint64_t opaque = std::uint64_t{255 * one} << 48;

// One row of the level, brought to the columns of the screen: four values of 16 bits, times 256, to a pixel.
void stretchGray(const std::uint8_t* row, const std::vector<Column>& columns, std::uint16_t* out) {
    for (const Column& column : columns) {
        const std::uint32_t value = row[column.first] * (one - column.share) + row[column.second] * column.share;
        store(value * std::uint64_t{0x000100010001} | opaque, out);
        out += channels;
    }
}

void stretchColour(const std::uint8_t* row, const std::vector<Column>& columns, std::uint16_t* out) {
    constexpr std::uint32_t redBlue = 0x00ff00ff;
    for (const Column& column : columns) {
        const std::uint32_t a = fourBytes(row + column.first) >> column.firstShift;
        const std::uint32_t b = fourBytes(row + column.second) >> column.secondShift;
        const std::uint32_t rest = one - column.share;
        const std::uint32_t rb = (a & redBlue) * rest + (b & redBlue) * column.share;
        const std::uint32_t green = (a >> 8 & 0xff) * rest + (b >> 8 & 0xff) * column.share;
        store((rb & 0xffff) | std::uint64_t{green} << 16 | std::uint64_t{rb >> 16} << 32 | opaque, out);
        out += channels;
    }
}

template <int sourceChannels>
void stretchRow(const std::uint8_t* row, const std::vector<Column>& columns, std::vector<std::uint16_t>& out) {
    sourceChannels == 1 ? stretchGray(row, columns, out.data()) : stretchColour(row, columns, out.data());
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
    const std::vector<Column> columns = columnsOf(x, sourceChannels, level.width());
    std::vector<std::uint16_t> above(columns.size() * channels);
    std::vector<std::uint16_t> below(columns.size() * channels);
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
    // A colour picture of a single column is too narrow to be read four bytes at a time.
    if (!gray && level.width() == 1) return paintSquares<3>(level, x.first, y.first, part, target);
    gray ? paintSmoothly<1>(level, x, y, part, target) : paintSmoothly<3>(level, x, y, part, target);
}

}  // namespace ui
