// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/threshold/plot_library.h"

namespace ui {

// Bars that are all of one width and stand a pixel or more apart, filled or outlined; their width() is what each
// counts. As plot_library.h for .cpp files only.
class PixelBars : public QCPBars {
public:
    using QCPBars::QCPBars;

protected:
    void draw(QCPPainter* painter) override;
};

}  // namespace ui
