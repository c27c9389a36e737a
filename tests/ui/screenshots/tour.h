// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QTemporaryDir>
#include <memory>

#include "tests/ui/screenshots/photographer.h"
#include "tests/ui/window/fake_dialogs.h"
#include "ui/window/main_window.h"

namespace services {
class Project;
}

namespace test {

// Takes the window through the sample set, from the welcome page to a project that has vanished, and a picture of every
// view on the way. Throws std::runtime_error where something does not come about.
class Tour {
public:
    // longNames: of the project, its models, defect types and images.
    Tour(const QString& folder, bool longNames);

    void walk();

private:
    void openWindow();
    void begin();
    void emptyPages();
    void imagePages();
    void trainingForms();
    void failures();
    void train();
    void trainAnother();
    void lengthenModelNames();
    void changeCuts();
    void tunePages();
    void reports();
    void experiments();
    void troubles();

    template <typename Widget>
    Widget* find(const char* name) const;
    void press(const char* name) const;
    void take(const char* name, const std::function<void()>& pose = {}) const;
    void scrollToEnd(const char* panel) const;
    services::Project& project() const;
    QString imageSet() const;

    QTemporaryDir m_desk;
    QString m_pictures;
    bool m_longNames;
    QSettings m_settings;
    FakeDialogs m_dialogs;
    std::unique_ptr<ui::MainWindow> m_window;
};

}  // namespace test
