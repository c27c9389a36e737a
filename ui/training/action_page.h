// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

class Hairline;
class ScrollColumn;

// A page of questions whose answer is always in sight: the questions scroll, what is told of them and the buttons
// stand below a hairline. A long message scrolls too, in a third of the page, and what is not there takes no room.
class ActionPage : public QWidget {
    Q_OBJECT
public:
    // Widgets with their layouts; Give all of them a parent in the window of
    // `parent`: the order of the Tab key is then that in which they were made.
    ActionPage(QWidget* content, QWidget* told, QWidget* actions, QWidget* parent);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    QWidget* m_told;
    QWidget* m_actions;
    Hairline* m_line;
    ScrollColumn* m_toldArea;
};

}  // namespace ui
