// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/detector/fit_estimate.h"
#include "engine/detector/padim.h"
#include "engine/detector/position_statistics.h"
#include "engine/detector/training_images.h"
#include "engine/features/packed_triangle.h"
#include "engine/kernels/parallel.h"

namespace engine {

namespace {

std::vector<std::int32_t> drawDimensions(int count, int all, std::uint64_t seed) {
    std::vector<std::int32_t> dimensions(static_cast<std::size_t>(all));
    std::iota(dimensions.begin(), dimensions.end(), 0);
    Random random(seed);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
        std::swap(dimensions[i], dimensions[i + random.below(dimensions.size() - i)]);
    dimensions.resize(static_cast<std::size_t>(count));
    std::sort(dimensions.begin(), dimensions.end());
    return dimensions;
}

int channelsOf(std::span<const FeatureMap> maps) {
    int all = 0;
    for (const FeatureMap& map : maps) all += map.channels;
    return all;
}

// What a covariance over n images is divided by; a single image has none, and what is added to the diagonal stands
// alone.
double denominator(std::int64_t n) {
    return static_cast<double>(std::max<std::int64_t>(1, n - 1));
}

// Turns sums into factors, in place: covariances over `leftOut` images fewer than have been seen.
void factoriseAll(PositionStatistics& statistics, std::int64_t positions, int dimensions, double epsilon, int leftOut,
                  const RunContext& context) {
    const auto d = static_cast<std::size_t>(dimensions);
    constexpr std::int64_t positionsAtOnce = 128;
    for (std::int64_t first = 0; first < positions; first += positionsAtOnce) {
        const std::int64_t count = std::min(positionsAtOnce, positions - first);
        parallelFor(count, context, [&](std::int64_t i) {
            const std::int64_t position = first + i;
            if (statistics.count(position) == 0) return;
            std::vector<double> scratch;
            float* sums = statistics.sums().data() + static_cast<std::size_t>(position) * packedSize(d);
            const double divide = denominator(statistics.count(position) - leftOut);
            const std::span<float> triangle(sums, packedSize(d));
            for (float& value : triangle) value = static_cast<float>(value / divide);
            for (std::size_t j = 0; j < d; ++j) triangle[packedColumn(d, j)] += static_cast<float>(epsilon);
            factorise(triangle, d, scratch);
        });
        context.report("covariance", first + count, positions);
    }
}

// The Gaussians of all images of `images`, and what `each` makes of their embeddings on the way.
template <typename Each>
PadimState gaussians(FeatureExtractor& extractor, PadimState state, std::uint64_t seed, int leftOut,
                     TrainingImages& images, FitTimes& times, const RunContext& context, const Each& each) {
    std::unique_ptr<PositionStatistics> statistics;
    images.forEach("features", false, context, [&](const Image& image, std::size_t index) {
        StageTimes stage;
        const auto& maps = extractor.extract(image, stage, context);
        Stopwatch watch;
        if (statistics == nullptr) {
            const int all = channelsOf(maps);
            if (state.drawn.empty()) state.drawn = drawDimensions(state.parameters.drawn(all), all, seed);
            state.grid = finestGrid(maps);
            statistics = std::make_unique<PositionStatistics>(state.grid.cells(), static_cast<int>(state.drawn.size()));
        }
        PatchGrid grid;
        const Matrix embedding = padimEmbedding(maps, state.parameters, state.drawn, grid, context);
        const auto inspected =
            requireInspectedCells(grid, extractor.preprocessor(), state.region, {image.width(), image.height()});
        statistics->add(embedding, inspected, context);
        each(embedding, inspected, index);
        times.backbone += stage.backbone / 1000;
        times.features += watch.lapMs() / 1000;
    });
    times.decode += images.waitedSeconds();
    Stopwatch watch;
    const int d = static_cast<int>(state.drawn.size());
    statistics->finish(context);
    factoriseAll(*statistics, state.grid.cells(), d, state.parameters.epsilon, leftOut, context);
    state.counts.clear();
    for (std::int64_t position = 0; position < state.grid.cells(); ++position)
        state.counts.push_back(static_cast<std::int32_t>(statistics->count(position)));
    state.means = std::make_shared<const Matrix>(statistics->means());
    state.factors = SharedFloats::of(std::move(statistics->sums()));
    times.features += watch.lapMs() / 1000;
    return state;
}

// The scores of an image by the Gaussians of the n - 1 others. With u = x - mean, q = u^T B^-1 u and B the covariance
// whose sums hold all n images but whose denominator, m, is that of n - 1:
// mean_others = mean - u / (n - 1), B_others = B - c u u^T with c = n / ((n - 1) m), hence (Sherman and Morrison)
// (n / (n - 1))^2 q / (1 - c q). A position that no other image has shown is no longer inspected.
void leaveOut(const PadimState& state, int alreadyOut, CellScores& cells) {
    for (std::size_t i = 0; i < cells.scores.size(); ++i) {
        if (cells.inspected[i] == 0) continue;
        if (state.counts[i] < 2) {
            cells.inspected[i] = 0;
            continue;
        }
        const double n = state.counts[i];
        const double c = n / ((n - 1) * denominator(state.counts[i] - alreadyOut));
        const double q = static_cast<double>(cells.scores[i]) * cells.scores[i];
        cells.scores[i] = static_cast<float>(n / (n - 1) * std::sqrt(q / std::max(1e-9, 1 - c * q)));
    }
}

struct Kept {
    Matrix embedding;
    std::vector<std::uint8_t> inspected;
};

MapRange rangeOf(const PadimState& state, std::vector<Kept> kept, const RunContext& context) {
    std::vector<float> scores;
    for (Kept& image : kept) {
        CellScores cells = padimScores(state, image.embedding, std::move(image.inspected), context);
        leaveOut(state, 0, cells);
        for (std::size_t i = 0; i < cells.scores.size(); ++i)
            if (cells.inspected[i] != 0) scores.push_back(cells.scores[i]);
    }
    return scores.empty() ? MapRange() : rangeOfGoodScores(std::move(scores));
}

std::int64_t gaussianBytes(std::int64_t positions, int dimensions) {
    const auto d = static_cast<std::size_t>(dimensions);
    return positions * static_cast<std::int64_t>(4 * (packedSize(d) + d + 1));
}

}  // namespace

std::unique_ptr<Detector> fitPadim(const FitTask& task, FitOutcome& outcome, const RunContext& context) {
    PadimState empty;
    empty.parameters = PadimParameters::from(task.parameters.settings);
    empty.region = task.parameters.region;
    FeatureExtractor extractor(task.input, task.backbone({"2", "3", "4"}, context));
    constexpr std::size_t sampledImages = 12;
    const std::size_t step = std::max<std::size_t>(1, task.images.size() / sampledImages);
    std::vector<Kept> kept;
    const auto keep = [&](const Matrix& embedding, const std::vector<std::uint8_t>& inspected, std::size_t index) {
        if (index % step == 0) kept.push_back({embedding, inspected});
    };
    PadimState state =
        gaussians(extractor, std::move(empty), task.parameters.seed, 0, task.images, outcome.times, context, keep);
    const MapRange range = rangeOf(state, std::move(kept), context);
    outcome.mapLow = range.low;
    outcome.mapHigh = range.high;
    outcome.bankRows = state.means->rows;
    outcome.bankDimensions = state.means->cols;
    outcome.candidates = std::accumulate(state.counts.begin(), state.counts.end(), std::int64_t{0});
    outcome.describe(extractor.backbone());
    return std::make_unique<Padim>(task.toScore(std::move(extractor), context), std::move(state));
}

FitEstimate estimatePadim(const FitTask& task, const RunContext& context) {
    const auto parameters = PadimParameters::from(task.parameters.settings);
    FeatureExtractor extractor(task.input, task.backbone({"2", "3", "4"}, context));
    const TimedPass pass = timedPass(extractor, context);
    FitEstimate estimate;
    estimate.images = static_cast<std::int64_t>(task.images.size());
    estimate.bankRows = finestGrid(pass.maps).cells();
    const int all = channelsOf(pass.maps);
    const int dimensions = parameters.drawn(all);
    estimate.bankDimensions = dimensions;
    estimate.candidates = estimate.images * estimate.bankRows;
    const std::int64_t gaussians = gaussianBytes(estimate.bankRows, dimensions);
    estimate.modelBytes = gaussians + weightBytes(extractor.backbone());
    // The images of a block and of the map's range, and two of the whole descriptor on the way.
    constexpr std::int64_t imagesHeld = 28;
    estimate.peakBytes = programBytes + estimate.modelBytes +
                         4 * estimate.bankRows * (imagesHeld * dimensions + 2 * std::int64_t{all} + 2 * dimensions);
    estimate.overBudget = gaussians > task.memoryBudgetBytes;
    if (estimate.overBudget)
        estimate.note = "that is more than the budget; --set dimensions=100, or a smaller --size, needs less";
    constexpr double additionsPerSecond = 4e9;
    constexpr double factorOperationsPerSecond = 3e9;
    const double cells = static_cast<double>(estimate.bankRows);
    estimate.seconds = static_cast<double>(estimate.images) *
                           ((pass.ms + 6) / 1000 + cells * dimensions * dimensions / 2 / additionsPerSecond) +
                       cells * dimensions * dimensions * dimensions / 3 / factorOperationsPerSecond / context.threads();
    return estimate;
}

CrossValidation crossValidatePadim(Detector& fitted, const ModelInfo& info, const ImageSet& set, int /*folds*/,
                                   const RunContext& context) {
    auto& model = dynamic_cast<Padim&>(fitted);
    TrainingImages images(set, 0, context);
    FitTimes times;
    PadimState empty;
    empty.parameters = model.state().parameters;
    empty.region = model.state().region;
    empty.drawn = model.state().drawn;
    const PadimState state = gaussians(model.extractor(), std::move(empty), info.seed, 1, images, times, context,
                                       [](const Matrix&, const std::vector<std::uint8_t>&, std::size_t) {});
    CrossValidation result = startCrossValidation(images, set);
    result.folds = static_cast<int>(images.used().size());
    const Preprocessor& preprocessor = model.extractor().preprocessor();
    images.forEach("cross-validation", false, context, [&](const Image& image, std::size_t index) {
        StageTimes stage;
        PatchGrid grid;
        const cv::Size original(image.width(), image.height());
        const Matrix embedding = padimEmbedding(model.extractor().extract(image, stage, context), state.parameters,
                                                state.drawn, grid, context);
        CellScores cells =
            padimScores(state, embedding, requireInspectedCells(grid, preprocessor, state.region, original), context);
        leaveOut(state, 1, cells);
        Prediction prediction;
        putMap(cells, state.parameters.sigma, preprocessor, state.region, original, prediction);
        cv::minMaxLoc(prediction.map, nullptr, &result.mapMaxima[index]);
        result.scores[index] = result.mapMaxima[index];
    });
    return result;
}

}  // namespace engine
