// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

#include "ui/common/theme.h"
#include "ui/window/top_bar.h"

namespace ui {

// The menu behind the project's name. Its keys work in the window that takes its actions.
class ProjectMenu : public QMenu {
    Q_OBJECT
public:
    explicit ProjectMenu(Appearance appearance, QWidget* parent = nullptr);

Q_SIGNALS:
    void newProjectRequested();
    void openRequested();
    void closeProjectRequested();
    void undoRequested();
    void redoRequested();
    void pageChosen(ui::Page page);
    void experimentsToggled();
    void appearanceChosen(ui::Appearance appearance);
    void quitRequested();

private:
    QAction* add(const QString& text, const QKeySequence& keys, void (ProjectMenu::*chosen)());
    void addPage(const QString& text, Page page, Qt::Key key);
    void addAppearances(Appearance current);
};

}  // namespace ui
