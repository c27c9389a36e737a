// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QHash>
#include <QMap>
#include <QString>
#include <QTemporaryDir>
#include <chrono>
#include <memory>

#include "app/services/project/project.h"
#include "app/services/project/project_lock.h"
#include "app/services/project/project_schema.h"

namespace services {

// For the sentences of this folder that belong to no QObject.
struct ProjectText {
    Q_DECLARE_TR_FUNCTIONS(services::Project)
};

// What a project keeps beside its content: where it is, the right to change it, and what the window would otherwise
// have to work out when it takes the project over.
class ProjectStore {
public:
    QString folder;
    QString database;  // a copy in `copy` where the original cannot be read in its place
    QString uuid;      // tells this project from another that came to stand in its place
    QString who;       // for the audit trail
    int version = 0;
    bool readOnly = false;

    std::unique_ptr<ProjectLock> lock;
    std::unique_ptr<QTemporaryDir> copy;

    QHash<ImageId, int> rows;
    QMap<QString, int> defectTypes;      // how many images have each
    QHash<ImageId, QString> drawnMasks;  // file names in the masks folder
    QString regionFile;                  // likewise
    qint64 lastDrawn = 0;                // the largest number of a drawing's file
    ModelId lastModel = 0;               // ever given

    std::chrono::milliseconds busyTimeout{1000};    // how long to wait for another program's lock
    std::chrono::milliseconds retryInterval{2000};  // between attempts to write what could not be written
    std::chrono::milliseconds closeTimeout{5000};   // how long closing tries to write the rest
};

QString databaseFile(const QString& folder);
QString drawingFile(const QString& folder, const QString& name);

// openProject with another idea of what the current format is.
OpenedProject openProject(const QString& folder, const Schema& schema, const engine::RunContext& context);

}  // namespace services
