// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/pixel_bars.h"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr double barShare = 0.84;  // of what a bar counts

}  // namespace

void PixelBars::draw(QCPPainter* painter) {
    if (mDataContainer->isEmpty()) return;
    const double pitch = mKeyAxis->coordToPixel(width()) - mKeyAxis->coordToPixel(0);
    const int wide = std::max(1, static_cast<int>(std::min(std::round(pitch * barShare), std::floor(pitch) - 1)));
    const QRect axis = mKeyAxis->axisRect()->rect();
    const bool outlined = pen().style() != Qt::NoPen;
    painter->setClipRect(axis);
    painter->setAntialiasing(false);
    painter->setPen(pen());
    painter->setBrush(brush());
    const int bottom = axis.bottom();  // where the axis is drawn
    for (auto bar = mDataContainer->constBegin(); bar != mDataContainer->constEnd(); ++bar) {
        const int left = qRound(mKeyAxis->coordToPixel(bar->key - width() / 2) + (pitch - wide) / 2);
        const int top = qRound(mValueAxis->coordToPixel(bar->value));
        if (bar->value <= 0 || top >= bottom) continue;
        // A line of one pixel goes around what it is given: it is drawn within the bar.
        const int line = outlined ? 1 : 0;
        painter->drawRect(QRect(left, top, wide - line, bottom - top - line));
    }
}

}  // namespace ui
