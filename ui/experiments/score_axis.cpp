// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/score_axis.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/common/theme.h"
#include "ui/threshold/score_scale.h"

namespace ui {

namespace {

constexpr int mostTicks = 4;
constexpr double gap = 4;

double lineHeight(const QFont& font) {
    return std::ceil(QFontMetricsF(font).height());
}

// Centred at x, but within the area; so that the ends of an axis are not cut off.
QRectF lineAt(const QPainter& painter, const QRectF& area, double x, double top, const QString& text) {
    const double width = painter.fontMetrics().horizontalAdvance(text) + 2;
    const double left = std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width));
    return {left, top, width, lineHeight(painter.font())};
}

void paintAcross(QPainter& painter, const QRectF& area, const QRectF& inner, const ScoreAxis& axis,
                 const Colours& colours) {
    const double line = lineHeight(painter.font());
    const auto xOf = [&](double value) { return inner.left() + axis.share(value) * inner.width(); };
    painter.setPen(colours.secondary);
    for (const double tick : axis.ticks()) {
        const QString text = axis.text(tick);
        painter.drawLine(QPointF(xOf(tick), area.bottom()), QPointF(xOf(tick), area.bottom() + gap - 1));
        painter.drawText(lineAt(painter, area, xOf(tick), area.bottom() + gap, text), Qt::AlignCenter, text);
    }
    painter.drawText(QRectF(area.left(), area.bottom() + gap + line, area.width(), line), Qt::AlignCenter,
                     painter.fontMetrics().elidedText(axis.name, Qt::ElideRight, static_cast<int>(area.width())));
    if (!axis.cut) return;
    painter.setPen(QPen(colours.fail, 1, Qt::DashLine));
    painter.drawLine(QPointF(xOf(*axis.cut), area.top()), QPointF(xOf(*axis.cut), area.bottom()));
    painter.drawText(lineAt(painter, area, xOf(*axis.cut), area.top() - line - 1, axis.cutText()), Qt::AlignCenter,
                     axis.cutText());
}

void paintUp(QPainter& painter, const QRectF& area, const QRectF& inner, const ScoreAxis& axis,
             const Colours& colours) {
    const double line = lineHeight(painter.font());
    const auto yOf = [&](double value) { return inner.bottom() - axis.share(value) * inner.height(); };
    painter.setPen(colours.secondary);
    for (const double tick : axis.ticks()) {
        painter.drawLine(QPointF(area.left() - gap + 1, yOf(tick)), QPointF(area.left(), yOf(tick)));
        painter.drawText(QRectF(0, yOf(tick) - line / 2, area.left() - gap - 1, line),
                         Qt::AlignRight | Qt::AlignVCenter, axis.text(tick));
    }
    painter.save();
    painter.rotate(-90);
    painter.drawText(QRectF(-area.bottom(), 0, area.height(), line), Qt::AlignCenter,
                     painter.fontMetrics().elidedText(axis.name, Qt::ElideRight, static_cast<int>(area.height())));
    painter.restore();
    if (!axis.cut) return;
    painter.setPen(QPen(colours.fail, 1, Qt::DashLine));
    const double y = yOf(*axis.cut);
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    // Above its line, or below it at the upper edge; dots may lie there.
    QRectF words = lineAt(painter, area, area.right(), y - line - 1, axis.cutText()).translated(-gap, 0);
    if (words.top() < area.top()) words.moveTop(y + 1);
    painter.fillRect(words, colours.panel);
    painter.drawText(words, Qt::AlignCenter, axis.cutText());
}

}  // namespace

ScoreAxis ScoreAxis::of(const services::Comparison& comparison, std::size_t model, const QString& name) {
    ScoreAxis axis{name, INFINITY, -INFINITY, {}};
    for (const services::ComparedImage& image : comparison.images) {
        axis.low = std::min(axis.low, image.scores[model]);
        axis.high = std::max(axis.high, image.scores[model]);
    }
    const double cut = comparison.models[model]->cut;
    if (!std::isfinite(cut)) return axis;
    axis.low = std::min(axis.low, cut);
    axis.high = std::max(axis.high, cut);
    axis.cut = cut;
    return axis;
}

QVector<double> ScoreAxis::ticks() const {
    QVector<double> ticks;
    if (!(high > low)) return ticks;
    const double step = niceStep(high - low, mostTicks);
    for (double count = std::ceil(low / step); count * step <= high; ++count) ticks << count * step;
    return ticks;
}

QString ScoreAxis::text(double value) const {
    return QLocale().toString(value, 'f', high > low ? decimalsOf(niceStep(high - low, mostTicks)) : 2);
}

QString ScoreAxis::cutText() const {
    if (!cut) return {};
    return QCoreApplication::translate("ScoreAxis", "cut %1").arg(ScoreScale::of({low, high}).text(*cut));
}

void paintAxes(QPainter& painter, const QRectF& area, const QRectF& inner, const ScoreAxis& across, const ScoreAxis& up,
               const Colours& colours) {
    painter.setPen(colours.hairline);
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
    paintAcross(painter, area, inner, across, colours);
    paintUp(painter, area, inner, up, colours);
}

QRectF areaWithin(const QRectF& rect, const QFont& font, const ScoreAxis& up) {
    const double line = lineHeight(font);
    double numbers = 0;
    for (const double tick : up.ticks())
        numbers = std::max(numbers, QFontMetricsF(font).horizontalAdvance(up.text(tick)));
    return rect.adjusted(line + std::ceil(numbers) + 2 * gap, line + 2, -gap, -(2 * line + gap));
}

}  // namespace ui
