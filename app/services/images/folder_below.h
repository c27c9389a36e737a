// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace services {

// A folder that is made when something goes into it, together with those above it, but none of those that are there
// now: where one of them vanishes, as with a drive that is unplugged, it stays so. Made anew it would be in the way of
// the one that comes back.
class FolderBelow {
public:
    explicit FolderBelow(QString folder);

    const QString& path() const { return m_path; }
    // The folder, or one within it, is there, or is there now. False if it cannot be made.
    bool make(const QString& within = {}) const;

private:
    QString m_path;
    QString m_root;  // the nearest that was there
};

}  // namespace services
