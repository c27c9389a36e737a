// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMargins>
#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QSize>

#include "ui/viewer/overlay_look.h"

namespace ui {

inline constexpr double largestZoom = 64;
// From here on a pixel of the picture is shown as a square of one colour.
inline constexpr double squarePixelZoom = 4;

// Where the picture lies on the pixels of the screen. Its corner is on a whole pixel of the screen, so that a picture
// that is moved keeps every pixel as it was and only what comes into view has to be made.
struct Viewport {
    QSize device;  // of the view, pixels of the screen
    QSize picture;
    double zoom = 1;
    QPoint origin;  // of the picture's corner, pixels of the screen

    QPointF toPicture(const QPointF& onDevice) const { return (onDevice - QPointF(origin)) / zoom; }
    QPointF toDevice(const QPointF& onPicture) const { return onPicture * zoom + QPointF(origin); }
    QRect pictureRect() const;
    QRect visibleRect() const { return pictureRect() & QRect(QPoint(), device); }

    bool operator==(const Viewport&) const = default;
};

// A fitted picture is as near to the middle of the view as its margins (pixels of the screen) let it be.
Viewport viewportOf(const ViewTransform& transform, const QSize& device, const QSize& picture);
ViewTransform fitted(const QSize& device, const QSize& picture, const QMargins& margins);

// Never so far that nothing of the picture is left; smaller than the view, it is in the middle.
ViewTransform limited(ViewTransform transform, const QSize& device, const QSize& picture, const QMargins& margins);

}  // namespace ui
