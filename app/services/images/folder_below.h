// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace services {

// A folder of a project's cache, which is made when something goes into it, as is the cache: both may be cleared at any
// time. What is above the cache is not: a project that has vanished, as with a drive that is unplugged, stays so. Made
// anew it would be in the way of the one that comes back.
class FolderBelow {
public:
    explicit FolderBelow(QString folder);

    const QString& path() const { return m_path; }
    // `within`, below the folder, is there, or is there now. False if it cannot be made.
    bool make(const QString& within) const;

private:
    QString m_path;
    QString m_root;  // what holds the cache, or the nearest above that was there
};

}  // namespace services
