// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/view_marks.h"

#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr double contourWidth = 2;
constexpr double contourEdge = 1;
constexpr double gridZoom = 12;  // pixels of the desktop to a pixel of the picture

// The stretches of a line that come near the view, without points that would fall on the same pixel.
void appendVisible(const QPolygonF& line, const Viewport& viewport, const QRectF& near, double apart,
                   std::vector<QPolygonF>& stretches) {
    QPolygonF stretch;
    const auto finish = [&] {
        if (stretch.size() > 1) stretches.push_back(stretch);
        stretch.clear();
    };
    QPointF last;
    bool lastNear = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QPointF point = viewport.toDevice(line[i]);
        const bool isNear = near.contains(point);
        // Steps are at most a cell of the map: one whose ends are both far off may still cross the view when a cell is
        // larger than the view, so its box decides.
        const bool crosses =
            i > 0 && (isNear || lastNear || near.intersects(QRectF(last, point).normalized().adjusted(-1, -1, 1, 1)));
        if (crosses) {
            if (stretch.isEmpty()) stretch.append(last);
            const QPointF step = point - stretch.last();
            if (i + 1 == line.size() || std::abs(step.x()) + std::abs(step.y()) >= apart) stretch.append(point);
        } else {
            finish();
        }
        last = point;
        lastNear = isNear;
    }
    finish();
}

}  // namespace

void paintContour(QPainter& painter, const std::vector<QPolygonF>& contour, const Viewport& viewport, const QRect& clip,
                  double scaling) {
    if (contour.empty() || clip.isEmpty()) return;
    const double reach = (contourWidth + 2 * contourEdge) * scaling;
    const QRectF near = QRectF(clip).adjusted(-reach, -reach, reach, reach);
    std::vector<QPolygonF> stretches;
    for (const QPolygonF& line : contour) appendVisible(line, viewport, near, scaling, stretches);
    painter.save();
    painter.setClipRect(clip);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto stroke = [&](const QColor& colour, double width) {
        painter.setPen(QPen(colour, width * scaling, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        for (const QPolygonF& stretch : stretches) painter.drawPolyline(stretch);
    };
    stroke(QColor(24, 24, 24), contourWidth + 2 * contourEdge);
    stroke(Qt::white, contourWidth);
    painter.restore();
}

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
