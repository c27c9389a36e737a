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
    return {fontMetrics().horizontalAdvance(text()), std::max(20, fontMetrics().height() + 4)};
}

void LinkButton::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    // Not by an outline, which would want room beside the word.
    if (hasFocus()) {
        QColor fill = colours.accent;
        fill.setAlphaF(0.16F);
        painter.fillRect(rect(), fill);
    }
    const QColor ink = !isEnabled()   ? palette().color(QPalette::Disabled, QPalette::ButtonText)
                       : underMouse() ? colours.accent
                                      : colours.text;
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter, text());
    if (!isEnabled()) return;
    // Lower than a font's own, which runs through the feet of g and y.
    const int baseline = (height() - fontMetrics().height()) / 2 + fontMetrics().ascent();
    const int width = fontMetrics().horizontalAdvance(text());
    painter.fillRect((this->width() - width) / 2, std::min(baseline + 4, height() - 2), width, hasFocus() ? 2 : 1,
                     hasFocus() ? colours.accent : ink);
}

}  // namespace ui
