// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/controls.h"

#include <QPainter>
#include <QTimerEvent>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int barHeight = 6;
constexpr int barSteps = 1000;
constexpr int phaseMs = 40;
constexpr int phases = 50;
constexpr int arrowWidth = 8;

}  // namespace

SlimBar::SlimBar(QWidget* parent) : QProgressBar(parent) {
    setTextVisible(false);
    setFixedHeight(barHeight);
    setRange(0, barSteps);
    setAccessibleName(tr("Progress"));
}

void SlimBar::setProgress(qint64 done, qint64 total) {
    const bool known = total > 0;
    if (known && m_timer != 0) {
        killTimer(m_timer);
        m_timer = 0;
    } else if (!known && m_timer == 0) {
        m_timer = startTimer(phaseMs);
    }
    setRange(0, known ? barSteps : 0);
    if (known)
        setValue(
            static_cast<int>(std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0) * barSteps));
}

QSize SlimBar::sizeHint() const {
    return {180, barHeight};
}

QSize SlimBar::minimumSizeHint() const {
    return {48, barHeight};
}

void SlimBar::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_timer) return QProgressBar::timerEvent(event);
    m_phase = (m_phase + 1) % phases;
    if (isVisible()) update();
}

void SlimBar::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF track = rect();
    const double radius = track.height() / 2;
    painter.setBrush(colours.hairline);
    painter.drawRoundedRect(track, radius, radius);
    QRectF filled = track;
    if (maximum() > minimum()) {
        const double share = std::max(0, value() - minimum()) / static_cast<double>(maximum() - minimum());
        if (share <= 0) return;
        filled.setWidth(std::max(track.height(), track.width() * share));
    } else {
        const double width = track.width() / 4;
        filled = QRectF((track.width() + width) * m_phase / phases - width, 0, width, track.height()) & track;
    }
    painter.setBrush(isEnabled() ? colours.accent : colours.secondary);
    painter.drawRoundedRect(filled, radius, radius);
}

FoldButton::FoldButton(const QString& text, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setFont(headingFont());
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize FoldButton::sizeHint() const {
    return {arrowWidth + metrics::gap + fontMetrics().horizontalAdvance(text()) + 4, metrics::rowHeight};
}

void FoldButton::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    const QColor ink = !isEnabled()   ? palette().color(QPalette::Disabled, QPalette::ButtonText)
                       : underMouse() ? colours.accent
                                      : colours.secondary;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 3.5, -0.5, -3.5), metrics::radius, metrics::radius);
    }
    // Filled, as those of lists and menus are.
    const QPointF centre(2 + arrowWidth / 2.0, height() / 2.0);
    const double side = arrowWidth / 2.0;
    QPolygonF arrow({QPointF(-side, -side / 2), QPointF(side, -side / 2), QPointF(0, side / 2)});
    if (!isChecked()) arrow = QTransform().rotate(-90).map(arrow);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(arrow.translated(centre));
    painter.setPen(ink);
    painter.drawText(rect().adjusted(arrowWidth + metrics::gap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
}

}  // namespace ui
