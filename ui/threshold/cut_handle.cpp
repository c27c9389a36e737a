// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/cut_handle.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int focusRing = 3;
constexpr int manySteps = 10;

class AccessibleHandle : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit AccessibleHandle(CutHandle* handle) : QAccessibleWidget(handle, QAccessible::Slider), m_handle(handle) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface) return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? m_handle->text() : QAccessibleWidget::text(kind);
    }
    QVariant currentValue() const override { return m_handle->value(); }
    void setCurrentValue(const QVariant& value) override {
        Q_EMIT m_handle->valueAsked(value.toDouble());
        Q_EMIT m_handle->finished();
    }
    QVariant minimumValue() const override { return m_handle->least(); }
    QVariant maximumValue() const override { return m_handle->most(); }
    QVariant minimumStepSize() const override { return m_handle->step(); }

private:
    CutHandle* m_handle;
};

QAccessibleInterface* accessibleOf(const QString&, QObject* object) {
    auto* handle = qobject_cast<CutHandle*>(object);
    return handle != nullptr ? new AccessibleHandle(handle) : nullptr;
}

}  // namespace

CutHandle::CutHandle(Cut cut, QWidget* parent) : QWidget(parent), m_cut(cut) {
    // Before the name: who asks about a widget is given the same answer for ever after.
    QAccessible::installFactory(accessibleOf);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    const bool review = cut == Cut::Review;
    setObjectName(review ? QStringLiteral("reviewHandle") : QStringLiteral("failHandle"));
    setAccessibleName(review ? tr("Review cut") : tr("Fail cut"));
    setAccessibleDescription(tr("Arrow keys move it by one step, with Shift by ten; Escape puts it back"));
}

void CutHandle::setLine(int x, int top, int axis) {
    m_x = x;
    const int height = axis - top + flagHeight + focusRing;
    const int left = m_cut == Cut::Review ? x - flagWidth - focusRing : x - focusRing;
    const QRect place(left, top, flagWidth + 2 * focusRing, height);
    m_axis = axis - top;
    if (geometry() != place) setGeometry(place);
}

void CutHandle::setValue(double value, double least, double most, double step, const QString& text) {
    m_least = least;
    m_most = most;
    m_step = step;
    if (value == m_value && text == m_text) return;
    m_value = value;
    m_text = text;
    if (QAccessible::isActive()) {
        QAccessibleValueChangeEvent event(this, value);
        QAccessible::updateAccessibility(&event);
    }
}

void CutHandle::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    const bool review = m_cut == Cut::Review;
    const QColor colour = review ? colours.review : colours.fail;
    QPainter painter(this);
    const qreal line = review ? width() - focusRing : focusRing;
    painter.fillRect(QRectF(line - 1, 0, 2, m_axis), colour);

    const qreal side = review ? -flagWidth : flagWidth;
    const qreal slope = flagHeight - 5;
    QPainterPath flag;
    flag.moveTo(line - side / flagWidth, m_axis);
    flag.lineTo(line + side, m_axis);
    flag.lineTo(line + side, m_axis + slope);
    flag.lineTo(line - side / flagWidth, m_axis + flagHeight);
    flag.closeSubpath();
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 4, Qt::SolidLine, Qt::SquareCap, Qt::RoundJoin));
        painter.drawPath(flag);
        painter.setPen(QPen(colours.panel, 1.5, Qt::SolidLine, Qt::SquareCap, Qt::RoundJoin));
        painter.drawPath(flag);
    }
    // Hollow where it cannot be moved.
    painter.setPen(isEnabled() ? QPen(Qt::NoPen) : QPen(colour, 1));
    painter.setBrush(isEnabled() ? colour : colours.panel);
    painter.drawPath(flag);
}

void CutHandle::keyPressEvent(QKeyEvent* event) {
    const int steps = event->modifiers() & Qt::ShiftModifier ? manySteps : 1;
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            Q_EMIT stepped(-steps);
            break;
        case Qt::Key_Right:
        case Qt::Key_Up:
            Q_EMIT stepped(steps);
            break;
        case Qt::Key_PageDown:
            Q_EMIT stepped(-manySteps);
            break;
        case Qt::Key_PageUp:
            Q_EMIT stepped(manySteps);
            break;
        case Qt::Key_Home:
            Q_EMIT valueAsked(m_least);
            break;
        case Qt::Key_End:
            Q_EMIT valueAsked(m_most);
            break;
        case Qt::Key_Escape:
            Q_EMIT cancelled();
            break;
        default:
            QWidget::keyPressEvent(event);
            return;
    }
    event->accept();
}

// One press, however long it is held, is one step of undo.
void CutHandle::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat()) Q_EMIT finished();
    QWidget::keyReleaseEvent(event);
}

void CutHandle::focusOutEvent(QFocusEvent* event) {
    Q_EMIT finished();
    update();
    QWidget::focusOutEvent(event);
}

void CutHandle::focusInEvent(QFocusEvent* event) {
    raise();
    update();
    QWidget::focusInEvent(event);
}

}  // namespace ui
