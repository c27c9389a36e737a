// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/detector/fit.h"
#include "engine/detector/method.h"
#include "engine/detector/patchcore.h"
#include "engine/detector/training_images.h"

namespace engine {

// All patches of the training images, scaled and projected as the bank will hold them, with where they come from.
struct Candidates {
    Matrix rows;
    std::vector<BankOrigin> origins;
    std::vector<float> stageScale;
    Pca pca;
    int gridWidth = 0;
    int gridHeight = 0;
    double keptShare = 1;  // below 1: sampled as they came, to stay within the memory budget
};

// What a candidate of so many dimensions costs in memory until the coreset is selected.
std::int64_t candidateBytes(std::int64_t dimensions, const PatchCoreParameters& parameters);

// One pass over the images. `fixed` (optional) prescribes stage scales and components, as a fitted model has them.
Candidates collectCandidates(FeatureExtractor& extractor, const PatchCoreParameters& parameters, const Region& region,
                             std::uint64_t seed, std::int64_t budgetBytes, TrainingImages& images,
                             const PatchCoreState* fixed, FitTimes& times, const RunContext& context);

// The coreset of the candidates at the given rows (all if empty). Throws as selectCoreset.
struct Bank {
    std::shared_ptr<const Matrix> rows;
    std::vector<BankOrigin> origins;
};
Bank selectBank(const Candidates& candidates, const PatchCoreParameters& parameters, std::uint64_t seed,
                const RunContext& context);

// What `engine/detector/method.h` asks of a method.
std::unique_ptr<Detector> fitPatchCore(const FitTask& task, FitOutcome& outcome, const RunContext& context);
FitEstimate estimatePatchCore(const FitTask& task, const RunContext& context);
CrossValidation crossValidatePatchCore(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                       const RunContext& context);

// The candidates of a fit alone, for `bench coreset`.
Matrix patchesOfSet(const FitParameters& parameters, const ImageSet& set, const TensorFile& weights,
                    const RunContext& context);

}  // namespace engine
