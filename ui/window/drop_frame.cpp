// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drop_frame.h"

#include <QPainter>

#include "ui/common/theme.h"

namespace ui {

void DropFrame::setLit(bool lit) {
    if (lit == m_lit) return;
    m_lit = lit;
    update();
}

void DropFrame::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(m_lit ? colours.accent : colours.secondary, m_lit ? 2 : 1);
    pen.setDashPattern({4 / pen.widthF(), 4 / pen.widthF()});
    painter.setPen(pen);
    painter.setBrush(colours.field);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 2 * metrics::radius, 2 * metrics::radius);
}

}  // namespace ui
