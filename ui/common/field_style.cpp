// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/field_style.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr double besideSteps = 3.5;  // the arrows of a spin box stand below those of a combo box

struct Edge {
    QColor colour;
    double width = 1;
};

Edge edgeOf(const QStyleOption& option, bool focused) {
    const Colours& colours = coloursOf(option.palette);
    if (!option.state.testFlag(QStyle::State_Enabled)) return {colours.hairline};
    return focused ? Edge{colours.accent, 2} : Edge{colours.outline};
}

// The focus that a click gives is seen where one types, not on what was clicked.
bool showsFocus(const QStyleOption& option) {
    return option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

QColor mixed(const QColor& a, const QColor& b, float share) {
    const auto channel = [share](float x, float y) { return x + (y - x) * share; };
    return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()),
                            channel(a.blueF(), b.blueF()));
}

QColor fillOf(const QStyleOption& option, bool pressed) {
    const Colours& colours = coloursOf(option.palette);
    if (!option.state.testFlag(QStyle::State_Enabled)) return colours.panel;
    if (pressed) return mixed(colours.field, colours.text, 0.14F);
    return option.state.testFlag(QStyle::State_MouseOver) ? mixed(colours.field, colours.text, 0.06F) : colours.field;
}

// Whole pixels wide on the inside, or the edge would be blurred.
QPainterPath outlineOf(const QRect& rect, double width) {
    QPainterPath path;
    const double inset = width / 2;
    path.addRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), metrics::radius, metrics::radius);
    return path;
}

void drawFrame(const QRect& rect, const QColor& fill, const Edge& edge, QPainter* painter) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(edge.colour, edge.width));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawPath(outlineOf(rect, edge.width));
    painter->restore();
}

void drawArrow(const QRectF& room, bool up, bool enabled, const QPalette& palette, QPainter* painter) {
    const double half = 3.5;
    const double rise = up ? -half / 2 : half / 2;
    const QPointF centre = room.center();
    const QColor colour = enabled ? coloursOf(palette).secondary : palette.color(QPalette::Disabled, QPalette::Text);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(
        QPolygonF({centre + QPointF(-half, -rise), centre + QPointF(0, rise), centre + QPointF(half, -rise)}));
    painter->restore();
}

}  // namespace

void drawField(const QStyleOption& option, QPainter* painter) {
    const QColor fill = option.state.testFlag(QStyle::State_Enabled) ? option.palette.color(QPalette::Base)
                                                                     : coloursOf(option.palette).panel;
    drawFrame(option.rect, fill, edgeOf(option, option.state.testFlag(QStyle::State_HasFocus)), painter);
}

void drawButton(const QStyleOption& option, QPainter* painter) {
    const Colours& colours = coloursOf(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool pressed = option.state.testFlag(QStyle::State_Sunken);
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
    const bool isDefault = button != nullptr && button->features.testFlag(QStyleOptionButton::DefaultButton);
    const bool focused = showsFocus(option);
    QColor fill = fillOf(option, pressed);
    Edge edge = edgeOf(option, focused);
    if (option.state.testFlag(QStyle::State_On)) {
        const bool lit = pressed || option.state.testFlag(QStyle::State_MouseOver);
        edge.colour = enabled ? colours.accent : colours.secondary;
        fill = edge.colour;
        fill.setAlphaF(lit ? 0.26F : 0.16F);
        if (option.state.testFlag(QStyle::State_HasFocus)) edge.width = 2;
    } else if (isDefault && enabled) {
        edge.colour = colours.accent;
        fill = mixed(fill, colours.accent, 0.14F);
    }
    drawFrame(option.rect, fill, edge, painter);
}

void drawComboBox(const QStyleOptionComboBox& option, const QRect& arrow, QPainter* painter) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool pressed = option.state.testFlag(QStyle::State_Sunken) && !option.editable;
    const bool focused = option.editable ? option.state.testFlag(QStyle::State_HasFocus) : showsFocus(option);
    const QColor fill = option.editable && enabled ? option.palette.color(QPalette::Base) : fillOf(option, pressed);
    drawFrame(option.rect, fill, edgeOf(option, focused), painter);
    drawArrow(QRectF(arrow), false, enabled, option.palette, painter);
}

void drawSpinBox(const QStyleOptionSpinBox& option, const QRect& up, const QRect& down, bool readOnly,
                 QPainter* painter) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const Edge edge = readOnly ? Edge{coloursOf(option.palette).hairline}
                               : edgeOf(option, option.state.testFlag(QStyle::State_HasFocus));
    drawFrame(option.rect, enabled ? option.palette.color(QPalette::Base) : coloursOf(option.palette).panel, edge,
              painter);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) return;
    const auto drawStep = [&](const QRect& rect, QStyle::SubControl part, QAbstractSpinBox::StepEnabledFlag step) {
        const bool steps = enabled && option.stepEnabled.testFlag(step);
        if (steps && option.activeSubControls == part) {
            painter->save();
            painter->setClipPath(outlineOf(option.rect, edge.width));
            painter->fillRect(rect, fillOf(option, option.state.testFlag(QStyle::State_Sunken)));
            painter->restore();
        }
        drawArrow(QRectF(rect).translated(-besideSteps, 0), part == QStyle::SC_SpinBoxUp, steps, option.palette,
                  painter);
    };
    drawStep(up, QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled);
    drawStep(down, QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled);
    if (option.activeSubControls != QStyle::SC_None) drawFrame(option.rect, {}, edge, painter);
}

// Square: the corners of a menu are the window system's.
void drawMenuFrame(const QStyleOption& option, QPainter* painter) {
    const QRect all = option.rect;
    const QRect inner = all.adjusted(1, 1, -1, -1);
    painter->save();
    painter->setClipRegion(QRegion(all) - QRegion(inner));
    painter->fillRect(all, coloursOf(option.palette).outline);
    painter->restore();
}

}  // namespace ui
