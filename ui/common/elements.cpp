// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/elements.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include "ui/common/theme.h"

namespace ui {

namespace {

void takeSecondaryColour(QLabel& label) {
    QPalette palette = label.palette();
    const QColor colour = coloursOf(label).secondary;
    if (palette.color(QPalette::WindowText) == colour) return;
    palette.setColor(QPalette::WindowText, colour);
    label.setPalette(palette);
}

constexpr int chipPadding = 10;
constexpr int symbolSize = 8;

}  // namespace

Heading::Heading(const QString& text, QWidget* parent) : QLabel(text, parent) {
    setFont(headingFont());
    takeSecondaryColour(*this);
}

void Heading::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) takeSecondaryColour(*this);
}

Note::Note(const QString& text, QWidget* parent) : QLabel(text, parent) {
    setFont(secondaryFont());
    setWordWrap(true);
    takeSecondaryColour(*this);
}

void Note::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) takeSecondaryColour(*this);
}

Hairline::Hairline(Qt::Orientation orientation, QWidget* parent) : QWidget(parent), m_orientation(orientation) {
    if (orientation == Qt::Horizontal)
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    else
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

void Hairline::setStrong(bool strong) {
    m_strong = strong;
    update();
}

QSize Hairline::sizeHint() const {
    return {1, 1};
}

void Hairline::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter(this).fillRect(rect(), m_strong ? colours.outline : colours.hairline);
}

Chip::Chip(const QString& text, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setFont(secondaryFont());
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(text);
}

void Chip::setVerdict(engine::Verdict verdict) {
    m_verdict = verdict;
    updateGeometry();
    update();
}

void Chip::setCount(int count) {
    if (count == m_count) return;
    const bool wider = label().size() != QLocale().toString(count).size() + text().size() + 1;
    m_count = count;
    setAccessibleName(label());
    if (wider) updateGeometry();
    update();
}

QString Chip::label() const {
    return m_count < 0 ? text() : text() + QLatin1Char(' ') + QLocale().toString(m_count);
}

QSize Chip::sizeHint() const {
    const int symbol = m_verdict == engine::Verdict::None ? 0 : symbolSize + 6;
    return {fontMetrics().horizontalAdvance(label()) + symbol + 2 * chipPadding, 22};
}

void Chip::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool marked = isChecked() || hasFocus();
    painter.setPen(QPen(marked ? colours.accent : colours.hairline, hasFocus() ? 2 : 1));
    painter.setBrush(isDown() || underMouse() ? colours.field : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2);
    QRect inner = rect().adjusted(chipPadding, 0, -chipPadding, 0);
    if (m_verdict != engine::Verdict::None) {
        const QRectF symbol(inner.left(), rect().center().y() - symbolSize / 2.0 + 0.5, symbolSize, symbolSize);
        paintVerdict(painter, symbol, m_verdict, verdictColour(m_verdict, colours));
        inner.setLeft(inner.left() + symbolSize + 6);
    }
    painter.setPen(isChecked() ? colours.accent : colours.text);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, label());
}

}  // namespace ui
