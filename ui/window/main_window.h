// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QString>
#include <memory>

#include "app/services/jobs/job_runner.h"
#include "app/services/weight_store.h"
#include "ui/common/theme.h"

class QSettings;
class QStackedWidget;

namespace services {
struct ImageSetPreview;
struct OpenedProject;
class RecentProjects;
}  // namespace services

namespace ui {

class Dialogs;
class NewProjectPage;
class ProjectMenu;
class WelcomePage;
class Workspace;

// What the window needs from outside; a test gives its own.
struct MainWindowParts {
    QSettings* settings = nullptr;  // outlives the window
    Dialogs* dialogs = nullptr;     // likewise
    services::WeightStore weights = services::WeightStore::ofThisProgram();
    QString projectsFolder;  // where new projects are made unless she says otherwise
};

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const MainWindowParts& parts);
    ~MainWindow() override;

    // What she chose last time.
    static Appearance appearanceIn(const QSettings& settings);

    // A project folder is opened; any other folder, or a CSV list, begins a new project.
    void openPath(const QString& path);
    Workspace* workspace() { return m_workspace; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void connectMenu();
    void connectPages();
    void showWelcome(const QString& message = {});
    void startNewProject();
    void lookAt(const QString& path);
    void createProject();
    void openProject(const QString& folder, bool trainAtOnce = false);
    void enter(services::OpenedProject opened, bool trainAtOnce);
    void trySample();
    void chooseProject();
    void setAppearance(Appearance appearance);
    bool losesSomething() const;
    // Calls `go` at once, or after she has agreed to what would be lost: running work, changes that the disk refuses.
    void leaveWorkspace(std::function<void()> go);
    void closeWorkspace();

    MainWindowParts m_parts;
    std::unique_ptr<services::JobRunner> m_jobs;
    std::unique_ptr<services::RecentProjects> m_recent;
    std::shared_ptr<services::ImageSetPreview> m_preview;
    ProjectMenu* m_menu;
    QStackedWidget* m_stack;
    WelcomePage* m_welcome;
    NewProjectPage* m_newProject;
    Workspace* m_workspace = nullptr;
    services::JobId m_looking = 0;
    bool m_leaving = false;
};

}  // namespace ui
