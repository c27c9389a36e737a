// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

#include "engine/metrics/operating_point.h"

class QApplication;
class QPainter;
class QRectF;
class QWidget;

namespace ui {

enum class Appearance { System, Light, Dark };

// The colours that a palette has no name for. Text and badges keep a contrast of 4.5 : 1 or more; tests measure it.
struct Colours {
    bool dark = false;
    QColor panel;     // side panels, top and bottom bars
    QColor canvas;    // behind the picture
    QColor field;     // line edits, cells of the grid
    QColor hairline;  // what separates, instead of frames
    QColor outline;   // the edge of fields and buttons
    QColor text;
    QColor secondary;  // headings, labels of numbers
    QColor accent;
    QColor selection;  // the ground of selected cells and rows
    QColor onAccent;
    QColor pass;
    QColor review;
    QColor fail;
    QColor onVerdict;  // text on a badge filled with one of the three above
    QColor tooltip;    // the read-out over the picture
    QColor onTooltip;
};

// All sizes are multiples of 4, in device-independent pixels.
namespace metrics {
inline constexpr int gap = 8;
inline constexpr int margin = 12;
inline constexpr int rowHeight = 28;
inline constexpr int leftPanelWidth = 296;
inline constexpr int rightPanelWidth = 344;
inline constexpr int topBarHeight = 40;
inline constexpr int bottomBarHeight = 28;
inline constexpr int radius = 4;
}  // namespace metrics

// Fusion with our palette and fonts. System follows the desktop's light or dark.
void applyTheme(QApplication& application, Appearance appearance);

// Those of the light or of the dark theme, by how light the palette's window is.
const Colours& coloursOf(const QPalette& palette);
const Colours& coloursOf(const QWidget& widget);

QFont textFont();       // 13 px
QFont secondaryFont();  // 12 px
QFont headingFont();    // 12 px, semibold
QFont numberFont();     // 13 px, tabular figures

// For what paints its own words: the letter that Alt goes with is underlined while Alt is held.
int mnemonicFlag(const QWidget& widget);

// A verdict is always told by shape and colour and word.
QString verdictWord(engine::Verdict verdict);  // "Pass", "Review", "Fail", "Not scored", "Unreadable"; translated
QColor verdictColour(engine::Verdict verdict, const Colours& colours);
void paintVerdict(QPainter& painter, const QRectF& box, engine::Verdict verdict, const QColor& colour);

}  // namespace ui
