// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/map_layer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "ui/viewer/axis_taps.h"

namespace ui {

namespace {

constexpr int levels = 256;
constexpr std::uint32_t redBlue = 0x00ff00ff;

void stretchRow(const float* row, const AxisTaps& x, std::vector<float>& out) {
    const std::size_t count = out.size();
    for (std::size_t i = 0; i < count; ++i) {
        const float a = row[x.first[i]];
        out[i] = a + (row[x.second[i]] - a) * x.weight[i];
    }
}

}  // namespace

double mapValueAt(const services::StoredMap& map, const QPointF& place) {
    const engine::Placement& p = map.placement;
    const double x = std::clamp(place.x() * p.scaleX + p.offsetX - 0.5, 0.0, map.values.cols - 1.0);
    const double y = std::clamp(place.y() * p.scaleY + p.offsetY - 0.5, 0.0, map.values.rows - 1.0);
    const int left = static_cast<int>(x);
    const int top = static_cast<int>(y);
    const int right = std::min(left + 1, map.values.cols - 1);
    const int bottom = std::min(top + 1, map.values.rows - 1);
    const auto along = [&](int row) {
        const auto* values = map.values.ptr<float>(row);
        return values[left] + (double{values[right]} - values[left]) * (x - left);
    };
    return along(top) + (along(bottom) - along(top)) * (y - top);
}

void sampleMap(const services::StoredMap& map, const Viewport& viewport, const QRect& part,
               std::vector<float>& target) {
    if (part.isEmpty()) return;
    const engine::Placement& p = map.placement;
    const double stepX = p.scaleX / viewport.zoom;
    const double stepY = p.scaleY / viewport.zoom;
    const AxisTaps x = axisTaps(part.left() - viewport.origin.x(), part.width(), stepX, p.offsetX, map.values.cols);
    const AxisTaps y = axisTaps(part.top() - viewport.origin.y(), part.height(), stepY, p.offsetY, map.values.rows);
    const auto width = static_cast<std::size_t>(part.width());
    std::vector<float> above(width);
    std::vector<float> below(width);
    int aboveRow = -1;
    int belowRow = -1;
    for (int line = 0; line < part.height(); ++line) {
        const auto at = static_cast<std::size_t>(line);
        if (y.first[at] != aboveRow && y.first[at] == belowRow) {
            std::swap(above, below);
            std::swap(aboveRow, belowRow);
        }
        if (y.first[at] != aboveRow) stretchRow(map.values.ptr<float>(aboveRow = y.first[at]), x, above);
        if (y.second[at] != belowRow) stretchRow(map.values.ptr<float>(belowRow = y.second[at]), x, below);
        const float weight = y.weight[at];
        const float* a = above.data();
        const float* b = below.data();
        float* out =
            target.data() + static_cast<std::ptrdiff_t>(part.top() + line) * viewport.device.width() + part.left();
        for (std::size_t i = 0; i < width; ++i) out[i] = a[i] + (b[i] - a[i]) * weight;
    }
}

BlendTable blendTable(const std::array<QRgb, 256>& colours, double low, double high, double opacity) {
    BlendTable table;
    // A range without width is a step: everything above it is shown in full.
    table.low = static_cast<float>(low);
    table.scale = static_cast<float>((levels - 1) / std::max(high - low, 1e-30));
    for (std::size_t i = 0; i < levels; ++i) {
        const double full = std::clamp(opacity, 0.0, 1.0) * levels;
        const auto share = static_cast<std::uint32_t>(std::lrint(full * static_cast<double>(i) / (levels - 1)));
        const auto add = [&](int channel) { return static_cast<std::uint32_t>(channel) * share + levels / 2; };
        table.entries[i] = {levels - share, add(qRed(colours[i])) << 16 | add(qBlue(colours[i])),
                            add(qGreen(colours[i]))};
    }
    return table;
}

void blendRow(const BlendTable& table, const float* values, const QRgb* plain, QRgb* out, int count) {
    // The levels of a stretch first, which the compiler does several at a time; the table is looked up one by one.
    constexpr int stretch = 256;
    std::array<int, stretch> level;
    const float low = table.low;
    const float scale = table.scale;
    for (int begin = 0; begin < count; begin += stretch) {
        const int length = std::min(stretch, count - begin);
        const float* from = values + begin;
        for (int i = 0; i < length; ++i) {
            const float place = (from[i] - low) * scale + 0.5F;
            // In this order, a value that is no number is at the low end.
            const float above = place > 0 ? place : 0.0F;
            level[static_cast<std::size_t>(i)] = static_cast<int>(above < levels - 1 ? above : float{levels - 1});
        }
        for (int i = 0; i < length; ++i) {
            const QRgb pixel = plain[begin + i];
            const BlendTable::Entry& entry =
                table.entries[static_cast<std::size_t>(level[static_cast<std::size_t>(i)])];
            const std::uint32_t rb = ((pixel & redBlue) * entry.keep + entry.addRedBlue) >> 8 & redBlue;
            const std::uint32_t green = ((pixel >> 8 & 0xff) * entry.keep + entry.addGreen) & 0xff00;
            out[begin + i] = 0xff000000 | rb | green;
        }
    }
}

void cutRow(const float* values, float cut, const QRgb* plain, const QRgb* blended, QRgb* out, int count) {
    for (int i = 0; i < count; ++i) {
        // Both are read in any case: then the compiler can choose between four at a time.
        const QRgb below = plain[i];
        const QRgb above = blended[i];
        const QRgb mask = values[i] >= cut ? 0xffffffff : 0;
        out[i] = (above & mask) | (below & ~mask);
    }
}

void TileExtremes::build(const std::vector<float>& values, int stride, const QRect& part) {
    m_tiles.clear();
    for (int top = part.top(); top <= part.bottom(); top += height) {
        for (int left = part.left(); left <= part.right(); left += width) {
            const QRect rect = QRect(left, top, width, height) & part;
            std::array<float, width> low;
            std::array<float, width> high;
            low.fill(std::numeric_limits<float>::infinity());
            high.fill(-std::numeric_limits<float>::infinity());
            const auto columns = static_cast<std::size_t>(rect.width());
            for (int y = rect.top(); y <= rect.bottom(); ++y) {
                const float* row = values.data() + static_cast<std::ptrdiff_t>(y) * stride + left;
                for (std::size_t x = 0; x < columns; ++x) {
                    low[x] = row[x] < low[x] ? row[x] : low[x];
                    high[x] = row[x] > high[x] ? row[x] : high[x];
                }
            }
            m_tiles.push_back(
                {rect, *std::min_element(low.begin(), low.end()), *std::max_element(high.begin(), high.end())});
        }
    }
}

std::vector<QRect> TileExtremes::between(float oneCut, float otherCut) const {
    const float low = std::min(oneCut, otherCut);
    const float high = std::max(oneCut, otherCut);
    std::vector<QRect> rects;
    for (const Tile& tile : m_tiles)
        if (tile.largest >= low && tile.smallest < high) rects.push_back(tile.rect);
    return rects;
}

}  // namespace ui
