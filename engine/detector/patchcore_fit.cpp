// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patchcore_fit.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/detector/anomaly_map.h"
#include "engine/search/coreset.h"

namespace engine {

namespace {

// `count` of the given cells, in ascending order, chosen by the seed.
std::vector<int> sampled(std::vector<int> cells, std::size_t count, std::uint64_t seed) {
    if (count >= cells.size()) return cells;
    Random random(seed);
    for (std::size_t i = 0; i < count; ++i) std::swap(cells[i], cells[i + random.below(cells.size() - i)]);
    cells.resize(count);
    std::sort(cells.begin(), cells.end());
    return cells;
}

// Makes room for `rows` more. The buffer is reserved for the whole set at the first image: untouched pages cost
// nothing.
void append(Candidates& candidates, const PatchFeatures& patches, const std::vector<int>& cells, std::int32_t image) {
    for (const int cell : cells) {
        candidates.rows.values.insert(candidates.rows.values.end(), patches.rows.row(cell),
                                      patches.rows.row(cell) + patches.rows.cols);
        candidates.origins.push_back({image, cell});
    }
    candidates.rows.rows += static_cast<std::int64_t>(cells.size());
}

// One root mean square for each stage's columns, over all candidates.
std::vector<float> rmsScales(const Matrix& rows, const std::vector<std::int64_t>& channels) {
    std::vector<double> squares(static_cast<std::size_t>(rows.cols), 0.0);
    for (std::int64_t i = 0; i < rows.rows; ++i) {
        const float* row = rows.row(i);
        for (std::int64_t c = 0; c < rows.cols; ++c)
            squares[static_cast<std::size_t>(c)] += static_cast<double>(row[c]) * row[c];
    }
    std::vector<float> scales;
    auto next = squares.begin();
    for (const std::int64_t count : channels) {
        const double sum = std::accumulate(next, next + count, 0.0);
        next += count;
        const double rms = std::sqrt(sum / (static_cast<double>(rows.rows) * static_cast<double>(count)));
        scales.push_back(rms > 0 ? static_cast<float>(1 / rms) : 1.0F);
    }
    return scales;
}

void applyScales(Matrix& rows, const std::vector<std::int64_t>& channels, const std::vector<float>& scales) {
    std::vector<float> factors;
    for (std::size_t s = 0; s < channels.size(); ++s)
        factors.insert(factors.end(), static_cast<std::size_t>(channels[s]), scales[s]);
    for (std::int64_t i = 0; i < rows.rows; ++i) {
        float* row = rows.row(i);
        for (std::int64_t c = 0; c < rows.cols; ++c) row[c] *= factors[static_cast<std::size_t>(c)];
    }
}

// Block by block into the front of the same buffer, so that no second bank stands beside the first.
void reduceInPlace(Matrix& rows, const Pca& pca, const RunContext& context) {
    const PcaTransform transform(pca);
    constexpr std::int64_t blockRows = 4096;
    const std::int64_t width = pca.components.rows;
    Matrix block;
    Matrix reduced;
    for (std::int64_t first = 0; first < rows.rows; first += blockRows) {
        block.resize(std::min(blockRows, rows.rows - first), rows.cols);
        std::memcpy(block.values.data(), rows.row(first), block.values.size() * sizeof(float));
        transform.apply(block, context, reduced);
        std::memcpy(rows.values.data() + first * width, reduced.values.data(), reduced.values.size() * sizeof(float));
    }
    rows.cols = width;
    rows.values.resize(static_cast<std::size_t>(rows.rows * width));
}

}  // namespace

std::int64_t candidateBytes(std::int64_t dimensions, const PatchCoreParameters& parameters) {
    const std::int64_t projected = parameters.projection < dimensions ? parameters.projection : 0;
    return (dimensions + projected) * static_cast<std::int64_t>(sizeof(float)) + coresetBytesEach;
}

Candidates collectCandidates(FeatureExtractor& extractor, const PatchCoreParameters& parameters, const Region& region,
                             std::uint64_t seed, std::int64_t budgetBytes, TrainingImages& images,
                             const PatchCoreState* fixed, FitTimes& times, const RunContext& context) {
    Candidates candidates;
    PatchDescriber describer({parameters.neighbourhood, {}});
    std::vector<std::int64_t> channels;
    double wantedRows = 0;
    images.forEach(
        "features", parameters.pictures && fixed == nullptr, context, [&](const Image& image, std::size_t index) {
            StageTimes stage;
            const auto& maps = extractor.extract(image, stage, context);
            Stopwatch watch;
            const PatchFeatures& patches = describer.describe(maps, context);
            if (candidates.rows.cols == 0) {
                for (const FeatureMap& map : maps) channels.push_back(map.channels);
                candidates.rows.cols = patches.rows.cols;
                candidates.gridWidth = patches.gridWidth;
                candidates.gridHeight = patches.gridHeight;
                const double all = static_cast<double>(patches.rows.rows) * static_cast<double>(images.size());
                const auto bytesEach = static_cast<double>(candidateBytes(patches.rows.cols, parameters));
                candidates.keptShare = std::min(1.0, static_cast<double>(budgetBytes) / (all * bytesEach));
                const auto reserved = static_cast<std::size_t>(all * candidates.keptShare) + images.size();
                candidates.rows.values.reserve(reserved * static_cast<std::size_t>(patches.rows.cols));
                candidates.origins.reserve(reserved);
            }
            const auto inspected = inspectedCells(extractor.preprocessor(), region, image.width(), image.height(),
                                                  patches.gridWidth, patches.gridHeight);
            std::vector<int> cells;
            for (std::size_t i = 0; i < inspected.size(); ++i)
                if (inspected[i] != 0) cells.push_back(static_cast<int>(i));
            wantedRows += static_cast<double>(cells.size());
            // Rounded against the running total, so that the share holds over the set and not image by image.
            const auto count = static_cast<std::size_t>(std::max(
                0.0, std::floor(wantedRows * candidates.keptShare) - static_cast<double>(candidates.rows.rows)));
            append(candidates, patches,
                   sampled(std::move(cells), candidates.keptShare < 1 ? count : inspected.size(), seed + index),
                   static_cast<std::int32_t>(index));
            times.backbone += stage.backbone / 1000;
            times.features += watch.lapMs() / 1000;
        });
    times.decode += images.waitedSeconds();
    if (candidates.rows.rows == 0)
        throw Error(ErrorCode::InvalidArgument, "the region of interest covers no patch; draw it larger");

    Stopwatch watch;
    candidates.stageScale.assign(channels.size(), 1.0F);
    if (fixed != nullptr) {
        candidates.stageScale = fixed->stageScale;
    } else if (parameters.stageScale == StageScale::Rms) {
        candidates.stageScale = rmsScales(candidates.rows, channels);
    }
    applyScales(candidates.rows, channels, candidates.stageScale);
    context.checkCancelled();
    if (fixed != nullptr) {
        candidates.pca = fixed->pca;
    } else if (parameters.pca > 0 && parameters.pca < candidates.rows.cols) {
        candidates.pca = fitPca(candidates.rows, parameters.pca, context);
    }
    if (!candidates.pca.isIdentity()) reduceInPlace(candidates.rows, candidates.pca, context);
    times.features += watch.lapMs() / 1000;
    return candidates;
}

Bank selectBank(const Candidates& candidates, const PatchCoreParameters& parameters, std::uint64_t seed,
                const RunContext& context) {
    CoresetParameters coreset;
    coreset.share = parameters.coresetShare;
    coreset.count = parameters.coresetCount;
    coreset.projectionDimensions = parameters.projection;
    coreset.seed = seed;
    // In the order of selection: the first rows are spread widest, which gives the exact index its first guesses.
    const auto indices = selectCoreset(candidates.rows, coreset, context).indices;
    auto rows = std::make_shared<Matrix>(static_cast<std::int64_t>(indices.size()), candidates.rows.cols);
    Bank bank;
    bank.origins.reserve(indices.size());
    std::int64_t next = 0;
    for (const std::int64_t index : indices) {
        std::copy_n(candidates.rows.row(index), rows->cols, rows->row(next++));
        bank.origins.push_back(candidates.origins[static_cast<std::size_t>(index)]);
    }
    bank.rows = std::move(rows);
    return bank;
}

Matrix patchesOfSet(const FitParameters& parameters, const ImageSet& set, const TensorFile& weights,
                    const RunContext& context) {
    const auto settings = PatchCoreParameters::from(parameters.settings);
    TrainingImages images(set, parameters.limit, context);
    const InputSpec input = resolveInput(parameters.preprocess, images.headers());
    FeatureExtractor extractor(input, Backbone(parameters.backbone, weights, context));
    FitTimes times;
    return collectCandidates(extractor, settings, parameters.region, parameters.seed, INT64_MAX, images, nullptr, times,
                             context)
        .rows;
}

}  // namespace engine
