// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/experiment_words.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/threshold/score_scale.h"

namespace ui {

namespace {

constexpr int metricDecimals = 4;

// The context in which the words of this file are translated.
struct Experiments {
    Q_DECLARE_TR_FUNCTIONS(Experiments)
};

QString number(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

FigureText undefined(const QString& whyNot) {
    return {QStringLiteral("\u2013"), {}, whyNot};
}

QString pText(double p) {
    return p < 0.001 ? Experiments::tr("p\u00A0<\u00A0%1").arg(number(0.001, 3))
                     : Experiments::tr("p\u00A0=\u00A0%1").arg(number(p, 3));
}

}  // namespace

FigureText metricFigure(const std::optional<double>& value, const QString& whyNot,
                        const std::optional<engine::Interval>& interval) {
    if (!value) return undefined(whyNot);
    FigureText figure{number(*value, metricDecimals), *value, {}};
    if (interval)
        figure.hint = Experiments::tr("95\u00A0%: %1 to %2")
                          .arg(number(interval->low, metricDecimals), number(interval->high, metricDecimals));
    return figure;
}

FigureText rateFigure(const std::optional<engine::Rate>& rate, const QString& whyNot) {
    if (!rate) return undefined(whyNot);
    const QLocale locale;
    return {QStringLiteral("%1 (%2)").arg(percentText(rate->value), percentRangeText(rate->interval)), rate->value,
            Experiments::tr("%1 of %2; in brackets the exact 95\u00A0% interval")
                .arg(locale.toString(qint64{rate->count}), locale.toString(qint64{rate->total}))};
}

QString chanceText(const std::optional<double>& p) {
    constexpr double usual = 0.05;
    if (!p) return Experiments::tr("too few to tell");
    return (*p < usual ? Experiments::tr("hardly chance (%1)") : Experiments::tr("may be chance (%1)")).arg(pText(*p));
}

}  // namespace ui
