// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/contour_layer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace ui {

namespace {

constexpr double lineWidth = 2;
constexpr double edgeWidth = 1;
constexpr int edgeGray = 24;
constexpr std::uint32_t redBlue = 0x00ff00ff;

struct Entry {
    std::uint32_t keep = 256;
    std::uint32_t add = 0;  // gray, times 256
};

// What a pixel at each nearness becomes. Nearness is linear in the square of the distance.
std::array<Entry, 256> coverTable(double reach, double scaling) {
    std::array<Entry, 256> table;
    for (std::size_t i = 1; i < table.size(); ++i) {
        const double distance = reach * std::sqrt(1 - static_cast<double>(i) / 255);
        const double white = std::clamp(lineWidth / 2 * scaling + 0.5 - distance, 0.0, 1.0);
        const double dark = std::clamp((lineWidth / 2 + edgeWidth) * scaling + 0.5 - distance, 0.0, 1.0);
        const double keep = (1 - dark) * (1 - white);
        table[i].keep = static_cast<std::uint32_t>(std::lround(keep * 256));
        const double gray = dark * (1 - white) * edgeGray + white * 255;
        table[i].add = static_cast<std::uint32_t>(std::lround(gray * 256));
    }
    return table;
}

}  // namespace

void ContourLayer::erase(QImage& picture) {
    if (m_covered.empty()) return;
    auto* pixels = reinterpret_cast<QRgb*>(picture.bits());
    for (const Covered& covered : m_covered) pixels[covered.pixel] = covered.before;
    m_covered.clear();
}

void ContourLayer::draw(QImage& picture, const std::vector<QPolygonF>& contour, const Viewport& viewport,
                        const QRect& clip, double scaling) {
    m_clip = clip & QRect(QPoint(), viewport.device);
    if (contour.empty() || m_clip.isEmpty()) return;
    m_scaling = scaling;
    m_reach = static_cast<float>((lineWidth / 2 + edgeWidth) * scaling + 0.5);
    m_stride = viewport.device.width();
    m_nearness.resize(static_cast<std::size_t>(m_stride) * static_cast<std::size_t>(viewport.device.height()), 0);
    for (const QPolygonF& line : contour) drawLine(line, viewport);
    blend(picture);
}

// Steps that are shorter than what can be seen are taken together.
void ContourLayer::drawLine(const QPolygonF& line, const Viewport& viewport) {
    const double apart = 2.5 * m_scaling;
    QPointF from = viewport.toDevice(line.first());
    for (qsizetype i = 1; i < line.size(); ++i) {
        const QPointF to = viewport.toDevice(line[i]);
        const QPointF step = to - from;
        if (i + 1 < line.size() && std::abs(step.x()) + std::abs(step.y()) < apart) continue;
        drawStep(from, to);
        from = to;
    }
}

void ContourLayer::drawStep(QPointF from, QPointF to) {
    const double reach = m_reach;
    const double top = std::min(from.y(), to.y()) - reach;
    const double bottom = std::max(from.y(), to.y()) + reach;
    const double left = std::min(from.x(), to.x()) - reach;
    const double right = std::max(from.x(), to.x()) + reach;
    if (bottom < m_clip.top() || top > m_clip.bottom() + 1 || right < m_clip.left() || left > m_clip.right() + 1)
        return;
    const auto wayX = static_cast<float>(to.x() - from.x());
    const auto wayY = static_cast<float>(to.y() - from.y());
    const float square = wayX * wayX + wayY * wayY;
    const float perSquare = square > 0 ? 1 / square : 0;
    const float scale = 255 / (m_reach * m_reach);
    const int firstRow = std::max(m_clip.top(), static_cast<int>(std::floor(top)));
    const int lastRow = std::min(m_clip.bottom(), static_cast<int>(std::floor(bottom)));
    for (int y = firstRow; y <= lastRow; ++y) {
        // The columns between which the step passes this row, within reach.
        double rowLeft = left;
        double rowRight = right;
        if (std::abs(wayX) > 2 * reach && wayY != 0) {
            const double one = (y + 0.5 - reach - from.y()) / wayY;
            const double other = (y + 0.5 + reach - from.y()) / wayY;
            const double enter = std::clamp(std::min(one, other), 0.0, 1.0);
            const double leave = std::clamp(std::max(one, other), 0.0, 1.0);
            rowLeft = from.x() + (wayX > 0 ? enter : leave) * wayX - reach;
            rowRight = from.x() + (wayX > 0 ? leave : enter) * wayX + reach;
        }
        const int first = static_cast<int>(std::max(rowLeft, static_cast<double>(m_clip.left())));
        const int last = static_cast<int>(std::min(rowRight, static_cast<double>(m_clip.right())));
        const auto awayY = static_cast<float>(y + 0.5 - from.y());
        auto awayX = static_cast<float>(first + 0.5 - from.x());
        const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(m_stride);
        for (int x = first; x <= last; ++x, awayX += 1) {
            const float along = std::clamp((awayX * wayX + awayY * wayY) * perSquare, 0.0F, 1.0F);
            const float restX = awayX - along * wayX;
            const float restY = awayY - along * wayY;
            const float near = 255 - (restX * restX + restY * restY) * scale;
            if (!(near >= 1)) continue;
            const std::size_t pixel = row + static_cast<std::size_t>(x);
            const auto level = static_cast<std::uint8_t>(near);
            if (level <= m_nearness[pixel]) continue;
            if (m_nearness[pixel] == 0) m_covered.push_back({pixel, 0});
            m_nearness[pixel] = level;
        }
    }
}

void ContourLayer::blend(QImage& picture) {
    const std::array<Entry, 256> table = coverTable(m_reach, m_scaling);
    auto* pixels = reinterpret_cast<QRgb*>(picture.bits());
    for (Covered& covered : m_covered) {
        QRgb& pixel = pixels[covered.pixel];
        covered.before = pixel;
        const Entry& entry = table[std::exchange(m_nearness[covered.pixel], std::uint8_t{0})];
        const std::uint32_t rb = ((pixel & redBlue) * entry.keep + entry.add * 0x10001) >> 8 & redBlue;
        const std::uint32_t green = ((pixel >> 8 & 0xff) * entry.keep + entry.add) & 0xff00;
        pixel = 0xff000000 | rb | green;
    }
}

}  // namespace ui
