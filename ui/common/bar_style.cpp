// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/bar_style.h"

#include <QPainter>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int leastHandle = 24;
constexpr int knobSide = 15;

// The part of the scroll bar that is dragged.
QRect handleOf(const QStyleOptionSlider& bar) {
    const bool upright = bar.orientation == Qt::Vertical;
    const int room = upright ? bar.rect.height() : bar.rect.width();
    const qint64 whole = qint64{bar.maximum} - bar.minimum + bar.pageStep;
    const int share = whole > 0 ? static_cast<int>(qint64{bar.pageStep} * room / whole) : room;
    const int length = std::min(std::max(share, leastHandle), room);
    const int start =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, room - length, bar.upsideDown);
    return upright ? QRect(bar.rect.left(), bar.rect.top() + start, bar.rect.width(), length)
                   : QRect(bar.rect.left() + start, bar.rect.top(), length, bar.rect.height());
}

}  // namespace

QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part) {
    const QRect handle = handleOf(bar);
    const bool upright = bar.orientation == Qt::Vertical;
    QRect rect = bar.rect;
    switch (part) {
        case QStyle::SC_ScrollBarGroove:
            return rect;
        case QStyle::SC_ScrollBarSlider:
            return handle;
        case QStyle::SC_ScrollBarSubPage:
            upright ? rect.setBottom(handle.top() - 1) : rect.setRight(handle.left() - 1);
            return rect;
        case QStyle::SC_ScrollBarAddPage:
            upright ? rect.setTop(handle.bottom() + 1) : rect.setLeft(handle.right() + 1);
            return rect;
        default:
            return {};
    }
}

void drawScrollBar(const QStyleOptionSlider& bar, QPainter* painter) {
    const Colours& colours = coloursOf(bar.palette);
    painter->fillRect(bar.rect, colours.panel);
    if (bar.minimum == bar.maximum) return;
    const bool lit = bar.state.testFlag(QStyle::State_Sunken) || bar.state.testFlag(QStyle::State_MouseOver);
    QColor colour = colours.secondary;
    colour.setAlphaF(lit ? 0.9F : 0.5F);
    const QRectF handle = QRectF(handleOf(bar)).adjusted(3, 3, -3, -3);
    const double radius = std::min(handle.width(), handle.height()) / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawRoundedRect(handle, radius, radius);
    painter->restore();
}

void drawSlider(const QStyleOptionSlider& slider, const QRect& handle, QPainter* painter) {
    const Colours& colours = coloursOf(slider.palette);
    const bool enabled = slider.state.testFlag(QStyle::State_Enabled);
    const bool lit = enabled && slider.activeSubControls == QStyle::SC_SliderHandle;
    const bool focused = slider.state.testFlag(QStyle::State_HasFocus);
    // On whole pixels, or its edge and the groove would be blurred.
    const QRectF circle(handle.left() + (handle.width() - knobSide) / 2 + 0.5,
                        handle.top() + (handle.height() - knobSide) / 2 + 0.5, knobSide - 1, knobSide - 1);
    QRectF groove(slider.rect.left() + 1, circle.center().y() - 1.5, slider.rect.width() - 2, 3);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(enabled ? colours.outline : colours.hairline);
    painter->drawRoundedRect(groove, 1.5, 1.5);
    if (enabled) {
        slider.upsideDown ? groove.setLeft(circle.center().x()) : groove.setRight(circle.center().x());
        painter->setBrush(colours.accent);
        painter->drawRoundedRect(groove, 1.5, 1.5);
    }
    const QColor edge = !enabled ? colours.outline : focused || lit ? colours.accent : colours.secondary;
    painter->setPen(QPen(edge, focused ? 2 : 1));
    painter->setBrush(!enabled ? colours.panel : colours.dark ? colours.text : colours.field);
    painter->drawEllipse(circle);
    painter->restore();
}

}  // namespace ui
