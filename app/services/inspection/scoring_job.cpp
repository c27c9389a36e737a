// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/scoring_job.h"

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

int scoreUnscored(const ModelRecord& record, const ProjectSnapshot& project, const MapStore& maps, EngineState& state,
                  const FoundSink& found, const engine::RunContext& context) {
    requireRoot(project);
    if (state.id != record.id || !state.model) {
        state.close();
        state.model = engine::openModel(pathOf(record.file), {}, context);
        state.id = record.id;
    }
    std::unordered_set<std::string> inBank;
    for (const engine::TrainingImage& image : state.model->info.training) inBank.insert(image.name);
    std::vector<const ImageRecord*> own;
    std::vector<const ImageRecord*> others;
    for (const ImageRecord& image : project.images)
        if (!image.isScored() && image.failure.isEmpty())
            (inBank.contains(image.name.toStdString()) ? own : others).push_back(&image);

    ScoreBatches batches(record.id, maps, [&](const auto& batch) { found.addScores(record.id, batch); });
    if (!own.empty()) {
        const OwnScores scores = ownScores(*state.model, fittedSet(project, inBank), context);
        for (const ImageRecord* image : own)
            if (const auto score = scores.of(*image)) batches.add(*score);
    }
    batches.score(*state.model->detector, others, context);
    return static_cast<int>(own.size() + others.size());
}

}  // namespace services
