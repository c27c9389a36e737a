// SPDX-License-Identifier: Apache-2.0
#include "engine/features/shrunk_gaussian.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/features/packed_triangle.h"
#include "engine/kernels/parallel.h"

namespace engine {

ShrunkCovariance shrunkCovariance(const Matrix& rows, std::span<const std::uint8_t> used, const RunContext& context) {
    const auto p = static_cast<std::size_t>(rows.cols);
    ShrunkCovariance result;
    result.mean.assign(p, 0.0);
    std::size_t n = 0;
    for (std::int64_t i = 0; i < rows.rows; ++i) {
        if (used[static_cast<std::size_t>(i)] == 0) continue;
        ++n;
        for (std::size_t c = 0; c < p; ++c) result.mean[c] += rows.row(i)[c];
    }
    if (n < 2) throw Error(ErrorCode::NotEnoughData, "a covariance needs at least two good images; add more");
    const auto count = static_cast<double>(n);
    for (double& mean : result.mean) mean /= count;

    // One column a channel, so that an element of the product is two runs of memory.
    std::vector<double> columns(p * n);
    std::vector<double> norms(n, 0.0);
    for (std::int64_t i = 0, k = 0; i < rows.rows; ++i) {
        if (used[static_cast<std::size_t>(i)] == 0) continue;
        const auto row = static_cast<std::size_t>(k++);
        for (std::size_t c = 0; c < p; ++c) {
            const double value = rows.row(i)[c] - result.mean[c];
            columns[c * n + row] = value;
            norms[row] += value * value;
        }
    }
    result.triangle.resize(packedSize(p));
    parallelFor(static_cast<std::int64_t>(p), context, [&](std::int64_t j) {
        const double* left = columns.data() + static_cast<std::size_t>(j) * n;
        double* column = result.triangle.data() + packedColumn(p, static_cast<std::size_t>(j));
        for (std::size_t i = static_cast<std::size_t>(j); i < p; ++i) {
            const double* right = columns.data() + i * n;
            double sum = 0;
            for (std::size_t k = 0; k < n; ++k) sum += left[k] * right[k];
            *column++ = sum / count;
        }
    });

    double trace = 0;
    double square = 0;  // |S|^2
    for (std::size_t j = 0; j < p; ++j) {
        const double* column = result.triangle.data() + packedColumn(p, j);
        trace += column[0];
        square += column[0] * column[0];
        for (std::size_t i = 1; i < p - j; ++i) square += 2 * column[i] * column[i];
    }
    const auto width = static_cast<double>(p);
    double fourth = 0;  // sum of |x x^T|^2
    for (const double norm : norms) fourth += norm * norm;
    const double mu = trace / width;
    const double d = square / width - mu * mu;
    const double b = (fourth / count - square) / (count * width);
    constexpr double least = 1e-4;
    result.shrinkage = d > 0 ? std::clamp(b / d, least, 1.0) : 1.0;
    // Of images that are all alike.
    constexpr double smallest = 1e-12;
    const double towards = result.shrinkage * std::max(mu, smallest);
    for (double& value : result.triangle) value *= 1 - result.shrinkage;
    for (std::size_t j = 0; j < p; ++j) result.triangle[packedColumn(p, j)] += towards;
    return result;
}

}  // namespace engine
