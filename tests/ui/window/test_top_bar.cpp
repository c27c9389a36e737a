// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <catch2/catch.hpp>

#include "ui/window/project_menu.h"
#include "ui/window/top_bar.h"

TEST_CASE("that a project may only be read stays in sight, however long its name is") {
    ui::ProjectMenu menu(ui::Appearance::Light);
    ui::TopBar bar(&menu);
    bar.resize(620, bar.height());
    bar.setProjectName(QString(120, u'x'), true);
    bar.show();
    const auto* button = bar.findChild<QToolButton*>(QStringLiteral("projectButton"));
    CHECK(button->text().contains(QStringLiteral("(read-only)")));
    CHECK(button->text().contains(u'\u2026'));
    // A name that gave no way would have widened the window.
    CHECK(bar.width() == 620);
    bar.setProjectName(QStringLiteral("Covers"), false);
    CHECK(button->text().startsWith(QStringLiteral("Covers ")));
    CHECK_FALSE(button->text().contains(u'('));
}

TEST_CASE("Undo and Redo are off while there is nothing to undo, and after the project is closed") {
    ui::ProjectMenu menu(ui::Appearance::Light);
    const auto* undo = menu.findChild<QAction*>(QStringLiteral("undoAction"));
    const auto* redo = menu.findChild<QAction*>(QStringLiteral("redoAction"));
    CHECK_FALSE(undo->isEnabled());
    QUndoStack stack;
    menu.followUndo(&stack);
    CHECK_FALSE(undo->isEnabled());
    stack.push(new QUndoCommand(QStringLiteral("label")));
    CHECK(undo->isEnabled());
    CHECK_FALSE(redo->isEnabled());
    stack.undo();
    CHECK_FALSE(undo->isEnabled());
    CHECK(redo->isEnabled());
    menu.followUndo(nullptr);
    CHECK_FALSE(redo->isEnabled());
}
