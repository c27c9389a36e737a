// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

class QAction;
class QMenu;

namespace ui {

// A word without a frame: what a header has room for. Checked, it has the accent and, unless one of its group is always
// checked, a tick; with a menu, an arrow.
class FlatButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit FlatButton(const QString& text, QWidget* parent = nullptr);

    // Follows the action and triggers it. The word may be shorter than the action's.
    void follow(QAction* action);
    void setMenu(QMenu* menu, bool arrow = true);  // opened below; not owned
    void keepRoomFor(const QString& text);         // as wide as for this one, whatever it says

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool hasMark() const { return m_tick || m_arrow; }
    void openMenu();

    QMenu* m_menu = nullptr;
    QString m_widest;
    bool m_arrow = false;
    bool m_tick = false;
    bool m_keyboardFocus = false;  // a ring after Tab, none after a click
};

}  // namespace ui
