// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <vector>

class QSettings;

namespace services {

struct RecentProject {
    QString folder;  // absolute
    QString name;
    QDateTime opened;      // UTC
    bool missing = false;  // not there now: a drive that is not connected, perhaps, so it stays in the list
};

// The projects opened last, the newest first, at most twelve, in the settings that the caller gives.
class RecentProjects {
public:
    static constexpr int most = 12;

    explicit RecentProjects(QSettings& settings);

    std::vector<RecentProject> list() const;  // looks at no disk: `missing` is false
    void add(const QString& folder, const QString& name);
    void remove(const QString& folder);

private:
    void write(const std::vector<RecentProject>& projects);

    QSettings& m_settings;
};

// Looks at the disk, which may take long where a network drive is gone: to be called on a worker thread.
std::vector<RecentProject> withMissing(std::vector<RecentProject> projects);

}  // namespace services
