// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core/mat.hpp>

#include <QString>
#include <vector>

#include "app/services/images/map_store.h"
#include "app/services/project/project.h"
#include "engine/detector/evaluation_builder.h"
#include "engine/image/region.h"

namespace services {

// One model of a project with what it says of the images, as jobs take it: nothing is read across threads.
struct StoredModel {
    ModelRecord record;
    QString imageRoot;
    std::vector<ImageRecord>
        images;  // of the whole project, with the scores of this model; `mask` is the one that counts
};
// Of the current model. Its masks are on the disk once a question asked before (see Project::requestHistory) is
// answered.
StoredModel storedModel(const Project& project);
// The same images as another model has scored them. For a worker thread: it takes its time with many images.
StoredModel storedModel(const StoredModel& images, const ModelRecord& record, const std::vector<ImageScore>& scores);

// The map of an image at its own size, 0 outside the region, CV_32FC1; empty if none is kept.
cv::Mat storedMap(const MapStore& maps, ModelId model, ImageId image, const engine::Region& region);

// The evaluation of the test images from stored scores and maps: what engine::evaluate finds by scoring them once more.
// `info` has the operating point that counts. Test images without a score, and files that are no longer those that were
// imported, are warned of. Throws Cancelled.
engine::Evaluation evaluateStored(const StoredModel& model, const engine::ModelInfo& info, const engine::Region& region,
                                  const MapStore& maps, const engine::EvaluationBuilder::Options& options,
                                  const engine::RunContext& context);

}  // namespace services
