// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/contour_layer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

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

// Pixels in a row whose distance from a step is taken at once: a size that compilers make vectors of.
constexpr int block = 16;

// A step of a line, and how a distance from it becomes a nearness.
struct Step {
    float wayX;
    float wayY;
    float perSquare;
    float scale;
};

// The nearness of the `block` pixels from the one at (awayX, awayY) from the step's start. That of a pixel out of reach
// is none, so that a block may go on past the last that matters. By value, so that no store can change the step.
void drawBlock(Step step, float awayX, float awayY, std::uint8_t* nearness) {
    for (int i = 0; i < block; ++i) {
        const float x = awayX + static_cast<float>(i);
        const float along = std::min(std::max((x * step.wayX + awayY * step.wayY) * step.perSquare, 0.0F), 1.0F);
        const float restX = x - along * step.wayX;
        const float restY = awayY - along * step.wayY;
        const float near = std::max(255 - (restX * restX + restY * restY) * step.scale, 0.0F);
        nearness[i] = std::max(nearness[i], static_cast<std::uint8_t>(static_cast<int>(near)));
    }
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
    m_stride = static_cast<std::size_t>((viewport.device.width() + 2 * block - 1) / block * block);
    m_nearness.resize(m_stride * static_cast<std::size_t>(viewport.device.height()), 0);
    m_firstRow = m_clip.bottom() + 1;
    m_lastRow = m_clip.top() - 1;
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
    const Step step{wayX, wayY, square > 0 ? 1 / square : 0, 255 / (m_reach * m_reach)};
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
        std::uint8_t* row = m_nearness.data() + static_cast<std::size_t>(y) * m_stride;
        for (int x = first; x <= last; x += block)
            drawBlock(step, static_cast<float>(x + 0.5 - from.x()), static_cast<float>(y + 0.5 - from.y()), row + x);
    }
    m_firstRow = std::min(m_firstRow, firstRow);
    m_lastRow = std::max(m_lastRow, lastRow);
}

void ContourLayer::blend(QImage& picture) {
    const std::array<Entry, 256> table = coverTable(m_reach, m_scaling);
    const auto width = static_cast<std::size_t>(picture.width());
    auto* pixels = reinterpret_cast<QRgb*>(picture.bits());
    const auto cover = [&](std::size_t at, std::uint8_t nearness) {
        QRgb& pixel = pixels[at];
        m_covered.push_back({at, pixel});
        const Entry& entry = table[nearness];
        const std::uint32_t rb = ((pixel & redBlue) * entry.keep + entry.add * 0x10001) >> 8 & redBlue;
        const std::uint32_t green = ((pixel >> 8 & 0xff) * entry.keep + entry.add) & 0xff00;
        pixel = 0xff000000 | rb | green;
    };
    // Most of a view is far from every line: it is passed eight pixels at a time.
    for (int y = m_firstRow; y <= m_lastRow; ++y) {
        std::uint8_t* row = m_nearness.data() + static_cast<std::size_t>(y) * m_stride;
        for (std::size_t word = 0; word < m_stride; word += 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, row + word, sizeof eight);
            if (eight == 0) continue;
            for (std::size_t x = word; x < word + 8; ++x)
                if (row[x] != 0 && static_cast<int>(x) >= m_clip.left() && static_cast<int>(x) <= m_clip.right())
                    cover(static_cast<std::size_t>(y) * width + x, row[x]);
            std::memset(row + word, 0, 8);
        }
    }
}

}  // namespace ui
