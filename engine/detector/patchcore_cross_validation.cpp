// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <opencv2/core.hpp>

#include "engine/detector/memory_budget.h"
#include "engine/detector/patch_grid.h"
#include "engine/detector/patch_scorer.h"
#include "engine/detector/patchcore_fit.h"

namespace engine {

namespace {

void append(Candidates& to, const Candidates& from, std::size_t i) {
    const float* row = from.rows.row(static_cast<std::int64_t>(i));
    to.rows.values.insert(to.rows.values.end(), row, row + from.rows.cols);
    to.origins.push_back(from.origins[i]);
    ++to.rows.rows;
}

// Candidates of the images for which `chosen` is true, in their order.
template <typename Chosen>
Candidates subset(const Candidates& all, const Chosen& chosen) {
    Candidates some;
    some.rows.cols = all.rows.cols;
    for (std::size_t i = 0; i < all.origins.size(); ++i)
        if (chosen(all.origins[i].image)) append(some, all, i);
    return some;
}

}  // namespace

CrossValidation crossValidatePatchCore(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                       const RunContext& context) {
    auto& model = dynamic_cast<PatchCore&>(fitted);
    const PatchCoreState& state = model.state();
    TrainingImages images(set, 0, context);
    FitTimes times;
    // Half of the usual budget: the candidates of all folds but one stand beside those of all.
    const Candidates all = collectCandidates(model.extractor(), state.parameters, state.region, info.seed,
                                             defaultMemoryBudget() / 2, images, &state, times, context);
    const auto& used = images.used();
    CrossValidation result = startCrossValidation(images, set);
    result.folds = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(std::max(2, folds)), used.size()));
    const Preprocessor& preprocessor = model.extractor().preprocessor();
    for (int fold = 0; fold < result.folds; ++fold) {
        // Interleaved, so that a drift over the day of the recording is in every fold.
        const auto heldOut = [&](std::int32_t image) { return image % result.folds == fold; };
        const Candidates others = subset(all, [&](std::int32_t image) { return !heldOut(image); });
        const PatchScorer scorer(state.parameters.index, state.parameters.reweight,
                                 selectBank(others, state.parameters, info.seed, context).rows, context);
        for (std::size_t i = static_cast<std::size_t>(fold); i < used.size();
             i += static_cast<std::size_t>(result.folds)) {
            const auto index = static_cast<std::int32_t>(i);
            const Candidates patches = subset(all, [&](std::int32_t image) { return image == index; });
            if (patches.rows.rows == 0) continue;
            const PatchScores scores = scorer.score(patches.rows, context);
            result.scores[i] = scores.image;
            CellScores cells{{all.gridWidth, all.gridHeight}, {}, {}};
            cells.scores.assign(static_cast<std::size_t>(cells.grid.cells()), 0.0F);
            cells.inspected.assign(cells.scores.size(), 0);
            for (std::size_t p = 0; p < patches.origins.size(); ++p) {
                const auto cell = static_cast<std::size_t>(patches.origins[p].cell);
                cells.scores[cell] = scores.distances[p];
                cells.inspected[cell] = 1;
            }
            Prediction prediction;
            putMap(cells, state.parameters.sigma, preprocessor, state.region, {used[i].width, used[i].height},
                   prediction);
            cv::minMaxLoc(prediction.map, nullptr, &result.mapMaxima[i]);
        }
        context.report("cross-validation", fold + 1, result.folds);
    }
    return result;
}

}  // namespace engine
