// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QFileInfo>
#include <QString>

namespace services {

// What a file was like when it was looked at. Another one now: it has changed.
struct FileVersion {
    qint64 modifiedMs = 0;  // since the epoch
    qint64 sizeBytes = 0;

    bool isKnown() const { return *this != FileVersion(); }
    bool operator==(const FileVersion&) const = default;
};

// Unknown if there is no such file. Asks the file system: not for the thread of the window.
inline FileVersion fileVersionOf(const QString& path) {
    const QFileInfo file(path);
    if (!file.exists()) return {};
    return {file.lastModified().toMSecsSinceEpoch(), file.size()};
}

}  // namespace services
