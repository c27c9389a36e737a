// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/evaluate.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/sha256.h"
#include "engine/detector/method.h"
#include "engine/metrics/curves.h"

namespace engine {

namespace {

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

StageTimes medians(const std::vector<StageTimes>& all) {
    const auto of = [&](double StageTimes::*stage) {
        std::vector<double> values;
        for (const StageTimes& times : all) values.push_back(times.*stage);
        return median(std::move(values));
    };
    return {of(&StageTimes::decode), of(&StageTimes::preprocess), of(&StageTimes::backbone),
            of(&StageTimes::search), of(&StageTimes::map),        of(&StageTimes::total)};
}

// The ground truth of an item at the size of its map; nothing if the item has none.
std::optional<cv::Mat> maskOf(const ImageItem& item, cv::Size size, std::vector<std::string>& warnings) {
    if (item.label == Label::Good) return cv::Mat();
    if (item.mask.empty()) return std::nullopt;
    try {
        cv::Mat mask = decodeMask(item.mask);
        if (mask.size() == size) return mask;
        warnings.push_back(displayPath(item.mask) + ": is " + std::to_string(mask.cols) + " x " +
                           std::to_string(mask.rows) + " and its image " + std::to_string(size.width) + " x " +
                           std::to_string(size.height) + "; the pixel metrics leave it out");
    } catch (const Error& error) {
        warnings.push_back(std::string(error.what()) + "; the pixel metrics leave it out");
    }
    return std::nullopt;
}

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

void imageMetrics(Evaluation& evaluation, const OperatingPoint& point) {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    for (const ImageResult& image : evaluation.images) {
        if (image.label == Label::Unlabelled) continue;
        scores.push_back(image.score);
        labels.push_back(image.label == Label::Defect ? 1 : 0);
    }
    const auto bestF1 = [](std::span<const double> s, std::span<const std::uint8_t> l) -> std::optional<double> {
        const auto best = f1Max(s, l);
        return best ? std::optional(best->f1) : std::nullopt;
    };
    evaluation.auroc = auroc(scores, labels);
    evaluation.aupr = aupr(scores, labels);
    evaluation.f1max = bestF1(scores, labels);
    evaluation.aurocInterval = bootstrapInterval(scores, labels, auroc);
    evaluation.auprInterval = bootstrapInterval(scores, labels, aupr);
    evaluation.f1maxInterval = bootstrapInterval(scores, labels, bestF1);
    if (point.fail && !scores.empty()) {
        evaluation.confusion = confusionAt(scores, labels, *point.fail);
        evaluation.falseRejects = rate(evaluation.confusion->fp, evaluation.confusion->fp + evaluation.confusion->tn);
        evaluation.escapes = rate(evaluation.confusion->fn, evaluation.confusion->fn + evaluation.confusion->tp);
    }
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
    std::map<std::string, std::string> trained;  // digest to name
    for (const TrainingImage& image : model.info.training) trained.emplace(image.sha256, image.name);

    Evaluation evaluation;
    evaluation.warnings = set.warnings;
    const OperatingPoint& point = model.info.operatingPoint;
    std::optional<PixelMetrics> pixels;
    std::vector<StageTimes> times;
    std::vector<std::filesystem::path> paths;
    for (const ImageItem* item : items) paths.push_back(item->path);
    // Without a mask nothing is defined for pixels, and those of good images need not be held.
    const bool anyMask = std::any_of(items.begin(), items.end(), [](const auto* item) { return !item->mask.empty(); });
    scoreImages(*model.detector, paths, context, [&](ScoredImage& scored) {
        const ImageItem& item = *items[static_cast<std::size_t>(scored.index)];
        if (!scored.prediction) {
            evaluation.failures.push_back(*scored.failure);
        } else {
            const Prediction& prediction = *scored.prediction;
            ImageResult result{item.name,
                               item.path,
                               item.label,
                               item.defectType,
                               prediction.score,
                               verdictOf(prediction.score, point),
                               {},
                               sha256OfFile(item.path)};
            evaluation.good += item.label == Label::Good ? 1 : 0;
            evaluation.defect += item.label == Label::Defect ? 1 : 0;
            if (const auto known = trained.find(result.sha256); known != trained.end())
                evaluation.warnings.push_back(displayPath(item.path) + ": the same bytes are the training image " +
                                              known->second + "; its score says nothing about new parts");
            if (!prediction.map.empty()) {
                if (point.pixel) result.box = largestRegionAbove(prediction.map, *point.pixel);
                if (anyMask && item.label != Label::Unlabelled) {
                    if (!pixels) pixels.emplace(static_cast<std::int64_t>(prediction.map.total() * items.size()));
                    if (const auto mask = maskOf(item, prediction.map.size(), evaluation.warnings))
                        pixels->add(prediction.map, *mask,
                                    model.region.isEverything()
                                        ? cv::Mat()
                                        : model.region.atSize(prediction.map.cols, prediction.map.rows));
                }
            }
            times.push_back(prediction.times);
            evaluation.images.push_back(std::move(result));
        }
        if (each) each(item, scored);
    });
    imageMetrics(evaluation, point);
    evaluation.hasMap = model.detector->hasMap();
    if (pixels) evaluation.pixel = pixels->compute(context);
    evaluation.medianTimes = medians(times);
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
