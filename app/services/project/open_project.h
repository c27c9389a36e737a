// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

#include "app/services/project/model_record.h"
#include "engine/core/run_context.h"
#include "engine/dataset/image_set.h"

namespace services {

// Everything that opening a project reads, made on a worker thread and handed to Project.
struct ProjectContent {
    QString folder;
    QString name;
    QString imageRoot;
    std::vector<ImageRecord> images;  // in order of name
    std::vector<ModelRecord> models;  // in order of creation
    ModelId currentModel = 0;         // 0: none
    QImage region;                    // Grayscale8, nonzero is inside; null: everything
    QStringList notices;              // for people: "migrated from version 1; the backup is ..."
    bool readOnly = false;
    QString readOnlyReason;  // one sentence, with what to do
};

class ProjectStore;

// Whether a folder holds a project's database. One look at the file system, quick enough for the window's thread.
bool isProjectFolder(const QString& folder);

// Makes a project folder: the database with the images of the set, nothing copied. Refuses a folder that holds
// something else. To be called on a worker thread. Throws engine::Error (WriteFailed, InvalidArgument), Cancelled.
void createProject(const QString& folder, const QString& name, const engine::ImageSet& set,
                   const engine::RunContext& context);

// Opens a project folder: locks it (a second window opens it read-only and says so), migrates an older database after a
// backup, opens a newer or a write-protected one read-only. To be called on a worker thread. Throws engine::Error
// (NotFound, Corrupt with what to do, Unreadable), Cancelled.
struct OpenedProject {
    std::unique_ptr<ProjectStore> store;
    ProjectContent content;
    OpenedProject();
    OpenedProject(OpenedProject&&) noexcept;
    OpenedProject& operator=(OpenedProject&&) noexcept;
    ~OpenedProject();
};
OpenedProject openProject(const QString& folder, const engine::RunContext& context);

}  // namespace services
