// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace ui {

// What the window asks the person through dialogs. Handed to the main window, so that a test answers in her place.
// Nothing blocks: the answer comes by the callback, or never if she cancels.
class Dialogs {
public:
    virtual ~Dialogs() = default;

    using Chosen = std::function<void(const QString& path)>;
    virtual void chooseFolder(QWidget* parent, const QString& title, const QString& startIn, Chosen chosen) = 0;
    virtual void chooseFile(QWidget* parent, const QString& title, const QString& startIn, const QString& filter,
                            Chosen chosen) = 0;
    // Of a file to be written, which may be there already: she has agreed to replace it then.
    virtual void chooseNewFile(QWidget* parent, const QString& title, const QString& suggestion, const QString& filter,
                               Chosen chosen) = 0;
    // `consequence` says what would be lost; `action` is the word on the button that goes on.
    virtual void confirm(QWidget* parent, const QString& question, const QString& consequence, const QString& action,
                         std::function<void()> confirmed) = 0;
};

// Qt's own.
class SystemDialogs final : public Dialogs {
public:
    void chooseFolder(QWidget* parent, const QString& title, const QString& startIn, Chosen chosen) override;
    void chooseFile(QWidget* parent, const QString& title, const QString& startIn, const QString& filter,
                    Chosen chosen) override;
    void chooseNewFile(QWidget* parent, const QString& title, const QString& suggestion, const QString& filter,
                       Chosen chosen) override;
    void confirm(QWidget* parent, const QString& question, const QString& consequence, const QString& action,
                 std::function<void()> confirmed) override;
};

}  // namespace ui
