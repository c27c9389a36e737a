// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/inspection/own_scores.h"

#include <limits>

#include "engine/core/error.h"

namespace services {

void OwnScores::add(const std::optional<engine::CrossValidation>& scores) {
    if (!scores) return;
    for (std::size_t i = 0; i < scores->names.size(); ++i) m_scores[scores->names[i]] = {0, scores->scores[i], {}};
}

void OwnScores::add(const std::vector<engine::ImageFailure>& failures, const engine::ImageSet& set) {
    if (failures.empty()) return;
    std::unordered_map<std::string, std::string> names;
    for (const engine::ImageItem& item : set.items) names[item.path.string()] = item.name;
    for (const engine::ImageFailure& failure : failures)
        m_scores[names[failure.path.string()]] = {0, std::numeric_limits<double>::quiet_NaN(),
                                                  QString::fromStdString(failure.reason)};
}

std::optional<ImageScore> OwnScores::of(const ImageRecord& image) const {
    const auto found = m_scores.find(image.name.toStdString());
    if (found == m_scores.end()) return std::nullopt;
    ImageScore score = found->second;
    score.image = image.id;
    return score;
}

std::optional<engine::CrossValidation> crossValidateIfPossible(const engine::Model& model, const engine::ImageSet& set,
                                                               const engine::RunContext& context) {
    constexpr int folds = 5;
    // Its banks come and go: told as they are, the stages would flicker. The passes over the images and the folds that
    // are through are what people can follow.
    const engine::RunContext told(
        context.stopToken(),
        [&](const engine::Progress& progress) {
            if (progress.stage == "features" || progress.stage == "held out")
                context.report("check", progress.done, progress.total);
            if (progress.stage == "cross-validation") context.report(progress.stage, progress.done, progress.total);
        },
        [&](const std::string& warning) { context.warn(warning); }, context.compute());
    try {
        return engine::crossValidate(model, set, folds, told);
    } catch (const engine::Error& error) {
        if (error.code() != engine::ErrorCode::NotEnoughData) throw;
        context.warn(error.what());
        return std::nullopt;
    }
}

}  // namespace services
