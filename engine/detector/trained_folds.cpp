// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/trained_folds.h"

#include <algorithm>

#include <opencv2/core.hpp>

namespace engine {

namespace {

constexpr int mostFolds = 3;

}  // namespace

CrossValidation crossValidateTrained(const TrainingImages& images, const ImageSet& set, int folds,
                                     const RunContext& context,
                                     const std::function<ScoreImage(const std::vector<std::size_t>&)>& train) {
    CrossValidation result = startCrossValidation(images, set);
    const auto& used = images.used();
    const auto count = std::min(static_cast<std::size_t>(std::clamp(folds, 2, mostFolds)), used.size());
    result.folds = static_cast<int>(count);
    for (std::size_t fold = 0; fold < count; ++fold) {
        // Interleaved, so that a drift over the day of the recording is in every fold.
        std::vector<std::size_t> learned;
        for (std::size_t i = 0; i < used.size(); ++i)
            if (i % count != fold) learned.push_back(i);
        const ScoreImage score = train(learned);
        for (std::size_t i = fold; i < used.size(); i += count) {
            context.checkCancelled();
            const Prediction prediction = score(i);
            result.scores[i] = prediction.score;
            if (!prediction.map.empty()) cv::minMaxLoc(prediction.map, nullptr, &result.mapMaxima[i]);
        }
        context.report("cross-validation", static_cast<std::int64_t>(fold + 1), result.folds);
    }
    return result;
}

std::vector<float> inspectedScores(const CellScores& cells) {
    std::vector<float> scores;
    for (std::size_t i = 0; i < cells.scores.size(); ++i)
        if (cells.inspected[i] != 0) scores.push_back(cells.scores[i]);
    return scores;
}

}  // namespace engine
