// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

#include "app/services/report/chart.h"

class QPainter;

namespace services {

// Fills the width of `target`; the height is in proportion.
void paintChart(QPainter& painter, const Chart& chart, const QRectF& target);

// A sample of an ink, for a legend.
void paintSample(QPainter& painter, Ink ink, const QRectF& target);

QColor colourOf(Ink ink);

}  // namespace services
