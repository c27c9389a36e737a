// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/mask_layer.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/viewer/axis_taps.h"
#include "ui/viewer/shift_rows.h"

namespace ui {

namespace {

// Pixels of the desktop.
constexpr double lineWidth = 2;
constexpr double edgeWidth = 1;

QRgb mixed(QRgb pixel, QRgb tint, std::uint32_t share) {
    constexpr std::uint32_t redBlue = 0x00ff00ff;
    const std::uint32_t keep = 256 - share;
    const std::uint32_t rb = ((pixel & redBlue) * keep + (tint & redBlue) * share) >> 8 & redBlue;
    const std::uint32_t green = ((pixel >> 8 & 0xff) * keep + (tint >> 8 & 0xff) * share) & 0xff00;
    return 0xff000000 | rb | green;
}

std::uint64_t eightOf(const std::uint8_t* places) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, places, sizeof eight);
    return eight;
}

// Whether one of eight places is on another side than the one after it or the one below it. The side is the lowest bit.
bool hasStep(const std::uint8_t* places, const std::uint8_t* below) {
    const std::uint64_t here = eightOf(places);
    return (((here ^ eightOf(places + 1)) | (here ^ eightOf(below))) & 0x0101010101010101) != 0;
}

}  // namespace

void MaskLayer::shift(const QPoint& by) {
    if (!m_places.empty()) shiftRows(m_places.data(), m_size, by);
}

int MaskLayer::reach(double scaling) {
    return static_cast<int>(std::lround(lineWidth * scaling));
}

std::uint8_t* MaskLayer::row(int y) {
    return m_places.data() + static_cast<std::ptrdiff_t>(y + m_lineWidth) * m_size.width() + m_lineWidth;
}

void MaskLayer::sample(const Viewport& viewport, const QRect& part, double scaling) {
    if (isEmpty() || part.isEmpty()) return;
    const int reach = MaskLayer::reach(scaling);
    m_lineWidth = reach;
    m_edgeWidth = static_cast<int>(std::lround(edgeWidth * scaling));
    const QSize size = viewport.device + QSize(2 * reach, 2 * reach);
    if (m_places.empty() || m_size != size) {
        m_size = size;
        m_places.assign(static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height()), 0);
    }
    const QRect all = QRect(QPoint(-reach, -reach), size) & viewport.pictureRect();
    const QRect area = part.adjusted(-reach, -reach, reach, reach) & all;
    const double stepX = image.width() / (viewport.picture.width() * viewport.zoom);
    const double stepY = image.height() / (viewport.picture.height() * viewport.zoom);
    const QPoint from = area.topLeft() - viewport.origin;
    const auto x = nearestTaps(from.x(), area.width(), stepX, 0, image.width());
    const auto y = nearestTaps(from.y(), area.height(), stepY, 0, image.height());
    for (int line = 0; line < area.height(); ++line) {
        const std::uint8_t* source = image.constScanLine(y[static_cast<std::size_t>(line)]);
        std::uint8_t* out = row(area.top() + line) + area.left();
        for (std::size_t i = 0; i < x.size(); ++i) out[i] = source[x[i]] != 0 ? Inside : 0;
    }
    findLine(all, area.adjusted(-reach, -reach, reach, reach) & all);
}

// Along every step from inside to outside. The edge of the picture is no border of the mask.
void MaskLayer::findLine(const QRect& all, const QRect& part) {
    for (int y = part.top(); y <= part.bottom(); ++y) {
        std::uint8_t* places = row(y);
        for (int x = part.left(); x <= part.right(); ++x) places[x] &= Inside;
    }
    const QRect around = part.adjusted(-m_lineWidth, -m_lineWidth, m_lineWidth, m_lineWidth) & all;
    for (int y = around.top(); y <= around.bottom(); ++y) {
        const std::uint8_t* here = row(y);
        const std::uint8_t* below = row(std::min(y + 1, around.bottom()));
        int x = around.left();
        while (x <= around.right()) {
            // Most of a mask is far from its border: it is passed eight places at a time.
            if (x + 8 <= around.right() && !hasStep(here + x, below + x)) {
                x += 8;
                continue;
            }
            if (x < around.right() && ((here[x] ^ here[x + 1]) & Inside) != 0) markBorder({x, y}, {1, 0}, part);
            if (((here[x] ^ below[x]) & Inside) != 0) markBorder({x, y}, {0, 1}, part);
            ++x;
        }
    }
}

// Both sides of the step that goes from a place its way, as deep as the line and its edge are.
void MaskLayer::markBorder(const QPoint& from, const QPoint& way, const QRect& part) {
    const auto markSide = [&](QPoint place, const QPoint& away) {
        const int side = row(place.y())[place.x()] & Inside;
        const int depth = side != 0 ? m_lineWidth : m_edgeWidth;
        for (int i = 0; i < depth; ++i, place += away) {
            if (!part.contains(place)) continue;
            std::uint8_t& at = row(place.y())[place.x()];
            if ((at & Inside) == side) at |= AtBorder;
        }
    };
    markSide(from, -way);
    markSide(from + way, way);
}

void MaskLayer::paintRow(const Paint& paint, int y, int from, int to, QRgb* pixels) {
    if (m_places.empty()) return;
    const std::uint8_t* places = row(y);
    for (int x = from; x < to; ++x) {
        const bool inside = (places[x] & Inside) != 0;
        if ((places[x] & AtBorder) != 0)
            pixels[x] = inside ? paint.line : paint.edge;
        else if (const std::uint32_t share = inside ? paint.insideShare : paint.outsideShare; share > 0)
            pixels[x] = mixed(pixels[x], paint.tint, share);
    }
}

}  // namespace ui
