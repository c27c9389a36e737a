// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "app/services/images/picture.h"
#include "ui/viewer/viewport.h"

namespace ui {

// Paints the part of the picture that lies in `part` (pixels of the screen, inside viewport.visibleRect()) onto
// `target`, Format_RGB32, of the view's size: from the level of the pyramid that is at most twice too large, smoothly
// up to squarePixelZoom and in squares from there.
void paintPicture(const services::Picture& picture, const Viewport& viewport, const QRect& part, QImage& target);

}  // namespace ui
