// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPolygonF>
#include <QRgb>
#include <cstdint>
#include <vector>

#include "ui/viewer/viewport.h"

namespace ui {

// Draws contours onto the composed picture and takes them off again: white, two pixels of the desktop wide at any zoom,
// with a dark edge. By the distance of each pixel near a line from it, which for lines of thousands of short steps
// costs a tenth of what stroking them as paths does; the pixels that were there before are kept.
class ContourLayer {
public:
    // Puts back what was under the contour; `picture` must be the one that it was drawn on, otherwise unchanged since.
    void erase(QImage& picture);
    // Only inside `clip`. `scaling`: pixels of the screen to one of the desktop. After erase().
    void draw(QImage& picture, const std::vector<QPolygonF>& contour, const Viewport& viewport, const QRect& clip,
              double scaling);
    void clear() { m_covered.clear(); }

private:
    struct Covered {
        std::size_t pixel;
        QRgb before;
    };
    void drawLine(const QPolygonF& line, const Viewport& viewport);
    void drawStep(QPointF from, QPointF to);
    void blend(QImage& picture);

    QRect m_clip;
    float m_reach = 0;
    double m_scaling = 1;
    // 0: farther away than reach, 255: on a line. Of the view's height; rows are m_stride apart, with room for a whole
    // block behind the last pixel.
    std::vector<std::uint8_t> m_nearness;
    std::size_t m_stride = 0;
    int m_firstRow = 0;  // of those with anything near
    int m_lastRow = -1;
    std::vector<Covered> m_covered;
};

}  // namespace ui
