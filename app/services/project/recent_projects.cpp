// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/recent_projects.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include "app/services/project/project_store.h"

namespace services {

namespace {

QString key() {
    return QStringLiteral("recent_projects");
}

}  // namespace

RecentProjects::RecentProjects(QSettings& settings) : m_settings(settings) {}

std::vector<RecentProject> RecentProjects::list() const {
    std::vector<RecentProject> projects;
    const int count = std::min(m_settings.beginReadArray(key()), most);
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        RecentProject project;
        project.folder = m_settings.value(QStringLiteral("folder")).toString();
        project.name = m_settings.value(QStringLiteral("name")).toString();
        project.opened = m_settings.value(QStringLiteral("opened")).toDateTime();
        if (!project.folder.isEmpty()) projects.push_back(std::move(project));
    }
    m_settings.endArray();
    return projects;
}

void RecentProjects::add(const QString& folder, const QString& name) {
    const QString path = QDir::cleanPath(folder);
    std::vector<RecentProject> projects = list();
    std::erase_if(projects, [&](const RecentProject& project) { return project.folder == path; });
    projects.insert(projects.begin(), {path, name, QDateTime::currentDateTimeUtc(), false});
    if (projects.size() > most) projects.resize(most);
    write(projects);
}

void RecentProjects::remove(const QString& folder) {
    std::vector<RecentProject> projects = list();
    std::erase_if(projects, [&](const RecentProject& project) { return project.folder == QDir::cleanPath(folder); });
    write(projects);
}

void RecentProjects::write(const std::vector<RecentProject>& projects) {
    m_settings.remove(key());
    m_settings.beginWriteArray(key(), static_cast<int>(projects.size()));
    for (std::size_t i = 0; i < projects.size(); ++i) {
        m_settings.setArrayIndex(static_cast<int>(i));
        m_settings.setValue(QStringLiteral("folder"), projects[i].folder);
        m_settings.setValue(QStringLiteral("name"), projects[i].name);
        m_settings.setValue(QStringLiteral("opened"), projects[i].opened);
    }
    m_settings.endArray();
}

std::vector<RecentProject> withMissing(std::vector<RecentProject> projects) {
    for (RecentProject& project : projects) project.missing = !QFileInfo::exists(databaseFile(project.folder));
    return projects;
}

}  // namespace services
