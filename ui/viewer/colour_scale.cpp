// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/colour_scale.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "app/services/images/colour_map.h"
#include "ui/common/theme.h"
#include "ui/viewer/canvas_box.h"
#include "ui/viewer/readout.h"

namespace ui {

namespace {

constexpr int barThickness = 12;
constexpr int uprightLength = 160;
constexpr int lyingLength = 128;
constexpr int lyingThickness = 10;
constexpr int lineHeight = 16;
constexpr int textGap = 8;
constexpr int cutReach = 3;  // of its line beyond a bar that lies

}  // namespace

ColourScale::ColourScale(QWidget* parent) : QWidget(parent) {
    letMouseThrough(*this);
    setFont(secondaryFont());
}

void ColourScale::setColours(services::ColourMap colours) {
    if (colours == m_colours) return;
    m_colours = colours;
    update();
}

void ColourScale::setRange(double low, double high) {
    if (low == m_low && high == m_high) return;
    m_low = low;
    m_high = high;
    refresh();
}

void ColourScale::setCut(std::optional<double> cut) {
    if (cut == m_cut) return;
    m_cut = cut;
    refresh();
}

void ColourScale::setOrientation(Qt::Orientation orientation) {
    if (orientation == m_orientation) return;
    m_orientation = orientation;
    refresh();
}

void ColourScale::setOverPicture(bool over) {
    if (over == m_overPicture) return;
    m_overPicture = over;
    update();
}

void ColourScale::refresh() {
    const QString range = tr("Colour scale from %1 to %2").arg(number(m_low), number(m_high));
    setAccessibleName(m_cut ? range + QStringLiteral(", ") + cutText() : range);
    const QPoint corner = geometry().topRight();
    resize(sizeHint());
    move(corner.x() - width() + 1, y());
    update();
}

QString ColourScale::number(double value) const {
    return QLocale().toString(value, 'f', decimalsFor(m_low, m_high));
}

QString ColourScale::cutText() const {
    return m_cut ? tr("%1 cut").arg(number(*m_cut)) : QString();
}

int ColourScale::labelWidth() const {
    int width = fontMetrics().horizontalAdvance(cutText());
    // The cut's room is kept for any number that it is set to, which may be half a range above what a good part shows:
    // nothing moves while the cut does.
    for (const double value : {m_low, m_high, m_high + (m_high - m_low) / 2})
        width = std::max(width, fontMetrics().horizontalAdvance(tr("%1 cut").arg(number(value))));
    return width;
}

QSize ColourScale::sizeHint() const {
    if (isUpright())
        return {labelWidth() + textGap + barThickness + 2 * boxPadding, uprightLength + lineHeight + boxPadding};
    return {lyingLength + 2 * boxPadding, lyingThickness + cutReach + lineHeight + boxPadding};
}

QRect ColourScale::bar() const {
    if (isUpright())
        return {width() - boxPadding - barThickness, (height() - uprightLength) / 2, barThickness, uprightLength};
    return {boxPadding + 1, boxPadding / 2, width() - 2 * (boxPadding + 1), lyingThickness};  // within its frame
}

double ColourScale::shareOf(double value) const {
    return m_high > m_low ? std::clamp((value - m_low) / (m_high - m_low), 0.0, 1.0) : 0;
}

void ColourScale::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    // On the bare canvas it needs no ground of its own.
    if (m_overPicture) {
        QColor ground = colours.panel;
        ground.setAlphaF(0.9F);
        paintBox(painter, rect(), ground);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintBar(painter);
    if (isUpright())
        paintLabelsBeside(painter);
    else
        paintLabelsBelow(painter);
}

void ColourScale::paintBar(QPainter& painter) const {
    const QRect area = bar();
    const services::ColourTable table = services::colourTable(m_colours);
    const int length = isUpright() ? area.height() : area.width();
    for (int i = 0; i < length; ++i) {
        const auto level = static_cast<std::size_t>(i * 255 / (length - 1));
        QColor colour = QColor::fromRgb(table[level]);
        colour.setAlpha(static_cast<int>(level));
        if (isUpright())
            painter.fillRect(area.left(), area.bottom() - i, area.width(), 1, colour);
        else
            painter.fillRect(area.left() + i, area.top(), 1, area.height(), colour);
    }
    // Four rectangles: a pen's line is off by half a pixel on some screens, and the bar lets the canvas through.
    const QRect around = area.adjusted(-1, -1, 1, 1);
    const QColor frame = coloursOf(*this).secondary;
    for (const QRect& line :
         {QRect(around.left(), around.top(), around.width(), 1),
          QRect(around.left(), around.bottom(), around.width(), 1), QRect(around.left(), area.top(), 1, area.height()),
          QRect(around.right(), area.top(), 1, area.height())})
        painter.fillRect(line, frame);
}

// Light with a dark edge, as the contour in the picture.
void ColourScale::paintCut(QPainter& painter, double at) const {
    const QRectF area(bar());
    const auto line = [&](double thickness, const QColor& colour) {
        painter.fillRect(
            isUpright() ? QRectF(area.left() - 4, at - thickness / 2, area.width() + 8, thickness)
                        : QRectF(at - thickness / 2, area.top() - cutReach, thickness, area.height() + 2 * cutReach),
            colour);
    };
    line(3, QColor(24, 24, 24));
    line(1, Qt::white);
}

// The ends give way to the cut.
void ColourScale::paintLabelsBeside(QPainter& painter) const {
    const Colours& colours = coloursOf(*this);
    const QRect area = bar();
    const auto label = [&](double middle, const QString& text) {
        painter.drawText(QRectF(0, middle - lineHeight / 2.0, area.left() - textGap, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    };
    double cutAt = -INFINITY;
    if (m_cut) {
        cutAt = area.bottom() - shareOf(*m_cut) * (area.height() - 1);
        painter.setPen(colours.text);
        label(std::clamp(cutAt, lineHeight / 2.0, height() - lineHeight / 2.0), cutText());
        paintCut(painter, cutAt);
    }
    painter.setPen(colours.secondary);
    if (std::abs(cutAt - area.top()) >= lineHeight) label(area.top() + 1, number(m_high));
    if (std::abs(cutAt - area.bottom()) >= lineHeight) label(area.bottom(), number(m_low));
}

void ColourScale::paintLabelsBelow(QPainter& painter) const {
    const Colours& colours = coloursOf(*this);
    const QRect area = bar();
    const QRect line(area.left() - 1, area.bottom() + 1 + cutReach, area.width() + 2, lineHeight);
    const auto widthOf = [&](const QString& text) { return fontMetrics().horizontalAdvance(text) + 1; };
    const int lowEnd = line.left() + widthOf(number(m_low));
    const int highStart = line.right() + 1 - widthOf(number(m_high));
    QRect taken;
    if (m_cut) {
        const double cutAt = area.left() + shareOf(*m_cut) * (area.width() - 1);
        const int room = std::min(widthOf(cutText()), line.width());
        // Beside the ends' numbers while there is room, at its line as far as they allow.
        const bool between = lowEnd + room + textGap <= highStart;
        const int least = between ? lowEnd + textGap / 2 : line.left();
        const int most = (between ? highStart - textGap / 2 : line.right() + 1) - room;
        taken = QRect(std::clamp(static_cast<int>(std::lround(cutAt)) - room / 2, least, most), line.top(), room,
                      lineHeight);
        painter.setPen(colours.text);
        painter.drawText(taken, Qt::AlignCenter, cutText());
        paintCut(painter, cutAt);
    }
    painter.setPen(colours.secondary);
    if (taken.isEmpty() || taken.left() >= lowEnd)
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, number(m_low));
    if (taken.isEmpty() || taken.right() < highStart)
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, number(m_high));
}

}  // namespace ui
