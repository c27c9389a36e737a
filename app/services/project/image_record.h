// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <limits>

#include "app/services/project/file_version.h"
#include "engine/dataset/image_set.h"

namespace services {

using ImageId = qint64;  // of the project's database; never used again once an image is gone

// One image of a project, with what the current model says of it.
struct ImageRecord {
    ImageId id = 0;
    QString name;  // relative to the image set's root, '/' between folders; unique
    QString path;  // absolute
    engine::Split split = engine::Split::Test;
    engine::Label label = engine::Label::Unlabelled;
    QString defectType;       // such as "scratch"; empty unless label is Defect, and may be empty then
    QString mask;             // ground truth that came with the image set, absolute; empty if there is none
    bool maskEdited = false;  // a mask drawn in the project stands in its place
    FileVersion file;         // when the project last read it: imported it, or scored it by any model
    FileVersion scoredFile;   // when the current model scored it, or failed to read it
    // By the current model, NaN if it has not scored the image. Of a good training image it is the cross-validated
    // score: an image is never judged by a bank that holds its own patches.
    double score = std::numeric_limits<double>::quiet_NaN();
    QString failure;  // why the image could not be read, with what to do; empty if it could

    bool isScored() const { return score == score; }
};

}  // namespace services
