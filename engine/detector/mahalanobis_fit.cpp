// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/detector/fit_estimate.h"
#include "engine/detector/mahalanobis.h"
#include "engine/detector/training_images.h"
#include "engine/features/packed_triangle.h"
#include "engine/features/pooled_features.h"
#include "engine/features/shrunk_gaussian.h"
#include "engine/features/symmetric_eigen.h"

namespace engine {

namespace {

// Every stage that the network has; those that the weights lack are left out.
const std::vector<StageName> everyStage{"1", "2", "3", "3x", "4", "4x", "5"};

// The pooled features of all images: one matrix a stage, one row an image.
std::vector<Matrix> pooledOfAll(FeatureExtractor& extractor, const Region& region, TrainingImages& images,
                                FitTimes& times, const RunContext& context) {
    std::vector<Matrix> stages;
    images.forEach("features", false, context, [&](const Image& image, std::size_t) {
        StageTimes stage;
        const auto& maps = extractor.extract(image, stage, context);
        Stopwatch watch;
        stages.resize(maps.size());
        for (std::size_t i = 0; i < maps.size(); ++i) {
            const auto pooled =
                pooledFeatures(maps[i], extractor.preprocessor(), region, image.width(), image.height());
            stages[i].cols = maps[i].channels;
            stages[i].values.insert(stages[i].values.end(), pooled.begin(), pooled.end());
            ++stages[i].rows;
        }
        times.backbone += stage.backbone / 1000;
        times.features += watch.lapMs() / 1000;
    });
    times.decode += images.waitedSeconds();
    return stages;
}

// The eigenvectors that are looked at, as rows. Those without variance are left to npca, which lives on them.
Matrix componentsOf(const Matrix& pooled, std::span<const std::uint8_t> used, const std::vector<double>& mean,
                    const MahalanobisParameters& parameters) {
    const auto p = static_cast<std::size_t>(pooled.cols);
    std::vector<double> covariance(p * p, 0.0);
    std::vector<double> x(p);
    for (std::int64_t i = 0; i < pooled.rows; ++i) {
        if (used[static_cast<std::size_t>(i)] == 0) continue;
        for (std::size_t c = 0; c < p; ++c) x[c] = pooled.row(i)[c] - mean[c];
        for (std::size_t r = 0; r < p; ++r)
            for (std::size_t c = 0; c < p; ++c) covariance[r * p + c] += x[r] * x[c];
    }
    const auto values = symmetricEigen(covariance, static_cast<int>(p));
    double all = 0;
    for (const double value : values) all += std::max(0.0, value);
    std::size_t largest = 0;  // how many, from the largest on, hold the share
    for (double kept = 0; largest < p && kept < parameters.variance * all; ++largest)
        kept += std::max(0.0, values[p - 1 - largest]);
    largest = std::max<std::size_t>(1, largest);
    const bool negative = parameters.reduction == Reduction::Npca;
    // A stage whose variance all components are needed for keeps its smallest.
    const std::size_t count = negative ? std::max<std::size_t>(1, p - largest) : largest;
    const std::size_t first = negative ? 0 : p - largest;
    Matrix components(static_cast<std::int64_t>(count), pooled.cols);
    std::transform(covariance.begin() + static_cast<std::ptrdiff_t>(first * p),
                   covariance.begin() + static_cast<std::ptrdiff_t>((first + count) * p), components.values.begin(),
                   [](double value) { return static_cast<float>(value); });
    return components;
}

std::vector<StageGaussian> gaussiansOf(const std::vector<Matrix>& stages, std::span<const std::uint8_t> used,
                                       const MahalanobisParameters& parameters, const RunContext& context) {
    std::vector<StageGaussian> gaussians;
    for (const Matrix& pooled : stages) {
        gaussians.push_back(fitStageGaussian(pooled, used, parameters, context));
        context.report("covariance", static_cast<std::int64_t>(gaussians.size()),
                       static_cast<std::int64_t>(stages.size()));
    }
    return gaussians;
}

}  // namespace

StageGaussian fitStageGaussian(const Matrix& pooled, std::span<const std::uint8_t> used,
                               const MahalanobisParameters& parameters, const RunContext& context) {
    ShrunkCovariance covariance = shrunkCovariance(pooled, used, context);
    StageGaussian stage;
    stage.mean.assign(covariance.mean.begin(), covariance.mean.end());
    if (parameters.reduction != Reduction::None) {
        stage.components = componentsOf(pooled, used, covariance.mean, parameters);
        Matrix reduced(pooled.rows, stage.components.rows);
        for (std::int64_t i = 0; i < pooled.rows; ++i)
            for (std::int64_t k = 0; k < reduced.cols; ++k) {
                double sum = 0;
                for (std::int64_t c = 0; c < pooled.cols; ++c)
                    sum += static_cast<double>(stage.components.row(k)[c]) *
                           (pooled.row(i)[c] - covariance.mean[static_cast<std::size_t>(c)]);
                reduced.row(i)[k] = static_cast<float>(sum);
            }
        covariance = shrunkCovariance(reduced, used, context);
    }
    context.checkCancelled();
    factorise(covariance.triangle, covariance.mean.size());
    stage.factor.assign(covariance.triangle.begin(), covariance.triangle.end());
    return stage;
}

std::unique_ptr<Detector> fitMahalanobis(const FitTask& task, FitOutcome& outcome, const RunContext& context) {
    MahalanobisState state;
    state.parameters = MahalanobisParameters::from(task.parameters.settings);
    state.region = task.parameters.region;
    FeatureExtractor extractor(task.input, task.backbone(everyStage, context));
    const auto pooled = pooledOfAll(extractor, state.region, task.images, outcome.times, context);
    Stopwatch watch;
    const std::vector<std::uint8_t> used(static_cast<std::size_t>(pooled.front().rows), 1);
    if (used.size() < 2)
        throw Error(ErrorCode::NotEnoughData, "mahalanobis needs at least two good training images; add more");
    state.stages = gaussiansOf(pooled, used, state.parameters, context);
    outcome.times.features += watch.lapMs() / 1000;
    outcome.mapHigh = outcome.mapLow;  // there is no map
    outcome.candidates = static_cast<std::int64_t>(used.size());
    outcome.bankRows = static_cast<std::int64_t>(state.stages.size());
    for (const Matrix& stage : pooled) outcome.bankDimensions += stage.cols;
    outcome.describe(extractor.backbone());
    return std::make_unique<Mahalanobis>(task.toScore(std::move(extractor), context), std::move(state));
}

FitEstimate estimateMahalanobis(const FitTask& task, const RunContext& context) {
    MahalanobisParameters::from(task.parameters.settings);
    FeatureExtractor extractor(task.input, task.backbone(everyStage, context));
    const TimedPass pass = timedPass(extractor, context);
    FitEstimate estimate;
    estimate.images = static_cast<std::int64_t>(task.images.size());
    estimate.candidates = estimate.images;
    estimate.bankRows = static_cast<std::int64_t>(pass.maps.size());
    std::int64_t factors = 0;
    double operations = 0;
    for (const FeatureMap& map : pass.maps) {
        estimate.bankDimensions += map.channels;
        factors += 4 * static_cast<std::int64_t>(packedSize(static_cast<std::size_t>(map.channels)) +
                                                 static_cast<std::size_t>(map.channels));
        const double p = map.channels;
        operations += p * p * (static_cast<double>(estimate.images) + p / 3);
    }
    estimate.modelBytes = factors + weightBytes(extractor.backbone());
    estimate.peakBytes =
        programBytes + estimate.modelBytes + 12 * estimate.images * estimate.bankDimensions + 4 * factors;
    constexpr double operationsPerSecond = 1e9;
    estimate.seconds = static_cast<double>(estimate.images) * (pass.ms + 4) / 1000 + operations / operationsPerSecond;
    return estimate;
}

CrossValidation crossValidateMahalanobis(Detector& fitted, const ModelInfo& /*info*/, const ImageSet& set, int folds,
                                         const RunContext& context) {
    auto& model = dynamic_cast<Mahalanobis&>(fitted);
    TrainingImages images(set, 0, context);
    FitTimes times;
    const auto pooled = pooledOfAll(model.extractor(), model.state().region, images, times, context);
    CrossValidation result = startCrossValidation(images, set);
    result.mapMaxima.clear();
    const std::size_t count = images.used().size();
    if (count < 3)
        throw Error(ErrorCode::NotEnoughData,
                    "cross-validation of mahalanobis needs at least three good training images", set.root);
    // Two folds of three images would leave one image to fit.
    result.folds = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(std::max(2, folds)), count));
    if (count < 4) result.folds = static_cast<int>(count);
    const auto step = static_cast<std::size_t>(result.folds);
    for (std::size_t fold = 0; fold < step; ++fold) {
        std::vector<std::uint8_t> used(count, 1);
        for (std::size_t i = fold; i < count; i += step) used[i] = 0;
        for (const Matrix& stage : pooled) {
            const StageGaussian gaussian = fitStageGaussian(stage, used, model.state().parameters, context);
            for (std::size_t i = fold; i < count; i += step)
                result.scores[i] += gaussian.distance(stage.rowSpan(static_cast<std::int64_t>(i)));
        }
        context.report("cross-validation", static_cast<std::int64_t>(fold) + 1, result.folds);
    }
    return result;
}

}  // namespace engine
