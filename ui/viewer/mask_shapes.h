// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPolygonF>
#include <QRect>
#include <cstdint>

namespace ui {

// What the tools do to a mask (Grayscale8), in continuous pixel coordinates: a pixel is set to `value` if its centre is
// inside. Each returns the rectangle of the pixels that it may have changed; empty if there are none.

// A disc that is drawn from one place to another.
QRect fillStroke(QImage& mask, const QPointF& from, const QPointF& to, double diameter, std::uint8_t value);
// By the even-odd rule; closed by itself.
QRect fillPolygon(QImage& mask, const QPolygonF& polygon, std::uint8_t value);
QRect fillEllipse(QImage& mask, const QRectF& box, std::uint8_t value);

// Whether every pixel is zero, or none is.
bool isBlank(const QImage& mask);
bool isFull(const QImage& mask);

}  // namespace ui
