// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/evaluation_builder.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/sha256.h"
#include "engine/metrics/curves.h"

namespace engine {

namespace {

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
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

struct Labelled {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
};

Labelled labelledOf(const Evaluation& evaluation) {
    Labelled data;
    for (const ImageResult& image : evaluation.images) {
        if (image.label == Label::Unlabelled) continue;
        data.scores.push_back(image.score);
        data.labels.push_back(image.label == Label::Defect ? 1 : 0);
    }
    return data;
}

void imageMetrics(Evaluation& evaluation) {
    const auto [scores, labels] = labelledOf(evaluation);
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
}

void cutMetrics(Evaluation& evaluation, const OperatingPoint& point) {
    const auto [scores, labels] = labelledOf(evaluation);
    if (!point.fail || scores.empty()) return;
    const Confusion confusion = confusionAt(scores, labels, *point.fail);
    evaluation.confusion = confusion;
    evaluation.falseRejects = rate(confusion.fp, confusion.fp + confusion.tn);
    evaluation.escapes = rate(confusion.fn, confusion.fn + confusion.tp);
}

}  // namespace

StageTimes medianTimes(const std::vector<StageTimes>& times) {
    const auto of = [&](double StageTimes::*stage) {
        std::vector<double> values;
        for (const StageTimes& image : times) values.push_back(image.*stage);
        return median(std::move(values));
    };
    return {of(&StageTimes::decode), of(&StageTimes::preprocess), of(&StageTimes::backbone),
            of(&StageTimes::search), of(&StageTimes::map),        of(&StageTimes::total)};
}

EvaluationBuilder::EvaluationBuilder(const ModelInfo& info, const Region& region,
                                     const std::vector<const ImageItem*>& items, const Options& options)
    : m_point(info.operatingPoint),
      m_region(region),
      m_options(options),
      m_images(items.size()),
      // Without a mask nothing is defined for pixels, and those of good images need not be held.
      m_anyMask(std::any_of(items.begin(), items.end(), [](const auto* item) { return !item->mask.empty(); })) {
    for (const TrainingImage& image : info.training) m_trained.emplace(image.sha256, image.name);
}

bool EvaluationBuilder::countsPixelsOf(const ImageItem& item) const {
    return m_options.pixels && m_anyMask && item.label != Label::Unlabelled;
}

bool EvaluationBuilder::usesMapOf(const ImageItem& item) const {
    return m_point.pixel.has_value() || countsPixelsOf(item);
}

void EvaluationBuilder::warn(const std::vector<std::string>& warnings) {
    m_evaluation.warnings.insert(m_evaluation.warnings.end(), warnings.begin(), warnings.end());
}

void EvaluationBuilder::add(const ImageItem& item, double score, const cv::Mat& map) {
    ImageResult result{item.name, item.path, item.label, item.defectType, score, verdictOf(score, m_point), {}, {}};
    m_evaluation.good += item.label == Label::Good ? 1 : 0;
    m_evaluation.defect += item.label == Label::Defect ? 1 : 0;
    if (m_options.digests) {
        try {
            result.sha256 = sha256OfFile(item.path);
        } catch (const Error& error) {
            m_evaluation.warnings.push_back(std::string(error.what()) + "; its score is of what it was");
        }
        if (const auto known = m_trained.find(result.sha256); known != m_trained.end())
            m_evaluation.warnings.push_back(displayPath(item.path) + ": the same bytes are the training image " +
                                            known->second + "; its score says nothing about new parts");
    }
    if (!map.empty()) {
        if (m_point.pixel) result.box = largestRegionAbove(map, *m_point.pixel);
        if (countsPixelsOf(item)) {
            if (!m_pixels) m_pixels.emplace(static_cast<std::int64_t>(map.total() * m_images));
            if (const auto mask = maskOf(item, map.size(), m_evaluation.warnings))
                m_pixels->add(map, *mask, m_region.isEverything() ? cv::Mat() : m_region.atSize(map.cols, map.rows));
        }
    }
    m_evaluation.images.push_back(std::move(result));
}

Evaluation EvaluationBuilder::finish(const RunContext& context) {
    imageMetrics(m_evaluation);
    cutMetrics(m_evaluation, m_point);
    if (m_pixels) m_evaluation.pixel = m_pixels->compute(context);
    m_evaluation.medianTimes = medianTimes(m_times);
    return std::move(m_evaluation);
}

}  // namespace engine
