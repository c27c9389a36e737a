// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

// A dashed frame around what can be dropped here, in the accent while something is held over the window.
class DropFrame : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    void setLit(bool lit);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_lit = false;
};

}  // namespace ui
