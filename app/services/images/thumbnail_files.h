// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <atomic>
#include <functional>

#include "app/services/images/folder_below.h"

namespace services {

// Thumbnails in a folder that may be deleted at any time, even while it is used. Thread-safe. Nothing here throws for
// want of disk: what cannot be written is not there next time.
class ThumbnailFiles {
public:
    ThumbnailFiles(QString folder, qint64 budgetBytes);

    // The name of a thumbnail: another one when the image's file has another time or size.
    static QString nameOf(const QString& path, qint64 modifiedMs, qint64 sizeBytes);

    // Null if there is none, or if what is there is damaged. Format_RGB32.
    QImage read(const QString& name) const;
    void write(const QString& name, const QImage& thumbnail);

    // Whether enough has been written since the last tidying for the budget to be in question.
    bool needsTidying() const;
    // Deletes the least recently used until a tenth of the budget is free again. Looking through the folder may take a
    // second and is given up when `interrupted` says so; it is still needed then. One thread at a time.
    void tidy(const std::function<bool()>& interrupted);

private:
    QString fileName(const QString& name) const;

    const FolderBelow m_folder;
    const qint64 m_budgetBytes;
    std::atomic<qint64> m_untidyBytes;
};

}  // namespace services
