// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/link_button.h"

#include <QPainter>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

LinkButton::LinkButton(const QString& text, QWidget* parent) : QPushButton(text, parent) {
    setFont(secondaryFont());
    setFlat(true);
    setAutoDefault(false);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize LinkButton::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text()) + 8, std::max(20, fontMetrics().height() + 4)};
}

void LinkButton::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
    }
    QFont font = this->font();
    font.setUnderline(isEnabled());
    painter.setFont(font);
    painter.setPen(!isEnabled()   ? palette().color(QPalette::Disabled, QPalette::ButtonText)
                   : underMouse() ? colours.accent
                                  : colours.text);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

}  // namespace ui
