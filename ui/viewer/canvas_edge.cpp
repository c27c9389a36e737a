// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/canvas_edge.h"

#include <QLinearGradient>
#include <QPainter>
#include <QRadialGradient>
#include <cmath>

namespace ui {

namespace {

constexpr int shadowReach = 14;
constexpr int shadowDrop = 3;

// From the picture outwards, by the square of what is left of the way.
QGradientStops fading(const QColor& shadow, int steps) {
    QGradientStops stops;
    for (int i = 0; i <= steps; ++i) {
        const double along = static_cast<double>(i) / steps;
        QColor colour = shadow;
        colour.setAlphaF(static_cast<float>(shadow.alphaF() * (1 - along) * (1 - along)));
        stops.append({along, colour});
    }
    return stops;
}

void paintShadow(QPainter& painter, const QRect& picture, const QColor& shadow, int reach) {
    const QGradientStops stops = fading(shadow, reach);
    const QRectF inner(picture);
    const QRectF outer = inner.adjusted(-reach, -reach, reach, reach);
    const auto side = [&](const QRectF& rect, const QPointF& from, const QPointF& to) {
        QLinearGradient gradient(from, to);
        gradient.setStops(stops);
        painter.fillRect(rect, gradient);
    };
    const auto corner = [&](const QPointF& at, const QPointF& end) {
        QRadialGradient gradient(at, reach);
        gradient.setStops(stops);
        painter.fillRect(QRectF(at, end).normalized(), gradient);
    };
    side({outer.left(), inner.top(), reach * 1.0, inner.height()}, inner.topLeft(), {outer.left(), inner.top()});
    side({inner.right(), inner.top(), reach * 1.0, inner.height()}, inner.topRight(), {outer.right(), inner.top()});
    side({inner.left(), outer.top(), inner.width(), reach * 1.0}, inner.topLeft(), {inner.left(), outer.top()});
    side({inner.left(), inner.bottom(), inner.width(), reach * 1.0}, inner.bottomLeft(),
         {inner.left(), outer.bottom()});
    corner(inner.topLeft(), outer.topLeft());
    corner(inner.topRight(), outer.topRight());
    corner(inner.bottomLeft(), outer.bottomLeft());
    corner(inner.bottomRight(), outer.bottomRight());
}

}  // namespace

void paintCanvas(QImage& target, const QRect& part, const QRect& picture, const ViewColours& colours) {
    QPainter painter(&target);
    painter.setClipRect(part);
    painter.fillRect(part, colours.canvas);
    if (picture.isEmpty() || picture.contains(part)) return;
    const auto scaled = [&](int length) { return static_cast<int>(std::lround(length * colours.scaling)); };
    if (colours.shadow.alpha() > 0) {
        const QRect dropped = picture.translated(0, scaled(shadowDrop));
        paintShadow(painter, dropped, colours.shadow, scaled(shadowReach));
        painter.fillRect(dropped, colours.shadow);
    }
    const int line = std::max(1, scaled(1));
    painter.fillRect(picture.adjusted(-line, -line, line, line), colours.edge);
}

}  // namespace ui
