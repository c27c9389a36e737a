// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <utility>

#include "engine/detector/fit_estimate.h"
#include "engine/detector/patch_grid.h"
#include "engine/detector/patchcore_fit.h"

namespace engine {

namespace {

// What good patches score when their own image is left out of the bank, on a few evenly spread images. The nearest of
// `k` rows that stems from another image stands for a bank without the image; where all stem from it, the farthest
// does.
MapRange rangeOfGoodPatches(const Candidates& candidates, const Bank& bank, std::size_t images,
                            const RunContext& context) {
    constexpr std::size_t sampledImages = 12;
    const std::int64_t k = std::min<std::int64_t>(8, bank.rows->rows);
    const std::size_t step = std::max<std::size_t>(1, images / sampledImages);
    Matrix queries(0, candidates.rows.cols);
    std::vector<std::int32_t> owners;
    for (std::size_t i = 0; i < candidates.origins.size(); ++i) {
        const std::int32_t owner = candidates.origins[i].image;
        // Every other patch: neighbours overlap, and the percentiles need no more.
        if (static_cast<std::size_t>(owner) % step != 0 || i % 2 != 0) continue;
        const float* row = candidates.rows.row(static_cast<std::int64_t>(i));
        queries.values.insert(queries.values.end(), row, row + queries.cols);
        owners.push_back(owner);
        ++queries.rows;
    }
    const auto index = makeIndex(IndexKind::Exact, bank.rows, context);
    std::vector<float> distances;
    constexpr std::int64_t blockRows = 1024;
    for (std::int64_t first = 0; first < queries.rows; first += blockRows) {
        Matrix block(std::min(blockRows, queries.rows - first), queries.cols);
        std::copy_n(queries.row(first), block.values.size(), block.values.data());
        const Neighbours found = index->search(block, k, context);
        for (std::int64_t q = 0; q < block.rows; ++q) {
            std::int64_t rank = 0;
            const std::int32_t owner = owners[static_cast<std::size_t>(first + q)];
            const auto at = [&](std::int64_t r) { return static_cast<std::size_t>(q * k + r); };
            while (rank + 1 < k && bank.origins[static_cast<std::size_t>(found.rows[at(rank)])].image == owner) ++rank;
            distances.push_back(found.distances[at(rank)]);
        }
    }
    return rangeOfGoodScores(std::move(distances));
}

std::string sampledNote(double share) {
    char text[160];
    std::snprintf(text, sizeof text,
                  "patches were sampled to %.1f %% as they came, to stay within the memory budget; a smaller size or "
                  "fewer images would keep all",
                  100 * share);
    return text;
}

std::string recallNote(double recall) {
    char text[160];
    std::snprintf(
        text, sizeof text,
        "the approximate index finds the true nearest neighbour for %.1f %% of patches (measured on the bank)",
        100 * recall);
    return text;
}

// Above it an exact search costs more than the network, and an approximate one is worth offering.
constexpr std::int64_t largeBankRows = 100'000;

}  // namespace

std::unique_ptr<Detector> fitPatchCore(const FitTask& task, FitOutcome& outcome, const RunContext& context) {
    PatchCoreState state;
    state.parameters = PatchCoreParameters::from(task.parameters.settings);
    state.region = task.parameters.region;
    FeatureExtractor extractor(task.input, task.backbone({}, context));
    Candidates candidates = collectCandidates(extractor, state.parameters, state.region, task.parameters.seed,
                                              task.memoryBudgetBytes, task.images, nullptr, outcome.times, context);
    if (candidates.keptShare < 1) {
        outcome.notes.push_back(sampledNote(candidates.keptShare));
        context.warn(outcome.notes.back());
    }
    Stopwatch watch;
    Bank bank = selectBank(candidates, state.parameters, task.parameters.seed, context);
    outcome.times.coreset = watch.lapMs() / 1000;

    const MapRange range = rangeOfGoodPatches(candidates, bank, task.images.used().size(), context);
    outcome.mapLow = range.low;
    outcome.mapHigh = range.high;
    outcome.candidates = candidates.rows.rows;
    outcome.bankRows = bank.rows->rows;
    outcome.bankDimensions = bank.rows->cols;
    outcome.describe(extractor.backbone());

    state.stageScale = std::move(candidates.stageScale);
    state.pca = std::move(candidates.pca);
    candidates.rows = Matrix();
    state.bank = std::move(bank.rows);
    state.origins = std::move(bank.origins);
    for (const TrainingImage& image : task.images.used()) state.trainingSizes.emplace_back(image.width, image.height);
    const bool approximate = state.parameters.index == IndexKind::Approximate;
    auto detector = std::make_unique<PatchCore>(task.toScore(std::move(extractor), context), std::move(state), context);
    if (approximate) {
        outcome.notes.push_back(recallNote(detector->recall()));
        context.warn(outcome.notes.back());
    } else if (outcome.bankRows > largeBankRows) {
        context.warn(
            "a bank of " + std::to_string(outcome.bankRows) +
            " rows is searched exactly; index=approximate is faster and states its recall, a smaller coreset is both");
    }
    return detector;
}

FitEstimate estimatePatchCore(const FitTask& task, const RunContext& context) {
    const auto parameters = PatchCoreParameters::from(task.parameters.settings);
    FeatureExtractor extractor(task.input, task.backbone({}, context));
    const TimedPass pass = timedPass(extractor, context);
    const PatchFeatures patches = patchFeatures(pass.maps, {parameters.neighbourhood, {}}, context);

    FitEstimate estimate;
    estimate.images = static_cast<std::int64_t>(task.images.size());
    const std::int64_t all = estimate.images * patches.rows.rows;
    const std::int64_t bytesEach = candidateBytes(patches.rows.cols, parameters);
    estimate.overBudget = all * bytesEach > task.memoryBudgetBytes;
    estimate.candidates = estimate.overBudget ? task.memoryBudgetBytes / bytesEach : all;
    if (estimate.overBudget) estimate.note = "patches are sampled to stay in the budget";
    estimate.bankRows =
        coresetSize(estimate.candidates, {.share = parameters.coresetShare, .count = parameters.coresetCount});
    estimate.bankDimensions =
        parameters.pca > 0 ? std::min<std::int64_t>(parameters.pca, patches.rows.cols) : patches.rows.cols;
    estimate.modelBytes = estimate.bankRows * (4 * estimate.bankDimensions + 8) + weightBytes(extractor.backbone()) +
                          (parameters.pictures ? pictureBytes * estimate.images : 0);
    estimate.peakBytes = programBytes + estimate.candidates * bytesEach + estimate.modelBytes;
    // Lazy greedy visits a few per cent of what the textbook's loop does, at the speed of a matrix product.
    const double coresetOperations =
        2.0 * static_cast<double>(estimate.candidates) * static_cast<double>(estimate.bankRows) * parameters.projection;
    constexpr double coresetOperationsPerSecond = 2.5e11;
    estimate.seconds =
        static_cast<double>(estimate.images) * (pass.ms + 4) / 1000 + coresetOperations / coresetOperationsPerSecond;
    return estimate;
}

}  // namespace engine
