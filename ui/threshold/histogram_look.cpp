// SPDX-License-Identifier: GPL-3.0-or-later
// How the histogram looks: its bars, and what is drawn over them.
#include <QPainter>
#include <algorithm>

#include "ui/common/theme.h"
#include "ui/threshold/chart_style.h"
#include "ui/threshold/cut_handle.h"
#include "ui/threshold/plot_library.h"
#include "ui/threshold/score_histogram.h"

namespace ui {

void ScoreHistogram::paintOverlay() {
    const Colours& colours = coloursOf(*this);
    const QRect axis = axisRect();
    QPainter painter(m_overlay);
    painter.setFont(smallFont());
    if (!m_emptyText.isEmpty()) {
        painter.setPen(colours.secondary);
        painter.drawText(axis.adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
    const int failX = m_fail->lineX();
    const int reviewX = m_review->lineX();
    if (!m_point.fail) {
        painter.setPen(colours.fail);
        painter.drawText(QRect(0, 0, failX, axis.top()), Qt::AlignRight | Qt::AlignVCenter, tr("fail not set"));
        return;
    }
    QColor zone = colours.fail;
    zone.setAlpha(20);
    painter.fillRect(QRect(QPoint(failX, axis.top()), axis.bottomRight()), zone);
    const bool band = m_point.review && *m_point.review < *m_point.fail;
    if (band) {
        zone = colours.review;
        zone.setAlpha(28);
        painter.fillRect(QRect(reviewX, axis.top(), failX - reviewX, axis.height()), zone);
    }
    const QFontMetrics font(painter.font());
    const QString failText = tr("fail %1").arg(m_scale.text(*m_point.fail));
    const int failWidth = font.horizontalAdvance(failText) + 4;
    const QString reviewText = band ? tr("review %1").arg(m_scale.text(*m_point.review)) : QString();
    const int reviewWidth = band ? font.horizontalAdvance(reviewText) + 4 : 0;
    // Each at the outer side of its line; where the edge is too near, both are pushed inwards, side by side.
    int failLeft = std::min(failX, width() - failWidth);
    const int reviewLeft = std::max(0, std::min(reviewX - reviewWidth, failLeft - reviewWidth));
    failLeft = std::max(failLeft, band ? reviewLeft + reviewWidth : 0);
    painter.setPen(colours.fail);
    painter.drawText(QRect(failLeft, 0, failWidth, axis.top()), Qt::AlignCenter, failText);
    if (!band) return;
    painter.setPen(colours.review);
    painter.drawText(QRect(reviewLeft, 0, reviewWidth, axis.top()), Qt::AlignCenter, reviewText);
}

void ScoreHistogram::restyle() {
    const Colours& colours = coloursOf(*this);
    styleChart(*m_plot, colours);
    m_good->setPen(Qt::NoPen);
    m_good->setBrush(colours.pass);
    m_defect->setPen(QPen(colours.fail, 0));
    m_defect->setBrush(hatch(colours.fail, m_plot->bufferDevicePixelRatio()));
    m_unlabelled->setPen(QPen(colours.text, 0));
    m_unlabelled->setBrush(Qt::NoBrush);
    replotBars();
}

void ScoreHistogram::replotBars() {
    const int labelWidth = std::max(QFontMetrics(smallFont()).horizontalAdvance(m_scale.text(m_scale.high)),
                                    QFontMetrics(smallFont()).horizontalAdvance(m_scale.text(m_scale.low)));
    const int atMost = std::clamp(axisRect().width() / (labelWidth + 16), 1, 7);
    setTicks(*m_plot->xAxis, m_scale.high - m_scale.low, atMost);
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

}  // namespace ui
