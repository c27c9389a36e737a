// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include "ui/dialogs/dialogs.h"

namespace test {

// Answers as the test says, and remembers what was asked.
class FakeDialogs final : public ui::Dialogs {
public:
    QString folder;       // chosen next; empty: cancelled
    QString file;         // likewise
    bool agrees = false;  // to what confirm asks
    QStringList asked;

    void chooseFolder(QWidget*, const QString& title, const QString&, Chosen chosen) override {
        asked.append(title);
        if (!folder.isEmpty()) chosen(folder);
    }
    void chooseFile(QWidget*, const QString& title, const QString&, const QString&, Chosen chosen) override {
        asked.append(title);
        if (!file.isEmpty()) chosen(file);
    }
    void chooseNewFile(QWidget*, const QString& title, const QString&, const QString&, Chosen chosen) override {
        asked.append(title);
        if (!file.isEmpty()) chosen(file);
    }
    void confirm(QWidget*, const QString& question, const QString&, const QString&,
                 std::function<void()> confirmed) override {
        asked.append(question);
        if (agrees) confirmed();
    }
};

}  // namespace test
