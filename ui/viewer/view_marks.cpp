// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/view_marks.h"

#include <QPainterPath>
#include <QPolygonF>
#include <cmath>

namespace ui {

namespace {

constexpr double gridZoom = 12;  // pixels of the desktop to a pixel of the picture

}  // namespace

void paintPixelGrid(QPainter& painter, const Viewport& viewport, double scaling) {
    if (viewport.zoom < gridZoom * scaling) return;
    const QRect visible = viewport.visibleRect();
    if (visible.isEmpty()) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QColor(128, 128, 128, 70));
    const QPointF from = viewport.toPicture(visible.topLeft());
    const QPointF to = viewport.toPicture(visible.bottomRight());
    for (int x = static_cast<int>(std::ceil(from.x())); x <= to.x(); ++x) {
        const int column = static_cast<int>(std::ceil(viewport.toDevice(QPointF(x, 0)).x() - 0.5));
        painter.drawLine(column, visible.top(), column, visible.bottom());
    }
    for (int y = static_cast<int>(std::ceil(from.y())); y <= to.y(); ++y) {
        const int row = static_cast<int>(std::ceil(viewport.toDevice(QPointF(0, y)).y() - 0.5));
        painter.drawLine(visible.left(), row, visible.right(), row);
    }
    painter.restore();
}

void paintSwipe(QPainter& painter, int column, const QSize& device, const QColor& accent, double scaling) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 110));
    painter.drawRect(QRectF(column - 2 * scaling, 0, 4 * scaling, device.height()));
    painter.setBrush(Qt::white);
    painter.drawRect(QRectF(column - scaling, 0, 2 * scaling, device.height()));
    const QPointF middle(column, device.height() / 2.0);
    painter.setPen(QPen(QColor(0, 0, 0, 110), scaling));
    painter.drawEllipse(middle, 12 * scaling, 12 * scaling);
    painter.setPen(QPen(accent, 2 * scaling, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const int side : {-1, 1}) {
        const QPointF tip = middle + QPointF(side * 7 * scaling, 0);
        const QPointF back = middle + QPointF(side * 3 * scaling, 0);
        const QPointF up(0, 4 * scaling);
        painter.drawPolyline(QPolygonF({back - up, tip, back + up}));
    }
    painter.restore();
}

void paintShape(QPainter& painter, const QPainterPath& onDevice, const QColor& colour, double scaling) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3 * scaling));
    painter.drawPath(onDevice);
    painter.setPen(QPen(colour, 1.5 * scaling));
    painter.drawPath(onDevice);
    painter.restore();
}

}  // namespace ui
