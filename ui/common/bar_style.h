// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOptionSlider>

class QPainter;

namespace ui {

inline constexpr int scrollBarWidth = 12;

// Slim scroll bars without buttons.
QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part);
void drawScrollBar(const QStyleOptionSlider& bar, QPainter* painter);

// One that lies, without ticks.
void drawSlider(const QStyleOptionSlider& slider, const QRect& handle, QPainter* painter);

}  // namespace ui
