// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>
#include <QFont>

class QCPAxis;
class QCustomPlot;

namespace ui {

struct Colours;

QFont smallFont();  // 11 px, for numbers at the axes

// Stripes on the slant, as wide at any pixel ratio.
QBrush hatch(const QColor& colour, double pixelRatio);

// Backgrounds, axes and their text in our colours; no selection, no zoom.
void styleChart(QCustomPlot& plot, const Colours& colours);
// At most so many labels, at round numbers.
void setTicks(QCPAxis& axis, double range, int atMost);
// True if the ratio was another one.
bool followPixelRatio(QCustomPlot& plot);

}  // namespace ui
