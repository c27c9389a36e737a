// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/project_menu.h"

#include <QActionGroup>
#include <QUndoStack>

namespace ui {

ProjectMenu::ProjectMenu(Appearance appearance, QWidget* parent) : QMenu(parent) {
    add(tr("New project…"), QKeySequence::New, &ProjectMenu::newProjectRequested);
    add(tr("Open project…"), QKeySequence::Open, &ProjectMenu::openRequested);
    add(tr("Close project"), QKeySequence::Close, &ProjectMenu::closeProjectRequested);
    addSeparator();
    m_undo = add(tr("Undo"), QKeySequence::Undo, &ProjectMenu::undoRequested);
    m_undo->setObjectName(QStringLiteral("undoAction"));
    m_redo = add(tr("Redo"), QKeySequence::Redo, &ProjectMenu::redoRequested);
    m_redo->setObjectName(QStringLiteral("redoAction"));
    followUndo(nullptr);
    addSeparator();
    addPage(tr("Images"), Page::Images, Qt::Key_1);
    addPage(tr("Train"), Page::Train, Qt::Key_2);
    addPage(tr("Tune"), Page::Tune, Qt::Key_3);
    addPage(tr("Report"), Page::Report, Qt::Key_4);
    add(tr("Experiments"), QKeySequence(Qt::CTRL | Qt::Key_E), &ProjectMenu::experimentsToggled);
    addSeparator();
    addAppearances(appearance);
    addSeparator();
    add(tr("Quit"), QKeySequence::Quit, &ProjectMenu::quitRequested);
}

void ProjectMenu::followUndo(const QUndoStack* stack) {
    m_undo->setEnabled(stack != nullptr && stack->canUndo());
    m_redo->setEnabled(stack != nullptr && stack->canRedo());
    if (stack == nullptr) return;
    connect(stack, &QUndoStack::canUndoChanged, m_undo, &QAction::setEnabled);
    connect(stack, &QUndoStack::canRedoChanged, m_redo, &QAction::setEnabled);
}

QAction* ProjectMenu::add(const QString& text, const QKeySequence& keys, void (ProjectMenu::*chosen)()) {
    QAction* action = addAction(text);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, chosen);
    return action;
}

void ProjectMenu::addPage(const QString& text, Page page, Qt::Key key) {
    QAction* action = addAction(text);
    action->setShortcut(QKeySequence(Qt::CTRL | key));
    connect(action, &QAction::triggered, this, [this, page] { Q_EMIT pageChosen(page); });
}

void ProjectMenu::addAppearances(Appearance current) {
    QMenu* menu = addMenu(tr("Appearance"));
    auto* group = new QActionGroup(this);
    const auto choice = [&](const QString& text, Appearance appearance) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(appearance == current);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, appearance] { Q_EMIT appearanceChosen(appearance); });
    };
    choice(tr("Like the desktop"), Appearance::System);
    choice(tr("Light"), Appearance::Light);
    choice(tr("Dark"), Appearance::Dark);
}

}  // namespace ui
