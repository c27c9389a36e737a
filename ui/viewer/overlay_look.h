// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

#include "app/services/overlay.h"

namespace ui {

// How the anomaly map lies over the picture.
struct OverlayLook {
    bool visible = true;
    double opacity = 0.6;
    services::ColourMap colours = services::ColourMap::Inferno;
    bool contour = true;        // at the pixel cut
    bool onlyAboveCut = false;  // nothing of the map where it is below the pixel cut

    bool operator==(const OverlayLook&) const = default;
};

// What part of a picture a view shows, independent of the view's size, so that two views can follow one another.
struct ViewTransform {
    double zoom = 1;  // pixels of the screen to a pixel of the picture: 1 is 100 %, whatever the scaling of the desktop
    QPointF centre;   // of the view, in continuous pixel coordinates of the picture
    bool fitted = true;  // the whole picture, at any size of the view; zoom and centre follow

    bool operator==(const ViewTransform&) const = default;
};

}  // namespace ui
