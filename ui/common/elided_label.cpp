// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/elided_label.h"

#include <QPainter>

#include "ui/common/theme.h"

namespace ui {

ElidedLabel::ElidedLabel(QWidget* parent, Qt::TextElideMode dots) : QWidget(parent), m_dots(dots) {
    setFont(secondaryFont());
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
    if (text == m_text) return;
    m_text = text;
    setToolTip(text.toHtmlEscaped());
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() + 4};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {m_text.isEmpty() ? 0 : 40, fontMetrics().height() + 4};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(m_text, m_dots, width()));
}

}  // namespace ui
