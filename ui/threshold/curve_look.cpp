// SPDX-License-Identifier: GPL-3.0-or-later
// How a curve looks, and what it says to those who do not see it.
#include <QLineF>
#include <QLocale>
#include <QPainter>
#include <algorithm>

#include "ui/common/theme.h"
#include "ui/threshold/chart_style.h"
#include "ui/threshold/curve_plot.h"
#include "ui/threshold/plot_library.h"
#include "ui/threshold/score_scale.h"

namespace ui {

namespace {

constexpr double pointRadius = 5;
constexpr int pointRoom = 6;  // beside the curve, for a point at its end

}  // namespace

void CurvePlot::describe() {
    const bool roc = m_kind == Kind::Roc;
    const auto& area = roc ? m_auroc : m_aupr;
    const QString name = roc ? tr("ROC") : tr("Precision–recall");
    if (area)
        m_summary = (roc ? tr("AUROC %1") : tr("AUPR %1")).arg(QLocale().toString(*area, 'f', 3));
    else if (m_defect == 0)
        m_summary = tr("%1 needs at least one labelled defect").arg(name);
    else
        m_summary = tr("%1 needs at least one good test image").arg(name);
    setAccessibleName(tr("%1 curve, %2").arg(name, m_summary));
    setToolTip(roc ? tr("Right: good images that fail. Up: defects that fail. Drag the point along the curve.")
                   : tr("Right: defects that fail. Up: defects among all that fail. Drag the point along the curve."));
    if (!m_point) {
        setAccessibleDescription(QString());
        return;
    }
    setAccessibleDescription(
        tr("Operating point: %1 of the defects and %2 of the good images fail; %3 of what fails is a defect")
            .arg(percentText(m_point->truePositiveRate), percentText(m_point->falsePositiveRate),
                 percentText(m_point->precision)));
}

void CurvePlot::restyle() {
    const Colours& colours = coloursOf(*this);
    styleChart(*m_plot, colours);
    for (auto* axis : {m_plot->xAxis2, m_plot->yAxis2}) axis->setBasePen(QPen(colours.hairline, 1));
    m_line->setPen(QPen(colours.accent, 1.5, Qt::SolidLine, Qt::FlatCap));
    replotCurve();
}

// Points that would fall on one another are left out: ten thousand are drawn as fast as a hundred.
void CurvePlot::replotCurve() {
    QVector<double> order, right, up;
    const double grain = 0.5 / std::max(1, width());
    const auto add = [&](const QPointF& at) {
        order.push_back(static_cast<double>(order.size()));
        right.push_back(at.x());
        up.push_back(at.y());
    };
    if (!m_curve.empty()) {
        QPointF last = m_kind == Kind::Roc ? QPointF(0, 0) : QPointF(0, 1);
        add(last);
        for (std::size_t i = 0; i < m_curve.size(); ++i) {
            const QPointF at = shares(m_curve[i]);
            if (i + 1 < m_curve.size() && QLineF(at, last).length() < grain) continue;
            add(at);
            last = at;
        }
    }
    m_line->setData(order, right, up, true);
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
    m_overlay->update();
}

void CurvePlot::paintAxisNames(QPainter& painter) const {
    const QRect area = plot();
    const bool roc = m_kind == Kind::Roc;
    const QString right = roc ? tr("False rejects") : tr("Defects caught");
    const QString up = roc ? tr("Defects caught") : tr("Precision");
    const auto fitted = [&](const QString& name, int room) {
        return painter.fontMetrics().elidedText(name, Qt::ElideRight, room);
    };
    painter.drawText(QRect(area.left(), area.bottom() + 1, area.width(), height() - area.bottom() - 1),
                     Qt::AlignRight | Qt::AlignVCenter, fitted(right, area.width()));
    painter.save();
    painter.rotate(-90);
    // A longer name goes on into the corner below.
    const int room = height() - area.top();
    painter.drawText(QRect(-height(), 0, room, area.left() - pointRoom), Qt::AlignRight | Qt::AlignVCenter,
                     fitted(up, room));
    painter.restore();
}

void CurvePlot::paintOverlay() {
    const Colours& colours = coloursOf(*this);
    QPainter painter(m_overlay);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont());
    painter.setPen(colours.secondary);
    const QRect area = plot();
    const QRect inner = area.adjusted(6, 4, -6, -4);
    if (m_curve.empty()) {
        painter.drawText(inner, Qt::AlignCenter | Qt::TextWordWrap, m_summary);
        return;
    }
    const auto side = m_kind == Kind::Roc ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(inner, side | Qt::AlignBottom, m_summary);
    paintAxisNames(painter);
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(area).adjusted(-0.5, -0.5, 0.5, 0.5));
    }
    if (!m_point) return;
    // Hollow where it cannot be moved.
    painter.setPen(QPen(m_readOnly ? colours.fail : colours.panel, 1.5));
    painter.setBrush(m_readOnly ? colours.panel : colours.fail);
    painter.drawEllipse(pixel(shares(*m_point)), pointRadius, pointRadius);
}

}  // namespace ui
