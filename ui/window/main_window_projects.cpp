// SPDX-License-Identifier: GPL-3.0-or-later
// How the window comes to a project: made of a folder, opened, or drawn as the sample.
#include <QDir>
#include <QStackedWidget>
#include <utility>

#include "app/services/creation/new_project.h"
#include "app/services/inspection/folder_preview.h"
#include "app/services/project/recent_projects.h"
#include "ui/dialogs/dialogs.h"
#include "ui/window/main_window.h"
#include "ui/window/new_project_page.h"
#include "ui/window/project_menu.h"
#include "ui/window/welcome_page.h"
#include "ui/window/workspace.h"

namespace ui {

void MainWindow::lookAt(const QString& path) {
    m_jobs->cancel(m_looking);
    m_preview.reset();
    m_newProject->setLooking(QDir::toNativeSeparators(path));
    m_looking = m_jobs->start(
        tr("Look at the folder"),
        [path](const engine::RunContext& context) { return services::lookAtFolder(path, context); },
        [this](services::FolderLook look) {
            m_preview = std::make_shared<services::ImageSetPreview>(std::move(look.preview));
            m_newProject->setPreview(*m_preview, look.samples);
        },
        true);
}

void MainWindow::createProject() {
    if (!m_preview) return;
    const QString folder = QDir(m_newProject->location()).filePath(services::folderNameOf(m_newProject->projectName()));
    m_newProject->setCreating(true);
    m_looking = m_jobs->start(
        tr("Make the project"),
        [folder, name = m_newProject->projectName(), preview = m_preview](const engine::RunContext& context) {
            services::createProject(folder, name, preview->set, context);
            return std::make_shared<services::OpenedProject>(services::openProject(folder, context));
        },
        [this](const std::shared_ptr<services::OpenedProject>& opened) { enter(std::move(*opened), false); }, true);
}

void MainWindow::openProject(const QString& folder, bool trainAtOnce) {
    closeWorkspace();
    m_stack->setCurrentWidget(m_welcome);
    m_welcome->setBusy(true);
    m_welcome->setMessage(tr("Opening %1…").arg(QDir::toNativeSeparators(folder)));
    m_looking = m_jobs->start(
        tr("Open the project"),
        [folder](const engine::RunContext& context) {
            return std::make_shared<services::OpenedProject>(services::openProject(folder, context));
        },
        [this, trainAtOnce](const std::shared_ptr<services::OpenedProject>& opened) {
            enter(std::move(*opened), trainAtOnce);
        },
        true);
}

void MainWindow::enter(services::OpenedProject opened, bool trainAtOnce) {
    closeWorkspace();
    m_recent->add(opened.content.folder, opened.content.name);
    setWindowTitle(tr("%1 – Anomaloscope").arg(opened.content.name));
    m_workspace = new Workspace(std::move(opened), m_jobs.get(), m_parts.weights, m_menu, m_parts.dialogs,
                                m_parts.settings, m_stack);
    m_menu->followUndo(m_workspace->project()->undoStack());
    m_stack->addWidget(m_workspace);
    m_stack->setCurrentWidget(m_workspace);
    // A sample project whose first training was cut short is trained now.
    if (trainAtOnce && m_workspace->project()->currentModel() == nullptr) m_workspace->trainWithDefaults();
}

void MainWindow::trySample() {
    const QString folder = QDir(m_parts.projectsFolder).filePath(tr("Sample parts"));
    const QString project = QDir(folder).filePath(QStringLiteral("project"));
    if (services::isSampleProject(folder)) {
        openProject(project, true);
        return;
    }
    m_welcome->setBusy(true);
    m_welcome->setMessage(tr("Drawing the sample set…"));
    m_looking = m_jobs->start(
        tr("Draw the sample set"),
        [folder](const engine::RunContext& context) {
            services::makeSampleProject(folder, tr("Sample parts"), context);
            return true;
        },
        [this, project](bool) { openProject(project, true); }, true);
}

void MainWindow::chooseProject() {
    m_parts.dialogs->chooseFolder(this, tr("Project folder"), m_parts.projectsFolder,
                                  [this](const QString& folder) { openPath(folder); });
}

}  // namespace ui
