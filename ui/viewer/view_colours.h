// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace ui {

struct ViewColours {
    QColor canvas;
    QColor edge;    // hairline around the picture
    QColor shadow;  // with alpha; transparent: none
    QColor mask;
    QColor maskEdge;     // told from the mask's
    double scaling = 1;  // pixels of the screen to one of the desktop, for the width of lines and shadows

    bool operator==(const ViewColours&) const = default;
};

}  // namespace ui
