// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/mark_style.h"

#include <QApplication>
#include <QIcon>
#include <QIconEngine>
#include <QPainter>
#include <QStyleOption>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

class CrossEngine : public QIconEngine {
public:
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override {
        const double side = std::min(rect.width(), rect.height()) * 0.5;
        QRectF box(0, 0, side, side);
        box.moveCenter(QRectF(rect).center());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(coloursOf(QApplication::palette()).secondary, side * 0.19, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(box.topLeft(), box.bottomRight());
        painter->drawLine(box.topRight(), box.bottomLeft());
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new CrossEngine(*this); }
};

}  // namespace

// Fusion's own are all but lost on a dark panel.
void drawRadioButton(const QStyleOption& option, QPainter* painter) {
    const Colours& colours = coloursOf(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const double side = std::min(option.rect.width(), option.rect.height()) - 1.0;
    QRectF circle(0, 0, side, side);
    circle.moveCenter(QRectF(option.rect).center() + QPointF(0, 1));  // capitals stand below the middle of a line
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(enabled ? (on ? colours.accent : colours.secondary) : colours.hairline, 1));
    painter->setBrush(colours.field);
    painter->drawEllipse(circle);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(enabled ? colours.accent : colours.secondary);
        painter->drawEllipse(circle.adjusted(side / 4, side / 4, -side / 4, -side / 4));
    }
    painter->restore();
}

void drawCheckBox(const QStyleOption& option, QPainter* painter) {
    const Colours& colours = coloursOf(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool partly = option.state.testFlag(QStyle::State_NoChange);
    const double side = std::min(option.rect.width(), option.rect.height()) - 1.0;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center() + QPointF(0, 1));
    const QColor mark = enabled ? colours.accent : option.palette.color(QPalette::Disabled, QPalette::Text);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(on || partly ? mark : (enabled ? colours.secondary : colours.hairline), 1));
    painter->setBrush(on ? mark : colours.field);
    painter->drawRoundedRect(box, 2, 2);
    if (on) {
        painter->setPen(QPen(colours.field, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(QPolygonF({QPointF(box.left() + 0.22 * side, box.top() + 0.52 * side),
                                         QPointF(box.left() + 0.42 * side, box.top() + 0.72 * side),
                                         QPointF(box.left() + 0.78 * side, box.top() + 0.3 * side)}));
    } else if (partly) {
        painter->fillRect(box.adjusted(side / 4, 0.42 * side, -side / 4, -0.42 * side), mark);
    }
    painter->restore();
}

// Fusion's is lost in the dark, and hugs the entry above it.
void drawMenuSeparator(const QStyleOption& option, QPainter* painter) {
    const QRect& rect = option.rect;
    painter->fillRect(QRect(rect.left() + metrics::gap, rect.center().y(), rect.width() - 2 * metrics::gap, 1),
                      coloursOf(option.palette).outline);
}

QIcon clearIcon() {
    return QIcon(new CrossEngine);
}

}  // namespace ui
