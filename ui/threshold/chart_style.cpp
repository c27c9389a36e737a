// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/chart_style.h"

#include <QPainter>
#include <QPixmap>
#include <QTransform>
#include <cmath>

#include "ui/common/theme.h"
#include "ui/threshold/plot_library.h"
#include "ui/threshold/score_scale.h"

namespace ui {

QFont smallFont() {
    QFont font = textFont();
    font.setPixelSize(11);
    return font;
}

QBrush hatch(const QColor& colour, double pixelRatio) {
    constexpr int size = 5;
    const int pixels = static_cast<int>(std::lround(size * pixelRatio));
    QPixmap tile(pixels, pixels);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.5 * pixelRatio));
    // Three lines, so that the stripe goes on across the tile's corners.
    for (const int shift : {-pixels, 0, pixels})
        painter.drawLine(QPointF(shift - 1, pixels + 1), QPointF(shift + pixels + 1, -1));
    painter.end();
    QBrush brush(tile);
    brush.setTransform(QTransform::fromScale(size / static_cast<double>(pixels), size / static_cast<double>(pixels)));
    return brush;
}

void styleChart(QCustomPlot& plot, const Colours& colours) {
    plot.setBackground(QBrush(colours.panel));
    plot.setInteractions({});
    plot.setNoAntialiasingOnDrag(false);
    for (auto* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(QPen(colours.hairline, 1));
        axis->setTickPen(QPen(colours.hairline, 1));
        axis->setTickLabelColor(colours.secondary);
        axis->setTickLabelFont(smallFont());
        axis->setLabelColor(colours.secondary);
        axis->setLabelFont(smallFont());
    }
}

void setTicks(QCPAxis& axis, double range, int atMost) {
    const double step = niceStep(range, atMost);
    auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
    ticker->setTickStep(step);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssNone);
    axis.setTicker(ticker);
    axis.setNumberPrecision(decimalsOf(step));
}

bool followPixelRatio(QCustomPlot& plot) {
    const double ratio = plot.devicePixelRatioF();
    if (plot.bufferDevicePixelRatio() == ratio) return false;
    plot.setBufferDevicePixelRatio(ratio);
    return true;
}

}  // namespace ui
