// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/dialogs.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <utility>

namespace ui {

namespace {

void openFileDialog(QFileDialog* dialog, Dialogs::Chosen chosen) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, std::move(chosen));
    dialog->open();
}

}  // namespace

void SystemDialogs::chooseFolder(QWidget* parent, const QString& title, const QString& startIn, Chosen chosen) {
    auto* dialog = new QFileDialog(parent, title, startIn);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    openFileDialog(dialog, std::move(chosen));
}

void SystemDialogs::chooseFile(QWidget* parent, const QString& title, const QString& startIn, const QString& filter,
                               Chosen chosen) {
    auto* dialog = new QFileDialog(parent, title, startIn, filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    openFileDialog(dialog, std::move(chosen));
}

void SystemDialogs::chooseNewFile(QWidget* parent, const QString& title, const QString& suggestion,
                                  const QString& filter, Chosen chosen) {
    auto* dialog = new QFileDialog(parent, title, QFileInfo(suggestion).absolutePath(), filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(suggestion).completeBaseName());
    dialog->setDefaultSuffix(QFileInfo(suggestion).suffix());
    // The ending is the format.
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& chosenFilter) {
        const QString ending = chosenFilter.section(QStringLiteral("*."), 1).section(QLatin1Char(')'), 0, 0);
        dialog->setDefaultSuffix(ending);
    });
    openFileDialog(dialog, std::move(chosen));
}

void SystemDialogs::confirm(QWidget* parent, const QString& question, const QString& consequence, const QString& action,
                            std::function<void()> confirmed) {
    auto* box = new QMessageBox(QMessageBox::Question, QString(), question, QMessageBox::Cancel, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(consequence);
    auto* go = box->addButton(action, QMessageBox::AcceptRole);
    QObject::connect(box, &QMessageBox::buttonClicked, box,
                     [go, confirmed = std::move(confirmed)](QAbstractButton* button) {
                         if (button == go) confirmed();
                     });
    box->open();
}

}  // namespace ui
