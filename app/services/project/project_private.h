// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QUndoStack>
#include <memory>
#include <optional>
#include <vector>

#include "app/services/project/drawing.h"
#include "app/services/project/project.h"
#include "app/services/project/project_store.h"
#include "app/services/project/store_writer.h"

namespace services {

class Project::Private {
public:
    Private(Project* project, OpenedProject opened);

    ImageRecord* image(ImageId id);
    ModelRecord* model(ModelId id);
    ModelRecord* current() { return model(content.currentModel); }

    // What redo and undo do: in memory, on its way to the disk, and said.
    struct LabelStep {
        std::vector<int> rows;  // ascending
        std::vector<LabelValue> before;
        LabelValue after;
    };
    void applyLabels(const LabelStep& step, bool forward);
    void applyOperatingPoint(ModelId model, const engine::OperatingPoint& point);
    void applyMask(ImageId id, const QString& file);
    void applyRegion(int revision);

    void clearScores();
    void fillScores(quint64 request, std::vector<ImageScore> scores);
    void keepPacked(int revision, PackedDrawing packed);
    void write(decltype(Change::what) what);
    QString newDrawing(const QString& owner);
    QString freeName(const QString& wanted) const;  // of a model

    Project* q;
    std::unique_ptr<ProjectStore> store;
    ProjectContent content;
    QUndoStack undo;
    QStringList types;
    std::optional<engine::OperatingPoint> preview;
    const engine::OperatingPoint noPoint;
    quint64 scoresRequest = 0;  // only the answer to the last one counts
    quint64 lastRequest = 0;    // of those that are answered by a signal

    // A mask that was just drawn, until the command that holds it has been done for the first time.
    QImage freshDrawing;
    struct Region {
        QString file;
        QImage image;          // until it is packed
        PackedDrawing packed;  // once it is on the disk
    };
    std::vector<Region> regions;  // of this session, by revision; the first one is none
    int region = 0;

    std::unique_ptr<StoreWriter> writer;  // last: ends before what it writes of
};

}  // namespace services
