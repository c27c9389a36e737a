// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QTextEdit;
class QVBoxLayout;

namespace ui {

class LinkButton;
class LossPlot;
class WorkList;

// Above the bottom line while it is asked for: each piece of work with its state and what can be done about it, and the
// log.
class JobPopup : public QFrame {
    Q_OBJECT
public:
    explicit JobPopup(WorkList* work, QWidget* parent);
    void popUpOver(QWidget* bar);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();
    void buildLog();
    void addLine(const QString& line);
    void fitLog();
    void rebuild();
    void refreshProgress();
    QWidget* makeRow(int index);
    void copyLog();

    WorkList* m_work;
    QWidget* m_bar = nullptr;
    QVBoxLayout* m_rows;
    QLabel* m_none;
    QLabel* m_running = nullptr;  // the second line of what is at work
    LossPlot* m_losses = nullptr;
    QTextEdit* m_log;
    LinkButton* m_copy;
};

}  // namespace ui
