// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/project_lock.h"

#include <QDir>
#include <QLockFile>
#include <QSysInfo>

#include "app/services/project/project_store.h"

namespace services {

ProjectLock::ProjectLock(const QString& folder)
    : m_file(QDir(folder).filePath(QStringLiteral("project.lock"))), m_lock(std::make_unique<QLockFile>(m_file)) {
    m_lock->setStaleLockTime(0);  // however long a window has been open, it is open
    if (m_lock->tryLock(0)) return;
    switch (m_lock->error()) {
        case QLockFile::LockFailedError:
            m_state = State::Taken;
            break;
        case QLockFile::PermissionError:
            m_state = State::WriteProtected;
            break;
        default:
            m_state = State::NoRoom;
    }
}

ProjectLock::~ProjectLock() = default;

QString ProjectLock::reason() const {
    switch (m_state) {
        case State::Held:
            return {};
        case State::WriteProtected:
            return ProjectText::tr(
                "The project's folder is write-protected, so it can be looked at but not changed; to change it, copy "
                "it to a place where you may write and open it there.");
        case State::NoRoom:
            return ProjectText::tr(
                "The project's folder cannot be written, perhaps because the disk is full, so it can be looked at but "
                "not changed; free some space and open it again.");
        case State::Taken:
            break;
    }
    qint64 process = 0;
    QString host, program;
    if (!m_lock->getLockInfo(&process, &host, &program))
        return ProjectText::tr(
            "This project is open in another window, so it can be looked at but not changed here; close it there and "
            "open it again.");
    if (host == QSysInfo::machineHostName())
        return ProjectText::tr(
                   "This project is open in another window (process %1), so it can be looked at but not changed here; "
                   "close it there and open it again.")
            .arg(process);
    return ProjectText::tr(
               "This project is open on another computer (%1), so it can be looked at but not changed here; close it "
               "there and open it again, or delete %2 if nobody has it open.")
        .arg(host, m_file);
}

}  // namespace services
