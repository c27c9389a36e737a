// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QIcon;
class QPainter;
class QStyleOption;

namespace ui {

// The marks of the theme's style.
void drawRadioButton(const QStyleOption& option, QPainter* painter);
void drawCheckBox(const QStyleOption& option, QPainter* painter);
void drawMenuSeparator(const QStyleOption& option, QPainter* painter);
// What empties a field: a cross in the secondary colour of the theme that is in use when it is painted.
QIcon clearIcon();

}  // namespace ui
