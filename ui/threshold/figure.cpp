// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/figure.h"

#include <QPainter>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

Figure::Figure(const QString& meaning, QWidget* parent) : QWidget(parent), m_meaning(meaning) {
    setAccessibleName(meaning);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Figure::setText(const QString& text, const QString& remark) {
    if (text == m_text && remark == m_remark) return;
    m_text = text;
    m_remark = remark;
    setAccessibleName(remark.isEmpty() ? QStringLiteral("%1: %2").arg(m_meaning, text)
                                       : QStringLiteral("%1: %2, %3").arg(m_meaning, text, remark));
    update();
}

void Figure::keepRoomFor(const QString& remark) {
    m_widestRemark = remark;
    update();
}

void Figure::setStrong(bool strong) {
    m_strong = strong;
    update();
}

QSize Figure::sizeHint() const {
    return {40, 20};
}

void Figure::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    QRect room = rect();
    if (!m_remark.isEmpty()) {
        painter.setFont(secondaryFont());
        painter.setPen(colours.secondary);
        painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, m_remark);
        room.setRight(room.right() -
                      std::max(painter.fontMetrics().horizontalAdvance(m_remark),
                               painter.fontMetrics().horizontalAdvance(m_widestRemark)) -
                      6);
    }
    QFont font = numberFont();
    if (m_strong) font.setWeight(QFont::DemiBold);
    // A number too long for its column is set smaller rather than cut off.
    if (QFontMetrics(font).horizontalAdvance(m_text) > room.width()) font.setPixelSize(11);
    painter.setFont(font);
    painter.setPen(colours.text);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, m_text);
}

}  // namespace ui
