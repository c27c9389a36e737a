// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPainter;
class QStyleOption;

namespace ui {

// The marks of the theme's style.
void drawRadioButton(const QStyleOption& option, QPainter* painter);
void drawCheckBox(const QStyleOption& option, QPainter* painter);

}  // namespace ui
