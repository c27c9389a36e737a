// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/mask_editor.h"

#include <algorithm>
#include <cmath>

#include "ui/viewer/mask_shapes.h"

namespace ui {

void MaskEditor::prepare(QImage& mask, const QSize& picture, bool takesAway) const {
    if (mask.isNull()) {
        mask = QImage(picture, QImage::Format_Grayscale8);
        mask.fill(target == MaskTarget::Region && takesAway ? 255 : 0);
    }
    if (mask.format() != QImage::Format_Grayscale8) mask = mask.convertToFormat(QImage::Format_Grayscale8);
    if (mask.size() != picture) mask = mask.scaled(picture, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

QRectF MaskEditor::ellipse() const {
    if (!m_stroke || tool != MaskTool::Ellipse) return {};
    QPointF corner = m_stroke->last;
    if (m_stroke->square) {
        const QPointF way = corner - m_stroke->start;
        const double side = std::max(std::abs(way.x()), std::abs(way.y()));
        corner = m_stroke->start + QPointF(std::copysign(side, way.x()), std::copysign(side, way.y()));
    }
    return QRectF(m_stroke->start, corner).normalized();
}

QRect MaskEditor::press(QImage& mask, const QPointF& place, bool inverted) {
    if (tool == MaskTool::Look) return {};
    if (!hasPolygon()) m_takesAway = takesAway(inverted);
    if (tool == MaskTool::Polygon) {
        m_polygon.append(place);
        return {};
    }
    m_stroke = Stroke{place, place};
    if (tool == MaskTool::Ellipse) return {};
    return fillStroke(mask, place, place, brushSize, value());
}

QRect MaskEditor::move(QImage& mask, const QPointF& place, bool square) {
    if (!m_stroke) return {};
    const QPointF last = std::exchange(m_stroke->last, place);
    m_stroke->square = square;
    if (tool == MaskTool::Ellipse) return {};
    return fillStroke(mask, last, place, brushSize, value());
}

QRect MaskEditor::release(QImage& mask) {
    const QRectF box = ellipse();
    m_stroke.reset();
    return box.isEmpty() ? QRect() : fillEllipse(mask, box, value());
}

QRect MaskEditor::closePolygon(QImage& mask) {
    const QPolygonF polygon = std::exchange(m_polygon, {});
    return fillPolygon(mask, polygon, value());
}

void MaskEditor::dropLastCorner() {
    if (hasPolygon()) m_polygon.removeLast();
}

void MaskEditor::cancel() {
    m_polygon.clear();
    if (tool == MaskTool::Ellipse) m_stroke.reset();
}

}  // namespace ui
