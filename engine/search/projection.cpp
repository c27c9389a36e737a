// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"
#include "engine/search/coreset.h"

namespace engine {

namespace {

constexpr std::uint64_t projectionStream = 0x50524F4A45435431ULL;  // apart from the stream that draws the start

// Standard normal, rounded to a multiple of 2^-12: two mathematical libraries, or one on two CPUs, may differ in the
// last bit of a logarithm, which this leaves out.
float entry(Random& random) {
    return static_cast<float>(std::nearbyint(std::ldexp(random.normal(), 12)));
}

}  // namespace

Matrix project(const Matrix& candidates, int dimensions, std::uint64_t seed, const RunContext& context) {
    if (dimensions < 1) throw Error(ErrorCode::InvalidArgument, "coreset: the projection needs at least one dimension");
    if (candidates.cols <= dimensions) return candidates;

    const std::int64_t stride = (dimensions + 15) / 16 * 16;
    Matrix directions(candidates.cols, stride);
    std::fill(directions.values.begin(), directions.values.end(), 0.0F);
    Random random(seed ^ projectionStream);
    const float scale = static_cast<float>(std::ldexp(1.0 / std::sqrt(static_cast<double>(dimensions)), -12));
    for (std::int64_t k = 0; k < candidates.cols; ++k)
        for (int d = 0; d < dimensions; ++d) directions.row(k)[d] = entry(random) * scale;

    const Kernels& kernels = kernelsFor(context.compute().instructionSet);
    constexpr std::int64_t blockRows = 768;
    Matrix result(candidates.rows, dimensions);
    parallelFor((candidates.rows + blockRows - 1) / blockRows, context, [&](std::int64_t block) {
        const std::int64_t first = block * blockRows;
        kernels.multiply(candidates.row(first), std::min(blockRows, candidates.rows - first), candidates.cols,
                         directions.values.data(), stride, dimensions, result.row(first));
    });
    return result;
}

}  // namespace engine
