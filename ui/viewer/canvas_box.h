// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QWidget>

#include "ui/common/theme.h"

namespace ui {

// What the boxes over a picture have in common.

inline constexpr int boxPadding = 8;

inline void letMouseThrough(QWidget& widget) {
    widget.setAttribute(Qt::WA_TransparentForMouseEvents);
    widget.setFocusPolicy(Qt::NoFocus);
}

inline void paintBox(QPainter& painter, const QRect& rect, const QColor& colour) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(rect, metrics::radius, metrics::radius);
}

}  // namespace ui
