// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <optional>

#include "app/services/reporting/model_comparison.h"

class QFont;
class QPainter;
class QRectF;

namespace ui {

struct Colours;

// The scores of one model along an edge of the scatter.
struct ScoreAxis {
    QString name;
    double low = 0, high = 1;
    std::optional<double> cut;

    static ScoreAxis of(const services::Comparison& comparison, std::size_t model, const QString& name);

    double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
    QVector<double> ticks() const;  // at round numbers
    QString text(double value) const;
    QString cutText() const;  // empty without a cut
};

// Around the area: the name of an axis and its numbers, below and to the left; and the cuts across it. The dots lie
// within the inner area, from the shares 0 to 1.
void paintAxes(QPainter& painter, const QRectF& area, const QRectF& inner, const ScoreAxis& across, const ScoreAxis& up,
               const Colours& colours);
// Without the room that these take.
QRectF areaWithin(const QRectF& rect, const QFont& font, const ScoreAxis& up);

}  // namespace ui
