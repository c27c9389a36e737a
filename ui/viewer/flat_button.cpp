// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/flat_button.h"

#include <QAction>
#include <QActionGroup>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int padding = 8;
constexpr int markWidth = 14;
const auto menuArrow = QStringLiteral("\u25BE");

}  // namespace

FlatButton::FlatButton(const QString& text, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setFont(secondaryFont());
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
}

void FlatButton::follow(QAction* action) {
    const auto take = [this, action] {
        setCheckable(action->isCheckable());
        setChecked(action->isChecked());
        setEnabled(action->isEnabled());
        setToolTip(action->toolTip());
    };
    take();
    const auto* group = action->actionGroup();
    m_tick = action->isCheckable() &&
             (group == nullptr || group->exclusionPolicy() != QActionGroup::ExclusionPolicy::Exclusive);
    setAccessibleName(action->text());
    connect(action, &QAction::changed, this, take);
    connect(this, &QAbstractButton::clicked, action, [this, action](bool checked) {
        if (action->isCheckable() && action->isChecked() == checked) return;
        action->trigger();
        // Of a group of which one is always on, the button that was on already stays on.
        setChecked(action->isChecked());
    });
}

void FlatButton::setMenu(QMenu* menu, bool arrow) {
    m_menu = menu;
    m_arrow = arrow;
    connect(this, &QAbstractButton::clicked, menu, [this] { openMenu(); });
    updateGeometry();
}

void FlatButton::keepRoomFor(const QString& text) {
    m_widest = text;
    updateGeometry();
}

void FlatButton::openMenu() {
    const int left = width() - m_menu->sizeHint().width();
    m_menu->popup(mapToGlobal(QPoint(std::min(left, 0), height())));
}

QSize FlatButton::sizeHint() const {
    const int widest = std::max(fontMetrics().horizontalAdvance(text()), fontMetrics().horizontalAdvance(m_widest));
    return {widest + 2 * padding + (hasMark() ? markWidth : 0), 24};
}

void FlatButton::keyPressEvent(QKeyEvent* event) {
    const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                       (m_menu != nullptr && event->key() == Qt::Key_Down);
    if (opens)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void FlatButton::focusInEvent(QFocusEvent* event) {
    m_keyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                      event->reason() == Qt::ShortcutFocusReason;
    QAbstractButton::focusInEvent(event);
}

void FlatButton::focusOutEvent(QFocusEvent* event) {
    m_keyboardFocus = false;
    QAbstractButton::focusOutEvent(event);
}

void FlatButton::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(1, 1, -1, -1);
    const bool lit = isEnabled() && (underMouse() || isDown());
    QColor back = isChecked() ? colours.accent : colours.text;
    back.setAlphaF(isChecked() && isEnabled() ? (lit ? 0.22F : 0.12F) : (lit ? 0.08F : 0.0F));
    painter.setPen(m_keyboardFocus ? QPen(colours.accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(back);
    painter.drawRoundedRect(body, metrics::radius, metrics::radius);

    const QColor ink = palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText);
    const QColor colour = isChecked() && isEnabled() ? colours.accent : ink;
    painter.setPen(colour);
    // The room of the tick is kept when there is none, half on each side.
    // What is kept for a longer text is left free on the left: the arrow stands behind the word.
    const int spare = width() - 2 * padding - (hasMark() ? markWidth : 0) - fontMetrics().horizontalAdvance(text());
    const int left = padding + (m_widest.isEmpty() ? 0 : spare) + (m_tick && !isChecked() ? markWidth / 2 : 0);
    painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    const QPointF mark(width() - padding - 8.0, height() / 2.0);
    painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    if (m_arrow) painter.drawText(rect().adjusted(0, 0, -padding, 0), Qt::AlignVCenter | Qt::AlignRight, menuArrow);
    if (m_tick && isChecked())
        painter.drawPolyline(QPolygonF({mark + QPointF(0, 0.5), mark + QPointF(3, 3.5), mark + QPointF(8, -3)}));
}

}  // namespace ui
