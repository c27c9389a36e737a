// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>

#include "ui/viewer/view_colours.h"

namespace ui {

// Fills `part` of `target` with the canvas, with a hairline and a soft shadow around the picture (pixels of the screen;
// null: there is none).
void paintCanvas(QImage& target, const QRect& part, const QRect& picture, const ViewColours& colours);

}  // namespace ui
