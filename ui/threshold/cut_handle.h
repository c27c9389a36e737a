// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/threshold/score_scale.h"

namespace ui {

// One of the two cuts in the histogram: a line over the bars with a flag below the axis, review to the left of the line
// and fail to the right, so that both can be seen and seized when they are at one place. It has the focus and the keys;
// the mouse belongs to the histogram, which knows both.
class CutHandle : public QWidget {
    Q_OBJECT
public:
    CutHandle(Cut cut, QWidget* parent);

    static constexpr int flagWidth = 11;
    static constexpr int flagHeight = 15;

    void setLine(int x, int top, int axis);  // in the parent's pixels
    // `value` within [least, most]; said to a screen reader with `text`.
    void setValue(double value, double least, double most, double step, const QString& text);

    Cut cut() const { return m_cut; }
    int lineX() const { return m_x; }
    double value() const { return m_value; }
    double least() const { return m_least; }
    double most() const { return m_most; }
    double step() const { return m_step; }
    const QString& text() const { return m_text; }

Q_SIGNALS:
    void stepped(int steps);
    void valueAsked(double value);
    void finished();   // the hand has left: what was shown is meant
    void cancelled();  // Escape

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    Cut m_cut;
    int m_x = 0;
    int m_axis = 0;
    double m_value = 0;
    double m_least = 0;
    double m_most = 0;
    double m_step = 1;
    QString m_text;
};

}  // namespace ui
