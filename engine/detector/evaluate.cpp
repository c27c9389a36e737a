// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/evaluate.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/sha256.h"
#include "engine/detector/evaluation_builder.h"
#include "engine/detector/method.h"

namespace engine {

namespace {

// The set reduced to the good training images that the model has learned from; without items if there are none. What
// cannot be read stays among them, so that it is listed.
ImageSet learnedFrom(const ImageSet& set, const ModelInfo& info, const RunContext& context) {
    std::set<std::string> known;
    for (const TrainingImage& image : info.training) known.insert(image.sha256);
    ImageSet own = set;
    own.items.clear();
    bool any = false;
    for (const ImageItem* item : set.trainingGood()) {
        context.checkCancelled();
        try {
            if (!known.contains(sha256OfFile(item->path))) continue;
            any = true;
        } catch (const Error&) {
        }
        own.items.push_back(*item);
    }
    if (!any) own.items.clear();
    return own;
}

}  // namespace

void scoreImages(Detector& detector, const std::vector<std::filesystem::path>& paths, const RunContext& context,
                 const std::function<void(ScoredImage&)>& each) {
    ImageStream stream(paths, std::min(2, context.threads()));
    const auto total = static_cast<std::int64_t>(paths.size());
    while (auto next = stream.next(context)) {
        ScoredImage scored{next->index, next->path, std::move(next->image), std::nullopt, std::move(next->failure)};
        if (scored.image) {
            try {
                scored.prediction = detector.score(*scored.image, context);
                scored.prediction->times.decode = next->decodeMs;
                scored.prediction->times.total += next->decodeMs;
            } catch (const Error& error) {
                // Only what belongs to this image is a failure of this image.
                if (error.code() != ErrorCode::InvalidArgument && error.code() != ErrorCode::Mismatch) throw;
                scored.failure = ImageFailure{scored.path, displayPath(scored.path) + ": " + error.what()};
            }
        }
        each(scored);
        context.report("score", scored.index + 1, total);
    }
}

Evaluation evaluate(Model& model, const ImageSet& set, const RunContext& context,
                    const std::function<void(const ImageItem&, const ScoredImage&)>& each) {
    const auto items = set.test();
    if (items.empty())
        throw Error(ErrorCode::NotEnoughData, "has no test images; put them into test/good and test/<defect type>",
                    set.root);
    EvaluationBuilder builder(model.info, model.region, items);
    builder.warn(set.warnings);
    std::vector<std::filesystem::path> paths;
    for (const ImageItem* item : items) paths.push_back(item->path);
    scoreImages(*model.detector, paths, context, [&](ScoredImage& scored) {
        const ImageItem& item = *items[static_cast<std::size_t>(scored.index)];
        if (scored.prediction) {
            builder.add(item, scored.prediction->score, scored.prediction->map);
            builder.add(scored.prediction->times);
        } else {
            builder.add(*scored.failure);
        }
        if (each) each(item, scored);
    });
    Evaluation evaluation = builder.finish(context);
    evaluation.hasMap = model.detector->hasMap();
    return evaluation;
}

CrossValidation crossValidate(const Model& model, const ImageSet& set, int folds, const RunContext& context) {
    const ImageSet own = learnedFrom(set, model.info, context);
    const bool ownImages = !own.items.empty();
    const ImageSet& used = ownImages ? own : set;
    CrossValidation result =
        methodNamed(model.info.method).crossValidate(*model.detector, model.info, used, folds, context);
    result.ownImages = ownImages;
    result.leftOut = static_cast<std::int64_t>(set.trainingGood().size() - used.trainingGood().size());
    return result;
}

}  // namespace engine
