// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPolygonF>
#include <QRectF>
#include <optional>

namespace ui {

enum class MaskTool { Look, Brush, Eraser, Polygon, Ellipse };
enum class MaskTarget { Defect, Region };

// The tools between the first press and the finished shape, on one mask; places are in pixel coordinates of the
// picture. A step returns the rectangle that it changed, empty if none.
class MaskEditor {
public:
    MaskTool tool = MaskTool::Look;
    MaskTarget target = MaskTarget::Defect;
    double brushSize = 24;  // diameter, pixels of the picture

    // Makes `mask` one of this size that can be painted on. A region that is not there yet holds everything for what
    // takes away, and nothing for what adds.
    void prepare(QImage& mask, const QSize& picture, bool takesAway) const;

    bool takesAway(bool inverted) const { return inverted != (tool == MaskTool::Eraser); }
    bool isStroking() const { return m_stroke.has_value(); }
    bool hasPolygon() const { return !m_polygon.isEmpty(); }
    const QPolygonF& polygon() const { return m_polygon; }
    QRectF ellipse() const;  // null unless one is being drawn

    QRect press(QImage& mask, const QPointF& place, bool inverted);
    QRect move(QImage& mask, const QPointF& place, bool square);
    QRect release(QImage& mask);       // ends a stroke or an ellipse
    QRect closePolygon(QImage& mask);  // nothing with fewer than three corners
    void dropLastCorner();
    void cancel();  // forgets polygon and ellipse

private:
    struct Stroke {
        QPointF start;
        QPointF last;
        bool square = false;
    };
    std::uint8_t value() const { return m_takesAway ? 0 : 255; }

    std::optional<Stroke> m_stroke;
    QPolygonF m_polygon;
    bool m_takesAway = false;
};

}  // namespace ui
