// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/viewport.h"

#include <algorithm>
#include <cmath>

namespace ui {

QRect Viewport::pictureRect() const {
    const int width = std::max(1, static_cast<int>(std::lround(picture.width() * zoom)));
    const int height = std::max(1, static_cast<int>(std::lround(picture.height() * zoom)));
    return {origin, QSize(width, height)};
}

Viewport viewportOf(const ViewTransform& transform, const QSize& device, const QSize& picture) {
    const QPointF middle(device.width() / 2.0, device.height() / 2.0);
    const QPointF corner = middle - transform.centre * transform.zoom;
    // floor(x + 0.5): halves go the same way on both sides of zero, so that a picture does not jump while it is moved.
    const QPoint origin(static_cast<int>(std::floor(corner.x() + 0.5)), static_cast<int>(std::floor(corner.y() + 0.5)));
    return {device, picture, transform.zoom, origin};
}

namespace {

// Of a picture within the margins of a view: that of the view itself, or as near to it as they let it be.
double middleWithin(double view, double picture, double before, double after) {
    const double first = before + picture / 2;
    const double last = view - after - picture / 2;
    return first < last ? std::clamp(view / 2, first, last) : (first + last) / 2;
}

}  // namespace

ViewTransform fitted(const QSize& device, const QSize& picture, const QMargins& margins) {
    if (picture.isEmpty() || device.isEmpty()) return {};
    const double width = std::max(device.width() - margins.left() - margins.right(), 16);
    const double height = std::max(device.height() - margins.top() - margins.bottom(), 16);
    const double zoom = std::min({width / picture.width(), height / picture.height(), largestZoom});
    const QPointF middle(middleWithin(device.width(), picture.width() * zoom, margins.left(), margins.right()),
                         middleWithin(device.height(), picture.height() * zoom, margins.top(), margins.bottom()));
    const QPointF shift = middle - QPointF(device.width() / 2.0, device.height() / 2.0);
    return {zoom, QPointF(picture.width() / 2.0, picture.height() / 2.0) - shift / zoom, true};
}

ViewTransform limited(ViewTransform transform, const QSize& device, const QSize& picture, const QMargins& margins) {
    const ViewTransform whole = fitted(device, picture, margins);
    if (transform.fitted) return whole;
    const double smallest = std::min(whole.zoom, 1.0) / 4;
    transform.zoom = std::clamp(transform.zoom, smallest, largestZoom);
    if (transform.zoom <= whole.zoom) {
        const QPointF middle(picture.width() / 2.0, picture.height() / 2.0);
        transform.centre = middle + (whole.centre - middle) * whole.zoom / transform.zoom;
        return transform;
    }
    transform.centre.setX(std::clamp(transform.centre.x(), 0.0, static_cast<double>(picture.width())));
    transform.centre.setY(std::clamp(transform.centre.y(), 0.0, static_cast<double>(picture.height())));
    return transform;
}

}  // namespace ui
