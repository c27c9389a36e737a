// SPDX-License-Identifier: GPL-3.0-or-later
// The boxes of words: the read-out and the captions.
#include <QLocale>
#include <QTextLayout>
#include <algorithm>

#include "ui/viewer/canvas_badges.h"
#include "ui/viewer/canvas_box.h"

namespace ui {

namespace {

constexpr int boxLine = 18;
constexpr int captionPadding = 10;

QFont boldNumbers() {
    QFont font = secondaryFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

}  // namespace

ReadoutBox::ReadoutBox(QWidget* parent) : QWidget(parent) {
    letMouseThrough(*this);
    setFont(secondaryFont());
}

void ReadoutBox::setReadout(const Readout& readout) {
    m_readout = readout;
    const int bottom = geometry().bottom();
    resize(sizeHint());
    move(x(), bottom - height() + 1);
    update();
}

void ReadoutBox::setRoom(int width) {
    m_room = width;
    resize(sizeHint());
}

QString ReadoutBox::position() const {
    return tr("x %1   y %2").arg(m_readout.pixel.x()).arg(m_readout.pixel.y());
}

QString ReadoutBox::place() const {
    return position() + QStringLiteral("   ") + m_readout.value;
}

QStringList ReadoutBox::lines() const {
    return widthOf(place()) <= m_room ? QStringList{place()} : QStringList{position(), m_readout.value};
}

QString ReadoutBox::score() const {
    return m_readout.score ? QLocale().toString(*m_readout.score, 'f', m_decimals) : QString();
}

int ReadoutBox::widthOf(const QString& line) const {
    return fontMetrics().horizontalAdvance(line) + 2 * boxPadding + 4;
}

QSize ReadoutBox::sizeHint() const {
    int width = 0;
    for (const QString& line : lines()) width = std::max(width, widthOf(line));
    auto count = lines().size();
    if (m_readout.score) {
        width = std::max(width, widthOf(tr("score here") + QLatin1Char(' ')) +
                                    QFontMetrics(boldNumbers()).horizontalAdvance(score()));
        ++count;
    }
    return {width, static_cast<int>(count) * boxLine + boxPadding};
}

void ReadoutBox::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    paintBox(painter, rect(), colours.tooltip);
    painter.setPen(colours.onTooltip);
    const int left = boxPadding + 2;
    QRect line(left, boxPadding / 2, width() - left, boxLine);
    for (const QString& text : lines()) {
        painter.drawText(line, Qt::AlignVCenter, text);
        line.translate(0, boxLine);
    }
    if (!m_readout.score) return;
    const QString word = tr("score here") + QLatin1Char(' ');
    painter.drawText(line, Qt::AlignVCenter, word);
    const int after = fontMetrics().horizontalAdvance(word);
    painter.setFont(boldNumbers());
    painter.drawText(line.adjusted(after, 0, 0, 0), Qt::AlignVCenter, score());
}

CanvasCaption::CanvasCaption(QWidget* parent) : QWidget(parent) {
    letMouseThrough(*this);
    setFont(secondaryFont());
}

void CanvasCaption::setText(const QString& text) {
    m_text = text;
    setAccessibleName(text);
    resize(sizeHint());
    update();
}

void CanvasCaption::setRoom(int width) {
    m_room = width;
    resize(sizeHint());
}

int CanvasCaption::heightOf(int lines) {
    return lines * boxLine + boxPadding;
}

QStringList CanvasCaption::lines() const {
    const int room = m_room - 2 * captionPadding - 2;  // measured to less than a pixel
    QTextLayout layout(m_text, font());
    QTextOption anywhere;
    anywhere.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(anywhere);
    layout.beginLayout();
    QTextLine first = layout.createLine();
    first.setLineWidth(room);
    layout.endLayout();
    const int length = first.isValid() ? first.textLength() : 0;
    const QString rest = m_text.mid(length).trimmed();
    if (rest.isEmpty()) return {m_text};
    return {m_text.left(length).trimmed(), fontMetrics().elidedText(rest, Qt::ElideMiddle, room)};
}

QSize CanvasCaption::sizeHint() const {
    int width = 0;
    for (const QString& line : lines()) width = std::max(width, fontMetrics().horizontalAdvance(line));
    return {std::min(width + 2 + 2 * captionPadding, m_room), heightOf(static_cast<int>(lines().size()))};
}

void CanvasCaption::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    paintBox(painter, rect(), colours.tooltip);
    painter.setPen(colours.onTooltip);
    painter.drawText(rect(), Qt::AlignCenter, lines().join(QLatin1Char('\n')));
}

}  // namespace ui
