// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QSettings>
#include <QTest>
#include <catch2/catch.hpp>
#include <memory>

#include "tests/support/test_data.h"
#include "tests/ui/window/fake_dialogs.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

namespace test {

inline constexpr int quickMs = 20'000;
inline constexpr int trainingMs = 120'000;

QString textOf(const std::filesystem::path& path);

// A window with its own settings, weights and folders; twelve good parts to learn from, twelve to test, beside it.
struct Desk {
    TemporaryFolder folder;
    FakeDialogs dialogs;
    std::unique_ptr<QSettings> settings;
    std::unique_ptr<ui::MainWindow> window;

    Desk();
    void open();

    template <typename Widget>
    Widget* find(const char* name) const {
        auto* widget = window->findChild<Widget*>(QString::fromLatin1(name));
        INFO(name);
        REQUIRE(widget != nullptr);
        return widget;
    }

    void click(const char* name) const;
    void drop(const QString& path) const;

    // A project of the parts.
    void makeProject() const;
    // Trains a small model of that method on it, and waits until every image is scored.
    void train(const char* method = "patchcore") const;

    // On the Tune page, by one step of its field, as a hand would. Returns the cut.
    double raiseFailCut() const;

    services::Project* project() const { return window->workspace()->project(); }
    bool inProject() const { return window->workspace() != nullptr; }
};

int scored(const services::Project& project);

}  // namespace test
