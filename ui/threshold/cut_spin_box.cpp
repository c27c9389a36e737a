// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/cut_spin_box.h"

#include <QKeyEvent>
#include <QSignalBlocker>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr double everything = 1e12;
QString unsetText() {
    return QStringLiteral("\u2013");
}

}  // namespace

CutSpinBox::CutSpinBox(const QString& name, QWidget* parent)
    : QDoubleSpinBox(parent), m_least(-everything), m_most(everything) {
    setAccessibleName(name);
    setFont(numberFont());
    setAlignment(Qt::AlignRight);
    setKeyboardTracking(false);
    setFocusPolicy(Qt::StrongFocus);  // not by the wheel: scrolling the panel must not change a cut
    setRange(-everything, everything);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_set = true;
        Q_EMIT cutMoved(std::clamp(value, m_least, m_most));
    });
    connect(this, &QDoubleSpinBox::editingFinished, this, &CutSpinBox::moveFinished);
}

void CutSpinBox::setScale(const ScoreScale& scale) {
    m_scale = scale;
    const QSignalBlocker quiet(this);
    setDecimals(scale.decimals);
    setSingleStep(scale.step());
    updateGeometry();
}

void CutSpinBox::showCut(const std::optional<double>& cut, double start) {
    m_start = start;
    const double shown = cut.value_or(-everything);
    if (m_set == cut.has_value() && std::abs(shown - value()) < 1e-3 * m_scale.step()) return;
    m_set = cut.has_value();
    const QSignalBlocker quiet(this);
    setValue(shown);
}

void CutSpinBox::setLimits(double least, double most) {
    m_least = least;
    m_most = most;
}

QSize CutSpinBox::sizeHint() const {
    constexpr int buttonsAndMargins = 32;
    const int widest = std::max(fontMetrics().horizontalAdvance(m_scale.text(m_scale.low)),
                                fontMetrics().horizontalAdvance(m_scale.text(m_scale.high)));
    return {std::max(72, widest + buttonsAndMargins), 26};
}

QString CutSpinBox::textFromValue(double value) const {
    return m_set || value > -everything ? QDoubleSpinBox::textFromValue(value) : unsetText();
}

QValidator::State CutSpinBox::validate(QString& text, int& position) const {
    return text == unsetText() ? QValidator::Acceptable : QDoubleSpinBox::validate(text, position);
}

double CutSpinBox::valueFromText(const QString& text) const {
    return text == unsetText() ? value() : QDoubleSpinBox::valueFromText(text);
}

// A cut between two steps goes to the next of them, so that the numbers stay short.
void CutSpinBox::stepBy(int steps) {
    if (isReadOnly()) return;
    setValue(m_scale.snapped(m_set ? value() + steps * m_scale.step() : m_start));
    selectAll();
}

void CutSpinBox::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) {
        event->ignore();
        return;
    }
    QDoubleSpinBox::wheelEvent(event);
    Q_EMIT moveFinished();
}

void CutSpinBox::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT moveCancelled();
    else
        QDoubleSpinBox::keyPressEvent(event);
}

void CutSpinBox::keyReleaseEvent(QKeyEvent* event) {
    QDoubleSpinBox::keyReleaseEvent(event);
    if (!event->isAutoRepeat()) Q_EMIT moveFinished();
}

void CutSpinBox::focusOutEvent(QFocusEvent* event) {
    QDoubleSpinBox::focusOutEvent(event);
    Q_EMIT moveFinished();
}

void CutSpinBox::mouseReleaseEvent(QMouseEvent* event) {
    QDoubleSpinBox::mouseReleaseEvent(event);
    Q_EMIT moveFinished();
}

}  // namespace ui
