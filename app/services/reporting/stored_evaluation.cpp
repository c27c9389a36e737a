// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/stored_evaluation.h"

#include <map>

#include "app/services/inspection/train_request.h"
#include "engine/core/error.h"

namespace services {

namespace {

engine::ImageFailure failureOf(const ImageRecord& image) {
    return {pathOf(image.path), image.failure.toStdString()};
}

std::string countedImages(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " image" : " images");
}

}  // namespace

StoredModel storedModel(const Project& project) {
    const ModelRecord* current = project.currentModel();
    StoredModel stored{current == nullptr ? ModelRecord() : *current, project.imageRoot(), project.images()};
    for (ImageRecord& image : stored.images)
        if (image.maskEdited) image.mask = project.maskFile(image);
    return stored;
}

StoredModel storedModel(const StoredModel& images, const ModelRecord& record, const std::vector<ImageScore>& scores) {
    StoredModel stored = images;
    stored.record = record;
    setScores(stored.images, scores);
    return stored;
}

cv::Mat storedMap(const MapStore& maps, ModelId model, ImageId image, const engine::Region& region) {
    const auto stored = maps.read(model, image);
    if (!stored) return {};
    const int width = stored->placement.originalWidth;
    const int height = stored->placement.originalHeight;
    cv::Mat map = mapAtImageSize(*stored, width, height);
    if (!region.isEverything()) map.setTo(0, region.atSize(width, height) == 0);
    return map;
}

engine::Evaluation evaluateStored(const StoredModel& model, const engine::ModelInfo& info, const engine::Region& region,
                                  const MapStore& maps, const engine::EvaluationBuilder::Options& options,
                                  const engine::RunContext& context) {
    const engine::ImageSet set = imageSetOf(model.images, model.imageRoot);
    std::map<std::string_view, const ImageRecord*> records;
    std::vector<std::string> names;
    names.reserve(model.images.size());
    for (const ImageRecord& image : model.images) records.emplace(names.emplace_back(image.name.toStdString()), &image);

    const auto items = set.test();
    engine::EvaluationBuilder builder(info, region, items, options);
    std::int64_t done = 0;
    std::int64_t unscored = 0;
    std::int64_t changed = 0;
    for (const engine::ImageItem* item : items) {
        context.report("evaluate", ++done, static_cast<std::int64_t>(items.size()));
        const ImageRecord& image = *records.at(item->name);
        if (!image.failure.isEmpty()) {
            builder.add(failureOf(image));
        } else if (!image.isScored()) {
            ++unscored;
        } else {
            if (options.digests && fileVersionOf(image.path) != image.scoredFile) ++changed;
            builder.add(*item, image.score,
                        builder.usesMapOf(*item) ? storedMap(maps, model.record.id, image.id, region) : cv::Mat());
        }
    }
    for (const ImageRecord& image : model.images)
        if (image.split == engine::Split::Train && !image.failure.isEmpty()) builder.add(failureOf(image));
    if (unscored > 0)
        builder.warn({countedImages(unscored) + " for testing without a score by this model; they count nowhere"});
    if (changed > 0)
        builder.warn({countedImages(changed) +
                      " changed on the disk since being scored; the scores are of what was there before"});
    engine::Evaluation evaluation = builder.finish(context);
    evaluation.hasMap = info.mapHigh > info.mapLow;
    if (model.record.imageTimes) evaluation.medianTimes = *model.record.imageTimes;
    return evaluation;
}

}  // namespace services
