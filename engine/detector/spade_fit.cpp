// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/fit_estimate.h"
#include "engine/detector/memory_budget.h"
#include "engine/detector/spade.h"
#include "engine/detector/training_images.h"

namespace engine {

namespace {

// Stage 5 is pooled where the weights have it, else stage 4.
const std::vector<StageName> preferredStages{"2", "3", "4", "5"};

SpadeGallery galleryOf(FeatureExtractor& extractor, const Region& region, bool pictures, std::int64_t budgetBytes,
                       TrainingImages& images, FitTimes& times, bool& onDisk, const RunContext& context) {
    GalleryBuilder builder(images.size(), budgetBytes);
    images.forEach("features", pictures, context, [&](const Image& image, std::size_t) {
        StageTimes stage;
        auto& maps = extractor.extract(image, stage, context);
        Stopwatch watch;
        builder.add(std::move(maps), extractor.preprocessor(), region, {image.width(), image.height()});
        times.backbone += stage.backbone / 1000;
        times.features += watch.lapMs() / 1000;
    });
    times.decode += images.waitedSeconds();
    onDisk = builder.onDisk();
    return builder.finish();
}

// The cells of a training image by the others: `every`-th of those that are inspected.
struct LeftOut {
    double image = 0;
    CellScores cells;
};
LeftOut leaveOut(SpadeSearch& search, const SpadeGallery& gallery, const Preprocessor& preprocessor,
                 const Region& region, std::int64_t image, int every, int correspondences, const RunContext& context) {
    const auto found = search.images(gallery, gallery.pooled->rowSpan(image), image, context);
    LeftOut result;
    result.image = found.score;
    const PatchGrid grid = gallery.grid();
    result.cells.grid = grid;
    result.cells.inspected =
        requireInspectedCells(grid, preprocessor, region, gallery.sizes[static_cast<std::size_t>(image)]);
    int seen = 0;
    if (every > 1)
        for (auto& cell : result.cells.inspected)
            if (cell != 0 && seen++ % every != 0) cell = 0;
    const PatchFeatures patches = gallery.pixels(image, context);
    Matrix some;
    const auto pixels = search.pixels(gallery, found.chosen, inspectedRows(patches.rows, result.cells.inspected, some),
                                      correspondences, context);
    result.cells.scores.assign(result.cells.inspected.size(), 0.0F);
    for (std::size_t i = 0, next = 0; i < result.cells.inspected.size(); ++i)
        if (result.cells.inspected[i] != 0) result.cells.scores[i] = pixels.scores[next++];
    return result;
}

// On a few evenly spread images.
MapRange rangeOf(SpadeSearch& search, const SpadeGallery& gallery, const Preprocessor& preprocessor,
                 const Region& region, int correspondences, const RunContext& context) {
    constexpr std::int64_t sampledImages = 12;
    constexpr int every = 4;
    if (gallery.images() < 2) return {};
    const std::int64_t step = std::max<std::int64_t>(1, gallery.images() / sampledImages);
    std::vector<float> scores;
    for (std::int64_t image = 0; image < gallery.images(); image += step) {
        const LeftOut leftOut = leaveOut(search, gallery, preprocessor, region, image, every, correspondences, context);
        for (std::size_t i = 0; i < leftOut.cells.scores.size(); ++i)
            if (leftOut.cells.inspected[i] != 0) scores.push_back(leftOut.cells.scores[i]);
        context.report("map range", image + 1, gallery.images());
    }
    return rangeOfGoodScores(std::move(scores));
}

}  // namespace

std::unique_ptr<Detector> fitSpade(const FitTask& task, FitOutcome& outcome, const RunContext& context) {
    SpadeState state;
    state.parameters = SpadeParameters::from(task.parameters.settings);
    state.region = task.parameters.region;
    FeatureExtractor extractor(task.input, task.backbone(preferredStages, context));
    bool onDisk = false;
    state.gallery = galleryOf(extractor, state.region, state.parameters.pictures, task.memoryBudgetBytes, task.images,
                              outcome.times, onDisk, context);
    if (onDisk) {
        outcome.notes.push_back("the gallery did not fit the memory budget and was kept on disk");
        context.warn(outcome.notes.back());
    }
    Stopwatch watch;
    SpadeSearch search(state.parameters, state.region, extractor.preprocessor());
    const MapRange range = rangeOf(search, state.gallery, extractor.preprocessor(), state.region,
                                   state.parameters.correspondences, context);
    outcome.mapLow = range.low;
    outcome.mapHigh = range.high;
    outcome.times.features += watch.lapMs() / 1000;
    outcome.bankRows = state.gallery.images();
    outcome.bankDimensions = state.gallery.perImage();
    outcome.candidates = state.gallery.images() * state.gallery.grid().cells();
    outcome.describe(extractor.backbone());
    return std::make_unique<Spade>(task.toScore(std::move(extractor), context), std::move(state));
}

FitEstimate estimateSpade(const FitTask& task, const RunContext& context) {
    const auto parameters = SpadeParameters::from(task.parameters.settings);
    FeatureExtractor extractor(task.input, task.backbone(preferredStages, context));
    TimedPass pass = timedPass(extractor, context);
    const std::int64_t pooled = pass.maps.back().channels;
    const auto maps = pixelMaps(std::move(pass.maps));
    std::int64_t perImage = 0;
    std::int64_t dimensions = 0;
    for (const FeatureMap& map : maps) {
        perImage += static_cast<std::int64_t>(map.values.size());
        dimensions += map.channels;
    }
    const std::int64_t cells = finestGrid(maps).cells();
    FitEstimate estimate;
    estimate.images = static_cast<std::int64_t>(task.images.size());
    estimate.candidates = estimate.images * cells;
    estimate.bankRows = estimate.images;
    estimate.bankDimensions = perImage;
    const std::int64_t gallery = 4 * estimate.images * perImage;
    const std::int64_t weights = weightBytes(extractor.backbone());
    estimate.modelBytes =
        gallery + 4 * estimate.images * pooled + weights + (parameters.pictures ? pictureBytes * estimate.images : 0);
    estimate.overBudget = gallery > task.memoryBudgetBytes;
    if (estimate.overBudget) estimate.note = "the gallery is kept on disk to stay in the budget";
    // The pixels of the K images as descriptors, their norms and their codes.
    const std::int64_t compared =
        std::min<std::int64_t>(parameters.neighbours, estimate.images) * cells * (4 * dimensions + 80);
    estimate.peakBytes = programBytes + weights + (estimate.overBudget ? 0 : gallery) + compared;
    constexpr double comparisonsPerSecond =
        1.5e12;  // of one dimension of one pair, which codes spare for the most part
    constexpr double rangeImages = 12;
    estimate.seconds =
        static_cast<double>(estimate.images) * (pass.ms + 3) / 1000 +
        rangeImages * static_cast<double>(compared) / 4 * static_cast<double>(cells) / 4 / comparisonsPerSecond;
    return estimate;
}

CrossValidation crossValidateSpade(Detector& fitted, const ModelInfo& /*info*/, const ImageSet& set, int /*folds*/,
                                   const RunContext& context) {
    auto& model = dynamic_cast<Spade&>(fitted);
    const SpadeState& state = model.state();
    TrainingImages images(set, 0, context);
    FitTimes times;
    bool onDisk = false;
    const SpadeGallery gallery =
        galleryOf(model.extractor(), state.region, false, defaultMemoryBudget() / 2, images, times, onDisk, context);
    CrossValidation result = startCrossValidation(images, set);
    result.folds = static_cast<int>(gallery.images());
    const Preprocessor& preprocessor = model.extractor().preprocessor();
    SpadeSearch search(state.parameters, state.region, preprocessor);
    for (std::int64_t image = 0; image < gallery.images(); ++image) {
        const auto index = static_cast<std::size_t>(image);
        const LeftOut leftOut =
            leaveOut(search, gallery, preprocessor, state.region, image, 1, state.parameters.correspondences, context);
        result.scores[index] = leftOut.image;
        Prediction prediction;
        putMap(leftOut.cells, state.parameters.sigma, preprocessor, state.region, gallery.sizes[index], prediction);
        cv::minMaxLoc(prediction.map, nullptr, &result.mapMaxima[index]);
        context.report("cross-validation", image + 1, gallery.images());
    }
    return result;
}

}  // namespace engine
