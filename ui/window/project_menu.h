// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

#include "ui/common/theme.h"
#include "ui/window/top_bar.h"

class QUndoStack;

namespace ui {

// The menu behind the project's name. Its keys work in the window that takes its actions.
class ProjectMenu : public QMenu {
    Q_OBJECT
public:
    explicit ProjectMenu(Appearance appearance, QWidget* parent = nullptr);

    // Of the project that is open, for as long as it is; null: there is none.
    void followUndo(const QUndoStack* stack);

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

    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
};

}  // namespace ui
