// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>
#include <optional>

#include "engine/metrics/interval.h"

namespace ui {

// A figure of a table: what is read, what it is sorted by, and what explains it.
struct FigureText {
    QString text;
    QVariant number;  // invalid: not defined
    QString hint;
};

FigureText metricFigure(const std::optional<double>& value, const QString& whyNot,
                        const std::optional<engine::Interval>& interval = {});
FigureText rateFigure(const std::optional<engine::Rate>& rate, const QString& whyNot);
// Of the p of a difference: "hardly chance (p = 0.012)"
QString chanceText(const std::optional<double>& p);

}  // namespace ui
