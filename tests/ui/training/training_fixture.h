// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QWidget>
#include <catch2/catch.hpp>
#include <functional>
#include <memory>

#include "app/services/images/map_store.h"
#include "app/services/inspection/inspector.h"
#include "app/services/jobs/job_runner.h"
#include "app/services/project/project.h"
#include "tests/support/test_data.h"
#include "tests/ui/window/fake_dialogs.h"
#include "ui/training/job_bar.h"
#include "ui/training/training_panel.h"

namespace test {

struct TrainingOptions {
    int train = 12;
    int good = 4;
    int blot = 4;
    bool weights = true;
    int width = 96;
    int height = 64;
};

// A project of small generated parts, the panel and the bottom line over it, and a store with the weights of a small
// random network.
class TrainingFixture {
public:
    explicit TrainingFixture(const TrainingOptions& options = {});
    ~TrainingFixture();

    // Through the folder on the disk, as after a restart of the program.
    void close();
    void open(bool scoreMissing = false);
    void showPanel(int width = 344, int height = 900);

    services::TrainRequest quickRequest() const;
    // Trains and waits for the end.
    void train();
    bool idle() const { return m_jobs->isIdle(); }
    bool waitIdle(int ms = 60000) const {
        return QTest::qWaitFor([this] { return m_jobs->isIdle(); }, ms);
    }

    template <typename Widget>
    Widget* find(const char* name) const {
        auto* found = m_window->findChild<Widget*>(QString::fromLatin1(name));
        INFO(name);
        REQUIRE(found != nullptr);
        return found;
    }

    QString imageFolder() const { return at("images"); }
    QString projectFolder() const { return at("project"); }
    QString at(const char* name) const { return QString::fromStdString((m_folder / name).string()); }

    services::JobRunner& jobs() { return *m_jobs; }
    services::Project& project() { return *m_project; }
    services::Inspector& inspector() { return *m_inspector; }
    services::MapStore& maps() { return *m_maps; }
    ui::TrainingPanel& panel() { return *m_panel; }
    ui::JobBar& bar() { return *m_bar; }
    QWidget& window() { return *m_window; }
    FakeDialogs dialogs;

private:
    test::TemporaryFolder m_folder;
    std::unique_ptr<services::JobRunner> m_jobs;
    std::unique_ptr<services::Project> m_project;
    std::unique_ptr<services::MapStore> m_maps;
    std::unique_ptr<services::Inspector> m_inspector;
    std::unique_ptr<QWidget> m_window;
    ui::TrainingPanel* m_panel = nullptr;
    ui::JobBar* m_bar = nullptr;
};

}  // namespace test
