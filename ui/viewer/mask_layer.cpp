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

void MaskLayer::sample(const Viewport& viewport, const QRect& part) {
    if (isEmpty() || part.isEmpty()) return;
    if (m_places.empty() || m_size != viewport.device) {
        m_size = viewport.device;
        m_places.assign(static_cast<std::size_t>(m_size.width()) * static_cast<std::size_t>(m_size.height()), Outside);
    }
    const double stepX = image.width() / (viewport.picture.width() * viewport.zoom);
    const double stepY = image.height() / (viewport.picture.height() * viewport.zoom);
    const auto x = nearestTaps(part.left() - viewport.origin.x(), part.width(), stepX, 0, image.width());
    const auto y = nearestTaps(part.top() - viewport.origin.y(), part.height(), stepY, 0, image.height());
    for (int line = 0; line < part.height(); ++line) {
        const std::uint8_t* source = image.constScanLine(y[static_cast<std::size_t>(line)]);
        std::uint8_t* out =
            m_places.data() + static_cast<std::ptrdiff_t>(part.top() + line) * m_size.width() + part.left();
        for (std::size_t i = 0; i < x.size(); ++i) out[i] = source[x[i]] != 0 ? Inside : Outside;
    }
    findLine(viewport.visibleRect(), part.adjusted(-reach, -reach, reach, reach) & viewport.visibleRect());
}

// What is inside with something outside so near. The edge of the picture is no border of the mask.
void MaskLayer::findLine(const QRect& visible, const QRect& part) {
    const int stride = m_size.width();
    for (int y = part.top(); y <= part.bottom(); ++y) {
        const int up = std::min(reach, y - visible.top());
        const int down = std::min(reach, visible.bottom() - y);
        std::uint8_t* row = m_places.data() + static_cast<std::ptrdiff_t>(y) * stride;
        for (int x = part.left(); x <= part.right(); ++x) {
            if (row[x] == Outside) continue;
            const int left = std::min(reach, x - visible.left());
            const int right = std::min(reach, visible.right() - x);
            bool near = false;
            for (int i = 1; i <= reach; ++i) {
                near = near || row[x - std::min(i, left)] == Outside || row[x + std::min(i, right)] == Outside ||
                       row[x - static_cast<std::ptrdiff_t>(std::min(i, up)) * stride] == Outside ||
                       row[x + static_cast<std::ptrdiff_t>(std::min(i, down)) * stride] == Outside;
            }
            row[x] = near ? Line : Inside;
        }
    }
}

void MaskLayer::paintRow(const Paint& paint, int y, int from, int to, QRgb* row) const {
    if (m_places.empty()) return;
    const std::uint8_t* places = m_places.data() + static_cast<std::ptrdiff_t>(y) * m_size.width();
    for (int x = from; x < to; ++x) {
        if (places[x] == Line)
            row[x] = paint.line;
        else if (const std::uint32_t share = places[x] == Inside ? paint.insideShare : paint.outsideShare; share > 0)
            row[x] = mixed(row[x], paint.tint, share);
    }
}

}  // namespace ui
