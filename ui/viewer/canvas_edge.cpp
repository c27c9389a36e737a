// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/canvas_edge.h"

#include <QPainter>
#include <cmath>

namespace ui {

namespace {

constexpr int shadowReach = 14;
constexpr int shadowDrop = 3;

}  // namespace

void paintCanvas(QImage& target, const QRect& part, const QRect& picture, const ViewColours& colours) {
    QPainter painter(&target);
    painter.setClipRect(part);
    painter.fillRect(part, colours.canvas);
    if (picture.isEmpty() || picture.contains(part)) return;
    const auto scaled = [&](int length) { return static_cast<int>(std::lround(length * colours.scaling)); };
    if (colours.shadow.alpha() > 0) {
        painter.translate(0, scaled(shadowDrop));
        const int reach = scaled(shadowReach);
        for (int i = reach; i >= 1; --i) {
            const double near = 1 - static_cast<double>(i) / (reach + 1);
            QColor colour = colours.shadow;
            colour.setAlphaF(static_cast<float>(colour.alphaF() * near * near));
            painter.setPen(colour);
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(picture.adjusted(-i, -i, i - 1, i - 1), i, i);
        }
        painter.fillRect(picture, colours.shadow);
        painter.resetTransform();
    }
    const int line = std::max(1, scaled(1));
    painter.fillRect(picture.adjusted(-line, -line, line, line), colours.edge);
}

}  // namespace ui
