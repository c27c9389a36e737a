// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

#include "engine/core/run_context.h"
#include "engine/dataset/image_set.h"

namespace services {

struct DefectTypeCount {
    QString type;  // may be empty: a defect without a name
    int images = 0;
};

// What a folder (or a CSV list) holds, shown before anything is imported.
struct ImageSetPreview {
    engine::ImageSet set;  // for createProject
    QString layout;        // a sentence: how it was recognised
    int trainGood = 0;
    int testGood = 0;
    int unlabelled = 0;
    int masks = 0;
    QVector<DefectTypeCount> defectTypes;  // by name
    QStringList samples;                   // absolute paths: at most five, spread over good images and defect types
    QStringList warnings;

    int total() const { return static_cast<int>(set.items.size()); }
};

// Reads names, no image. To be called on a worker thread. Throws as engine::openImageSet, and Cancelled.
ImageSetPreview previewFolder(const QString& path, const engine::RunContext& context);

}  // namespace services

Q_DECLARE_METATYPE(services::ImageSetPreview)
