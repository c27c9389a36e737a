// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <functional>
#include <optional>
#include <vector>

#include "app/services/project/project.h"
#include "engine/core/run_context.h"
#include "engine/detector/model.h"

namespace services {

// What the jobs take from the project when they are asked for, so that nothing is read across threads. QStrings and
// QImages are shared, not copied.
struct ProjectSnapshot {
    QString imageRoot;
    QString modelFolder;
    std::vector<ImageRecord> images;
    QImage region;
};

// The model in use, kept open on the thread of the jobs.
struct EngineState {
    ModelId id = 0;
    std::optional<engine::Model> model;

    void close() {
        id = 0;
        model.reset();
    }
    // The model of that record, opened unless it is; another one is closed first. Throws as engine::openModel.
    engine::Model& open(const ModelRecord& record, const engine::RunContext& context);
};

// How a job tells the window what it has found.
struct FoundSink {
    // Makes the model the current one and takes the scores of its own training images along. Waits for its id.
    std::function<ModelId(const ModelRecord&, const std::vector<ImageScore>&, const engine::RunContext&)> addModel;
    std::function<void(ModelId, const std::vector<ImageScore>&)> addScores;
    std::function<void(ModelId, const engine::StageTimes&)> setImageTimes;
};

// The folder of images is there; said once and by its name, not once for every image in it. Throws
// engine::Error{NotFound}.
void requireRoot(const ProjectSnapshot& project);

}  // namespace services
