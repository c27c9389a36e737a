// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace engine {

// The lower triangle of a symmetric matrix of n x n, column after column: n (n + 1) / 2 values.
constexpr std::size_t packedSize(std::size_t n) {
    return n * (n + 1) / 2;
}
// Where column j begins, with its diagonal element.
constexpr std::size_t packedColumn(std::size_t n, std::size_t j) {
    return j * (2 * n - j + 1) / 2;
}

// Replaces A by the lower triangular L of A = L L^T. Throws Error{Internal} if A is not positive definite.
void factorise(std::span<double> triangle, std::size_t n);
// The same on floats, worked out in double; `scratch` is kept between calls.
void factorise(std::span<float> triangle, std::size_t n, std::vector<double>& scratch);

// x^T A^-1 x = |y|^2 of L y = x, by forward substitution. `x` is overwritten by y.
double squaredMahalanobis(std::span<const float> factor, std::span<float> x);

}  // namespace engine
