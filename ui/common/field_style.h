// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionSpinBox;

namespace ui {

// What has an edge has the same one, all around its rectangle: fields, combo boxes, buttons. Fusion's edge is darker
// than the panel, which nobody sees in the dark.
void drawField(const QStyleOption& option, QPainter* painter);
void drawButton(const QStyleOption& option, QPainter* painter);
void drawComboBox(const QStyleOptionComboBox& option, const QRect& arrow, QPainter* painter);
// What may only be read has the edge of what is off.
void drawSpinBox(const QStyleOptionSpinBox& option, const QRect& up, const QRect& down, bool readOnly,
                 QPainter* painter);

void drawMenuFrame(const QStyleOption& option, QPainter* painter);

}  // namespace ui
