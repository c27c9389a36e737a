// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/scoring_job.h"

#include <algorithm>
#include <unordered_set>

#include "app/services/inspection/own_scores.h"
#include "app/services/inspection/score_batches.h"
#include "app/services/inspection/train_request.h"

namespace services {

namespace {

// The set that the model was fitted with, whatever the labels are now.
engine::ImageSet fittedSet(const ProjectSnapshot& project, const std::unordered_set<std::string>& inBank) {
    std::vector<ImageRecord> fitted;
    for (ImageRecord image : project.images) {
        if (!inBank.contains(image.name.toStdString())) continue;
        image.split = engine::Split::Train;
        image.label = engine::Label::Good;
        fitted.push_back(std::move(image));
    }
    return imageSetOf(fitted, project.imageRoot);
}

OwnScores ownScores(const engine::Model& model, const engine::ImageSet& set, const engine::RunContext& context) {
    OwnScores scores;
    const auto crossed = crossValidateIfPossible(model, set, context);
    scores.add(crossed);
    if (crossed) scores.add(crossed->failures, set);
    return scores;
}

}  // namespace

int countMissing(const std::vector<ImageRecord>& images, const ModelRecord& model) {
    return static_cast<int>(std::count_if(images.begin(), images.end(), [&](const ImageRecord& image) {
        // Without cross-validation the good training images have no score, and never will; where some were held out,
        // the others.
        const bool learned = image.split == engine::Split::Train && image.label == engine::Label::Good;
        return !image.isScored() && image.failure.isEmpty() && !(learned && model.folds < 2);
    }));
}

engine::Model& EngineState::open(const ModelRecord& record, const engine::RunContext& context) {
    if (id == record.id && model) return *model;
    close();
    model = engine::openModel(pathOf(record.file), {}, context);
    id = record.id;
    return *model;
}

int scoreUnscored(const ModelRecord& record, const ProjectSnapshot& project, const MapStore& maps, EngineState& state,
                  const FoundSink& found, const engine::RunContext& context) {
    requireRoot(project);
    engine::Model& model = state.open(record, context);
    std::unordered_set<std::string> inBank;
    for (const engine::TrainingImage& image : model.info.training) inBank.insert(image.name);
    std::vector<const ImageRecord*> own;
    std::vector<const ImageRecord*> others;
    for (const ImageRecord& image : project.images)
        if (!image.isScored() && image.failure.isEmpty())
            (inBank.contains(image.name.toStdString()) ? own : others).push_back(&image);
    std::vector<const ImageRecord*> all = own;
    all.insert(all.end(), others.begin(), others.end());
    const FileVersions files(all, context);

    ScoreBatches batches(record.id, maps, files, [&](const auto& batch) { found.addScores(record.id, batch); });
    if (!own.empty()) {
        const OwnScores scores = ownScores(model, fittedSet(project, inBank), context);
        for (const ImageRecord* image : own)
            if (const auto score = scores.of(*image)) batches.add(*score);
    }
    batches.score(*model.detector, others, context);
    if (const auto times = batches.medianTimes()) found.setImageTimes(record.id, *times);
    return static_cast<int>(all.size());
}

}  // namespace services
