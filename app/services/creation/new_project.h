// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <QVector>

#include "app/services/inspection/folder_preview.h"
#include "engine/core/run_context.h"

namespace services {

// What comes before a project, on the worker thread of the window.

struct FolderLook {
    ImageSetPreview preview;
    QVector<QImage> samples;  // one for each of preview.samples; null if it cannot be read
};
// Throws as services::previewFolder.
FolderLook lookAtFolder(const QString& path, const engine::RunContext& context);

// Draws the sample set and makes a project of it; nothing is left behind if it fails, and what a killed one
// left is made anew. Throws engine::Error, Cancelled.
void makeSampleProject(const QString& folder, const QString& name, const engine::RunContext& context);

// Whether makeSampleProject has made one there, and come to its end.
bool isSampleProject(const QString& folder);

// A folder's name out of a project's: without what file systems forbid.
QString folderNameOf(const QString& projectName);

}  // namespace services
