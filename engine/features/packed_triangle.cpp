// SPDX-License-Identifier: Apache-2.0
#include "engine/features/packed_triangle.h"

#include <cmath>

#include "engine/core/error.h"

namespace engine {

void factorise(std::span<double> triangle, std::size_t n) {
    double* column = triangle.data();
    for (std::size_t j = 0; j < n; column += n - j, ++j) {
        if (!(column[0] > 0) || !std::isfinite(column[0]))
            throw Error(ErrorCode::Internal, "a covariance is not positive definite; check the weights");
        const double diagonal = std::sqrt(column[0]);
        column[0] = diagonal;
        for (std::size_t i = 1; i < n - j; ++i) column[i] /= diagonal;
        // What this column lends to the ones after it.
        double* later = column + (n - j);
        for (std::size_t k = 1; k < n - j; ++k) {
            const double factor = column[k];
            const double* from = column + k;
            const std::size_t count = n - j - k;
            for (std::size_t i = 0; i < count; ++i) later[i] -= factor * from[i];
            later += count;
        }
    }
}

void factorise(std::span<float> triangle, std::size_t n, std::vector<double>& scratch) {
    scratch.assign(triangle.begin(), triangle.end());
    factorise(scratch, n);
    for (std::size_t i = 0; i < triangle.size(); ++i) triangle[i] = static_cast<float>(scratch[i]);
}

double squaredMahalanobis(std::span<const float> factor, std::span<float> x) {
    const std::size_t n = x.size();
    const float* column = factor.data();
    double sum = 0;
    for (std::size_t j = 0; j < n; column += n - j, ++j) {
        const float value = x[j] / column[0];
        x[j] = value;
        sum += static_cast<double>(value) * value;
        float* rest = x.data() + j;
        for (std::size_t i = 1; i < n - j; ++i) rest[i] -= value * column[i];
    }
    return sum;
}

}  // namespace engine
