// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QString>
#include <utility>
#include <variant>
#include <vector>

#include "app/services/project/project.h"
#include "app/services/project/sql.h"

namespace services {

struct LabelValue {
    engine::Label label = engine::Label::Unlabelled;
    QString defectType;

    bool operator==(const LabelValue&) const = default;
};

struct LabelsChange {
    struct Image {
        ImageId id = 0;
        QString name;
        LabelValue from, to;
    };
    std::vector<Image> images;
};

struct OperatingPointChange {
    ModelId model = 0;
    QString name;
    engine::OperatingPoint from, to;
};

struct MaskChange {
    ImageId image = 0;
    QString name;
    QString file;    // in the masks folder; empty: back to what came with the image set
    QImage drawing;  // to be written there; null if the file is there already
};

struct RegionChange {
    QString file;  // empty: everything
    QImage drawing;
    int revision = 0;
};

struct ModelChange {
    ModelRecord model;
};

struct ImageTimesChange {
    ModelId model = 0;
    engine::StageTimes medians;
};

struct CurrentModelChange {
    ModelId model = 0;
    QString name, from;
};

struct ScoresChange {
    ModelId model = 0;
    std::vector<ImageScore> scores;
    std::vector<std::pair<ImageId, FileVersion>> newFiles;  // that are not what the project knew of them
};

struct Change {
    qint64 whenMs = 0;  // when it was made, which may be long before it could be written
    std::variant<LabelsChange, OperatingPointChange, MaskChange, RegionChange, ModelChange, ImageTimesChange,
                 CurrentModelChange, ScoresChange>
        what;
};

// Writes one change, its files first and then, in one transaction, the rows and the line in the audit trail.
class ChangeWriter {
public:
    ChangeWriter(QString folder, QString who);

    // Throws SqlError, engine::Error; then nothing of the change is in the database, and it may be tried again.
    void write(Connection& connection, const Change& change);

private:
    struct Audit;
    void rows(Connection& connection, Audit& audit, const LabelsChange& change);
    void rows(Connection& connection, Audit& audit, const OperatingPointChange& change);
    void rows(Connection& connection, Audit& audit, const MaskChange& change);
    void rows(Connection& connection, Audit& audit, const RegionChange& change);
    void rows(Connection& connection, Audit& audit, const ModelChange& change);
    void rows(Connection& connection, Audit& audit, const ImageTimesChange& change);
    void rows(Connection& connection, Audit& audit, const CurrentModelChange& change);
    void rows(Connection& connection, Audit& audit, const ScoresChange& change);
    QString drawn(const QString& file);

    QString m_folder, m_who;
    QHash<QString, qint64> m_pixels;  // inside each drawing that this session has met
};

// "defect: scratch"; in English, like all of the audit trail, so that it reads the same wherever it is opened.
QString describe(const LabelValue& value);

}  // namespace services
