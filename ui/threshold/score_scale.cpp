// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/score_scale.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace ui {

namespace {

int percentDecimals(double share) {
    int decimals = 1;
    const double rest = std::min(share, 1 - share) * 100;
    for (double least = 0.05; decimals < 4 && rest > 0 && rest < least; least /= 10) ++decimals;
    return decimals;
}

}  // namespace

ScoreScale ScoreScale::of(const engine::Interval& range) {
    ScoreScale scale{range.low, range.high, 0};
    if (!(scale.high > scale.low)) {
        const double reach = std::max(std::abs(scale.low) * 0.1, 0.5);
        scale.low -= reach;
        scale.high += reach;
    }
    // Between 100 and 1000 steps: about a step a pixel of a panel.
    scale.decimals = std::clamp(3 - static_cast<int>(std::ceil(std::log10(scale.high - scale.low))), 0, 9);
    return scale;
}

double ScoreScale::step() const {
    return std::max(std::pow(10.0, -decimals), niceStep(high - low, 1000));
}

double ScoreScale::snapped(double value) const {
    const double width = step();
    // By division where the step is a decimal fraction: 162 / 100 is 1.62, 162 * 0.01 is a hair beside it.
    return width < 1 ? std::round(value / width) / std::round(1 / width) : std::round(value / width) * width;
}

QString ScoreScale::text(double value) const {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'f', decimals);
}

double niceStep(double range, int atMost) {
    const double power = std::pow(10, std::floor(std::log10(range / atMost)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (range / (factor * power) <= atMost) return factor * power;
    }
    return 10 * power;
}

int decimalsOf(double step) {
    return std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
}

QString percentText(double share) {
    return QLocale().toString(share * 100, 'f', percentDecimals(share)) + QStringLiteral("\u00A0%");
}

QString percentRangeText(const engine::Interval& interval) {
    return QLocale().toString(interval.low * 100, 'f', percentDecimals(interval.low)) + QStringLiteral(" \u2013 ") +
           QLocale().toString(interval.high * 100, 'f', percentDecimals(interval.high));
}

}  // namespace ui
