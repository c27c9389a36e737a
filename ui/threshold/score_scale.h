// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "engine/metrics/interval.h"

namespace ui {

enum class Cut { Review, Fail, Pixel };

// The raw axis of scores or of map values: from where to where, and in which steps a hand moves a cut on it.
struct ScoreScale {
    double low = 0;
    double high = 1;
    int decimals = 3;

    static ScoreScale of(const engine::Interval& range);

    double step() const;
    double snapped(double value) const;  // to a whole number of steps
    QString text(double value) const;    // in the user's locale, with the decimals of a step
};

// 1, 2 or 5 times a power of ten, such that `range` has at most so many of it.
double niceStep(double range, int atMost);
int decimalsOf(double step);

// "1.6 %", with more digits where one would turn a small share into none or a large one into all.
QString percentText(double share);
// "0.3 – 8.5"
QString percentRangeText(const engine::Interval& interval);

}  // namespace ui
