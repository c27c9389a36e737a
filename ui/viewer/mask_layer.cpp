// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/mask_layer.h"

#include <algorithm>

#include "ui/viewer/axis_taps.h"
#include "ui/viewer/shift_rows.h"

namespace ui {

namespace {

QRgb mixed(QRgb pixel, QRgb tint, std::uint32_t share) {
    constexpr std::uint32_t redBlue = 0x00ff00ff;
    const std::uint32_t keep = 256 - share;
    const std::uint32_t rb = ((pixel & redBlue) * keep + (tint & redBlue) * share) >> 8 & redBlue;
    const std::uint32_t green = ((pixel >> 8 & 0xff) * keep + (tint >> 8 & 0xff) * share) & 0xff00;
    return 0xff000000 | rb | green;
}

}  // namespace

void MaskLayer::shift(const QPoint& by) {
    if (!m_places.empty()) shiftRows(m_places.data(), m_size, by);
}

std::uint8_t* MaskLayer::row(int y) {
    return m_places.data() + static_cast<std::ptrdiff_t>(y + reach) * m_size.width() + reach;
}

void MaskLayer::sample(const Viewport& viewport, const QRect& part) {
    if (isEmpty() || part.isEmpty()) return;
    const QSize size = viewport.device + QSize(2 * reach, 2 * reach);
    if (m_places.empty() || m_size != size) {
        m_size = size;
        m_places.assign(static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height()), Outside);
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
        for (std::size_t i = 0; i < x.size(); ++i) out[i] = source[x[i]] != 0 ? Inside : Outside;
    }
    findLine(all, area.adjusted(-reach, -reach, reach, reach) & all);
}

// What is inside with something outside so near. The edge of the picture is no border of the mask.
void MaskLayer::findLine(const QRect& all, const QRect& part) {
    const int stride = m_size.width();
    for (int y = part.top(); y <= part.bottom(); ++y) {
        const int up = std::min(reach, y - all.top());
        const int down = std::min(reach, all.bottom() - y);
        std::uint8_t* places = row(y);
        for (int x = part.left(); x <= part.right(); ++x) {
            std::uint8_t* place = places + x;
            if (*place == Outside) continue;
            const int left = std::min(reach, x - all.left());
            const int right = std::min(reach, all.right() - x);
            bool near = false;
            for (int i = 1; i <= reach; ++i) {
                near = near || place[-std::min(i, left)] == Outside || place[std::min(i, right)] == Outside ||
                       place[-static_cast<std::ptrdiff_t>(std::min(i, up)) * stride] == Outside ||
                       place[static_cast<std::ptrdiff_t>(std::min(i, down)) * stride] == Outside;
            }
            *place = near ? Line : Inside;
        }
    }
}

void MaskLayer::paintRow(const Paint& paint, int y, int from, int to, QRgb* pixels) {
    if (m_places.empty()) return;
    const std::uint8_t* places = row(y);
    for (int x = from; x < to; ++x) {
        if (places[x] == Line)
            pixels[x] = paint.line;
        else if (const std::uint32_t share = places[x] == Inside ? paint.insideShare : paint.outsideShare; share > 0)
            pixels[x] = mixed(pixels[x], paint.tint, share);
    }
}

}  // namespace ui
