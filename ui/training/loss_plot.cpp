// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/loss_plot.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int lineHeight = 18;
constexpr int curveHeight = 44;
constexpr int sampleWidth = 16;
constexpr int dotSize = 4;

QString lossText(double loss) {
    return QLocale().toString(loss, 'g', 4);
}

struct Range {
    double low = 0;
    double high = 1;
};

Range rangeOf(const services::LossCurve& losses) {
    QVector<double> all = losses.training + losses.heldOut;
    const auto [low, high] = std::minmax_element(all.cbegin(), all.cend());
    return *high > *low ? Range{*low, *high} : Range{*low - 0.5, *low + 0.5};
}

void paintCurve(QPainter& painter, const QRectF& area, const QVector<double>& values, qsizetype epochs,
                const Range& range) {
    QPolygonF curve;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const double across = epochs > 1 ? static_cast<double>(i) / static_cast<double>(epochs - 1) : 0;
        const double up = (values[i] - range.low) / (range.high - range.low);
        curve << QPointF(area.left() + across * area.width(), area.bottom() - up * area.height());
    }
    painter.drawPolyline(curve);
    if (curve.isEmpty()) return;
    painter.save();
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(curve.last(), dotSize / 2.0, dotSize / 2.0);
    painter.restore();
}

}  // namespace

LossPlot::LossPlot(QWidget* parent) : QWidget(parent) {
    setFont(secondaryFont());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

void LossPlot::setLosses(const services::LossCurve& losses) {
    if (losses == m_losses) return;
    m_losses = losses;
    setAccessibleName(heldOutText().isEmpty() ? trainingText() : trainingText() + QStringLiteral(", ") + heldOutText());
    setVisible(!losses.training.isEmpty());
    update();
}

QString LossPlot::trainingText() const {
    if (m_losses.training.isEmpty()) return {};
    return tr("Loss %1 in epoch %2")
        .arg(lossText(m_losses.training.last()), QLocale().toString(m_losses.training.size()));
}

QString LossPlot::heldOutText() const {
    return m_losses.heldOut.isEmpty() ? QString() : tr("held out %1").arg(lossText(m_losses.heldOut.last()));
}

QSize LossPlot::sizeHint() const {
    return {240, lineHeight + curveHeight};
}

void LossPlot::paintEvent(QPaintEvent*) {
    if (m_losses.training.isEmpty()) return;
    const Colours& colours = coloursOf(*this);
    const QPen learned(colours.accent, 1.5);
    const QPen heldOut(colours.secondary, 1.5, Qt::DashLine);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    int x = 0;
    const auto key = [&](const QPen& pen, const QString& text) {
        painter.setPen(pen);
        painter.drawLine(QPointF(x, lineHeight / 2.0), QPointF(x + sampleWidth, lineHeight / 2.0));
        painter.setPen(colours.text);
        const int width = fontMetrics().horizontalAdvance(text);
        x += sampleWidth + 6;
        painter.drawText(QRect(x, 0, width, lineHeight), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += width + metrics::margin;
    };
    key(learned, trainingText());
    if (!m_losses.heldOut.isEmpty()) key(heldOut, heldOutText());

    const QRectF area = QRectF(rect()).adjusted(dotSize, lineHeight + dotSize, -dotSize, -dotSize);
    painter.setPen(colours.hairline);
    painter.drawLine(QPointF(0, height() - 0.5), QPointF(width(), height() - 0.5));
    const Range range = rangeOf(m_losses);
    painter.setPen(heldOut);
    paintCurve(painter, area, m_losses.heldOut, m_losses.training.size(), range);
    painter.setPen(learned);
    paintCurve(painter, area, m_losses.training, m_losses.training.size(), range);
}

}  // namespace ui
