// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "engine/detector/padim.h"
#include "engine/features/packed_triangle.h"
#include "engine/kernels/parallel.h"

namespace engine {

namespace {

constexpr auto factorsName = "padim.factors";

void checkFactors(std::span<const float> factors, std::size_t dimensions, const PadimState& state,
                  const RunContext& context) {
    const std::size_t size = packedSize(dimensions);
    parallelFor(state.means->rows, context, [&](std::int64_t position) {
        if (state.counts[static_cast<std::size_t>(position)] == 0) return;
        const auto factor = factors.subspan(static_cast<std::size_t>(position) * size, size);
        for (const float value : factor)
            if (!std::isfinite(value)) damagedModel("a covariance holds a value that is not finite");
        for (std::size_t j = 0; j < dimensions; ++j)
            if (!(factor[packedColumn(dimensions, j)] > 0)) damagedModel("a covariance is not positive definite");
    });
}

}  // namespace

void Padim::save(TensorFile& file) const {
    const Matrix& means = *m_state.means;
    const std::int32_t grid[] = {m_state.grid.width, m_state.grid.height};
    file.tensors["padim.grid"] = Tensor::of({2}, std::span<const std::int32_t>(grid));
    file.tensors["padim.dimensions"] =
        Tensor::of({static_cast<std::int64_t>(m_state.drawn.size())}, std::span<const std::int32_t>(m_state.drawn));
    file.tensors["padim.counts"] = Tensor::of({means.rows}, std::span<const std::int32_t>(m_state.counts));
    file.tensors["padim.means"] = Tensor::of({means.rows, means.cols}, means.values);
    putLarge(file, factorsName,
             {means.rows, static_cast<std::int64_t>(packedSize(static_cast<std::size_t>(means.cols)))},
             m_state.factors);
    putBackbone(file, m_extractor.backbone().weights());
}

std::unique_ptr<Padim> Padim::open(TensorFile& file, const ModelInfo& info, const Region& region,
                                   const BackboneOptions& options, const TensorFile& weights,
                                   const RunContext& context) {
    PadimState state;
    state.parameters = PadimParameters::from(info.parameters);
    state.region = region;
    const auto grid = takeIntegers(file, "padim.grid", 2);
    // A grid is never finer than the input.
    if (grid[0] < 1 || grid[1] < 1 || grid[0] > info.input.width || grid[1] > info.input.height)
        damagedModel("its grid does not fit its input");
    state.grid = {grid[0], grid[1]};
    auto means = std::make_shared<Matrix>(takeMatrix(file, "padim.means"));
    if (means->rows != state.grid.cells() || means->cols < 1) damagedModel("the means do not fit the grid");
    state.counts = takeIntegers(file, "padim.counts", static_cast<std::size_t>(means->rows));
    for (const std::int32_t count : state.counts)
        if (count < 0) damagedModel("a position was shown a negative number of times");
    state.drawn = takeIntegers(file, "padim.dimensions", static_cast<std::size_t>(means->cols));

    FeatureExtractor extractor(info.input, Backbone(options, weights, context));
    StageTimes times;
    const auto& maps = extractor.extractGray(times, context);
    std::int32_t before = -1;
    std::int64_t all = 0;
    for (const FeatureMap& map : maps) all += map.channels;
    for (const std::int32_t dimension : state.drawn) {
        if (dimension <= before || dimension >= all) damagedModel("a dimension was drawn that there is not");
        before = dimension;
    }
    if (finestGrid(maps).width != state.grid.width || finestGrid(maps).height != state.grid.height)
        damagedModel("its grid is not that of its backbone");
    state.means = std::move(means);
    const auto dimensions = static_cast<std::size_t>(state.means->cols);
    state.factors =
        takeLarge(file, factorsName, {state.means->rows, static_cast<std::int64_t>(packedSize(dimensions))});
    checkFactors(state.factors.values, dimensions, state, context);
    return std::make_unique<Padim>(std::move(extractor), std::move(state));
}

}  // namespace engine
