// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QUndoStack>
#include <utility>

#include "app/services/creation/new_project.h"
#include "app/services/inspection/folder_preview.h"
#include "app/services/project/recent_projects.h"
#include "ui/dialogs/dialogs.h"
#include "ui/window/new_project_page.h"
#include "ui/window/project_menu.h"
#include "ui/window/welcome_page.h"
#include "ui/window/workspace.h"

namespace ui {

namespace {

const auto geometryKey = QStringLiteral("window/geometry");
const auto appearanceKey = QStringLiteral("window/appearance");

QString droppedPath(const QMimeData* data) {
    const auto urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

QVector<RecentEntry> entriesOf(const std::vector<services::RecentProject>& projects) {
    QVector<RecentEntry> entries;
    for (const auto& project : projects) entries.append({project.folder, project.name, project.missing});
    return entries;
}

}  // namespace

MainWindow::MainWindow(const MainWindowParts& parts)
    : m_parts(parts),
      m_jobs(std::make_unique<services::JobRunner>()),
      m_recent(std::make_unique<services::RecentProjects>(*parts.settings)),
      m_menu(new ProjectMenu(appearanceIn(*parts.settings), this)),
      m_stack(new QStackedWidget),
      m_welcome(new WelcomePage),
      m_newProject(new NewProjectPage) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setMinimumSize(960, 600);
    setCentralWidget(m_stack);
    m_stack->addWidget(m_welcome);
    m_stack->addWidget(m_newProject);
    connectMenu();
    connectPages();
    if (!restoreGeometry(m_parts.settings->value(geometryKey).toByteArray())) resize(1440, 900);
    showWelcome();
}

MainWindow::~MainWindow() {
    closeWorkspace();
    // The pages go before the jobs that call them back.
    m_jobs.reset();
}

Appearance MainWindow::appearanceIn(const QSettings& settings) {
    const int value = settings.value(appearanceKey).toInt();
    return value == static_cast<int>(Appearance::Light)  ? Appearance::Light
           : value == static_cast<int>(Appearance::Dark) ? Appearance::Dark
                                                         : Appearance::System;
}

void MainWindow::connectMenu() {
    addActions(m_menu->actions());
    connect(m_menu, &ProjectMenu::newProjectRequested, this, &MainWindow::startNewProject);
    connect(m_menu, &ProjectMenu::openRequested, this, &MainWindow::chooseProject);
    connect(m_menu, &ProjectMenu::closeProjectRequested, this, [this] { leaveWorkspace([this] { showWelcome(); }); });
    connect(m_menu, &ProjectMenu::undoRequested, this, [this] {
        if (m_workspace != nullptr) m_workspace->project()->undoStack()->undo();
    });
    connect(m_menu, &ProjectMenu::redoRequested, this, [this] {
        if (m_workspace != nullptr) m_workspace->project()->undoStack()->redo();
    });
    connect(m_menu, &ProjectMenu::pageChosen, this, [this](Page page) {
        if (m_workspace != nullptr) m_workspace->showPage(page);
    });
    connect(m_menu, &ProjectMenu::experimentsToggled, this, [this] {
        if (m_workspace != nullptr) m_workspace->toggleExperiments();
    });
    connect(m_menu, &ProjectMenu::appearanceChosen, this, &MainWindow::setAppearance);
    connect(m_menu, &ProjectMenu::quitRequested, this, &QWidget::close);
}

void MainWindow::connectPages() {
    connect(m_welcome, &WelcomePage::newProjectRequested, this, &MainWindow::startNewProject);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::chooseProject);
    connect(m_welcome, &WelcomePage::sampleRequested, this, &MainWindow::trySample);
    connect(m_welcome, &WelcomePage::recentChosen, this, [this](const QString& folder) { openProject(folder); });

    connect(m_newProject, &NewProjectPage::chooseImagesRequested, this, [this] {
        m_parts.dialogs->chooseFolder(this, tr("Folder of images"), QDir::homePath(),
                                      [this](const QString& folder) { lookAt(folder); });
    });
    connect(m_newProject, &NewProjectPage::chooseListRequested, this, [this] {
        m_parts.dialogs->chooseFile(this, tr("CSV list of images"), QDir::homePath(), tr("CSV lists (*.csv)"),
                                    [this](const QString& file) { lookAt(file); });
    });
    connect(m_newProject, &NewProjectPage::chooseLocationRequested, this, [this] {
        m_parts.dialogs->chooseFolder(this, tr("Folder for the project"), m_newProject->location(),
                                      [this](const QString& folder) { m_newProject->setLocation(folder); });
    });
    connect(m_newProject, &NewProjectPage::createRequested, this, &MainWindow::createProject);
    connect(m_newProject, &NewProjectPage::cancelled, this, [this] {
        m_jobs->cancelAll();
        showWelcome();
    });
    connect(m_jobs.get(), &services::JobRunner::failed, this, [this](services::JobId id, const QString& message) {
        if (m_workspace != nullptr) return;  // its job bar tells it
        if (m_stack->currentWidget() == m_newProject)
            m_newProject->setError(message);
        else if (id == m_looking)
            showWelcome(message);
    });
}

void MainWindow::showWelcome(const QString& message) {
    closeWorkspace();
    const auto recent = m_recent->list();
    m_welcome->setRecent(entriesOf(recent));
    m_jobs->start(
        tr("Look for recent projects"), [recent](const engine::RunContext&) { return services::withMissing(recent); },
        [this](const std::vector<services::RecentProject>& found) { m_welcome->setRecent(entriesOf(found)); }, true);
    m_welcome->setFault(message);
    m_welcome->setBusy(false);
    m_stack->setCurrentWidget(m_welcome);
    setWindowTitle(tr("Anomaloscope"));
}

void MainWindow::startNewProject() {
    leaveWorkspace([this] {
        closeWorkspace();
        m_newProject->reset(m_parts.projectsFolder);
        m_stack->setCurrentWidget(m_newProject);
        setWindowTitle(tr("New project – Anomaloscope"));
    });
}

void MainWindow::openPath(const QString& path) {
    if (services::isProjectFolder(path)) {
        leaveWorkspace([this, path] { openProject(path); });
        return;
    }
    leaveWorkspace([this, path] {
        closeWorkspace();
        m_newProject->reset(m_parts.projectsFolder);
        m_stack->setCurrentWidget(m_newProject);
        lookAt(path);
    });
}

void MainWindow::setAppearance(Appearance appearance) {
    m_parts.settings->setValue(appearanceKey, static_cast<int>(appearance));
    applyTheme(*qApp, appearance);
}

bool MainWindow::losesSomething() const {
    return m_workspace != nullptr && (!m_jobs->isIdle() || m_workspace->unsaved() > 0);
}

void MainWindow::leaveWorkspace(std::function<void()> go) {
    if (!losesSomething()) {
        go();
        return;
    }
    if (m_workspace->unsaved() > 0)
        m_parts.dialogs->confirm(
            this, tr("Leave without saving?"),
            tr("Changes that could not be written and would be lost: %n. The notice in the window says "
               "what to do.",
               nullptr, m_workspace->unsaved()),
            tr("Leave without saving"), std::move(go));
    else
        m_parts.dialogs->confirm(this, tr("Stop what is running?"),
                                 tr("Training that is stopped leaves no model. Labels and thresholds are saved."),
                                 tr("Stop and leave"), std::move(go));
}

void MainWindow::closeWorkspace() {
    m_jobs->cancelAll();
    if (m_workspace == nullptr) return;
    m_stack->removeWidget(m_workspace);
    delete m_workspace;
    m_workspace = nullptr;
    m_menu->followUndo(nullptr);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_leaving && losesSomething()) {
        event->ignore();
        leaveWorkspace([this] {
            m_leaving = true;
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);  // this one is still being answered
        });
        return;
    }
    m_parts.settings->setValue(geometryKey, saveGeometry());
    closeWorkspace();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (droppedPath(event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    m_newProject->setDragOver(true);
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) {
    m_newProject->setDragOver(false);
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    m_newProject->setDragOver(false);
    openPath(droppedPath(event->mimeData()));
}

}  // namespace ui
