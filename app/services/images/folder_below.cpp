// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/folder_below.h"

#include <QDir>
#include <QFileInfo>
#include <utility>

namespace services {

FolderBelow::FolderBelow(QString folder)
    : m_path(std::move(folder)), m_root(QFileInfo(QFileInfo(QDir::cleanPath(m_path)).path()).path()) {
    while (!QFileInfo(m_root).isDir() && QFileInfo(m_root).path() != m_root) m_root = QFileInfo(m_root).path();
}

bool FolderBelow::make(const QString& within) const {
    return QFileInfo(m_root).isDir() && QDir().mkpath(within);
}

}  // namespace services
