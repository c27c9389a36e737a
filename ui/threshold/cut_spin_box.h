// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>
#include <optional>

#include "ui/threshold/score_scale.h"

namespace ui {

// A cut as a number. It shows as many decimals as a step has, while the cut itself may have more: only what a hand or
// a key changes is said.
class CutSpinBox : public QDoubleSpinBox {
    Q_OBJECT
public:
    explicit CutSpinBox(const QString& name, QWidget* parent = nullptr);

    void setScale(const ScoreScale& scale);
    // Nothing: a dash, and the first step starts at `start`.
    void showCut(const std::optional<double>& cut, double start);
    // What can be typed; showCut does not heed it.
    void setLimits(double least, double most);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void cutMoved(double value);
    void moveFinished();
    void moveCancelled();

protected:
    QString textFromValue(double value) const override;
    QValidator::State validate(QString& text, int& position) const override;
    double valueFromText(const QString& text) const override;
    void stepBy(int steps) override;
    // Unset, the value below stands at the end of the range; a step leads away from there in either direction.
    StepEnabled stepEnabled() const override { return StepUpEnabled | StepDownEnabled; }
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    ScoreScale m_scale;
    bool m_set = false;
    double m_start = 0;
    double m_least = 0;
    double m_most = 0;
};

}  // namespace ui
