// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

#include "ui/viewer/viewport.h"

namespace ui {

// What is drawn over the composed picture at each repaint. The painter works in pixels of the screen; `scaling` is how
// many of them are one of the desktop.

// Between the pixels of the picture, where they are large enough to be told apart.
void paintPixelGrid(QPainter& painter, const Viewport& viewport, double scaling);

// The border between the plain picture and the overlay, with its handle.
void paintSwipe(QPainter& painter, int column, const QSize& device, const QColor& accent, double scaling);

// A shape that is being drawn, a brush: seen on any picture, light and dark.
void paintShape(QPainter& painter, const QPainterPath& onDevice, const QColor& colour, double scaling);

}  // namespace ui
