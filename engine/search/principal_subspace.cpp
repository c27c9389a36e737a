// SPDX-License-Identifier: Apache-2.0
#include "engine/search/principal_subspace.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/core/random.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"

namespace engine {

namespace {

// Vectors of unit length, one a row, in double.
class Basis {
public:
    Basis(std::int64_t count, std::int64_t length)
        : m_count(count), m_length(length), m_values(static_cast<std::size_t>(count * length)) {}

    double* vector(std::int64_t i) { return m_values.data() + i * m_length; }

    // Gram and Schmidt, each vector twice: once is not enough in finite precision. A vector that vanishes is drawn
    // anew.
    void orthonormalise(Random& random) {
        for (std::int64_t i = 0; i < m_count; ++i) {
            double length = 0;
            do {
                const double before = std::sqrt(product(vector(i), vector(i)));
                for (int pass = 0; pass < 2; ++pass)
                    for (std::int64_t j = 0; j < i; ++j) subtract(vector(i), vector(j), product(vector(i), vector(j)));
                length = std::sqrt(product(vector(i), vector(i)));
                if (!(length > 1e-8 * before)) {
                    length = 0;
                    for (std::int64_t c = 0; c < m_length; ++c) vector(i)[c] = random.normal();
                }
            } while (length == 0);
            for (std::int64_t c = 0; c < m_length; ++c) vector(i)[c] /= length;
        }
    }

private:
    double product(const double* a, const double* b) const {
        double sums[4] = {};
        for (std::int64_t c = 0; c < m_length; ++c) sums[c & 3] += a[c] * b[c];
        return (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
    void subtract(double* a, const double* b, double factor) const {
        for (std::int64_t c = 0; c < m_length; ++c) a[c] -= factor * b[c];
    }

    std::int64_t m_count;
    std::int64_t m_length;
    std::vector<double> m_values;
};

// rowsᵀ rows, [cols, stride].
Matrix covariance(const Matrix& rows, const Kernels& kernels, const RunContext& context) {
    const std::int64_t stride = (rows.cols + 15) / 16 * 16;
    Matrix padded(rows.rows, stride);
    Matrix transposed(rows.cols, rows.rows);
    std::fill(padded.values.begin(), padded.values.end(), 0.0F);
    for (std::int64_t i = 0; i < rows.rows; ++i) {
        std::copy_n(rows.row(i), rows.cols, padded.row(i));
        for (std::int64_t c = 0; c < rows.cols; ++c) transposed.row(c)[i] = rows.row(i)[c];
    }
    Matrix result(rows.cols, stride);
    constexpr std::int64_t blockRows = 48;
    parallelFor((rows.cols + blockRows - 1) / blockRows, context, [&](std::int64_t block) {
        const std::int64_t first = block * blockRows;
        kernels.multiply(transposed.row(first), std::min(blockRows, rows.cols - first), rows.rows, padded.values.data(),
                         stride, stride, result.row(first));
    });
    return result;
}

}  // namespace

Matrix principalSubspace(const Matrix& centredRows, std::int64_t axes, std::int64_t stride, const RunContext& context) {
    const Kernels& kernels = kernelsFor(context.compute().instructionSet);
    const std::int64_t cols = centredRows.cols;
    const Matrix moments = covariance(centredRows, kernels, context);

    // Subspace iteration. It need not converge: any orthonormal axes give true bounds, better ones only tighter bounds.
    Random random(1);
    Basis basis(axes, cols);
    for (std::int64_t i = 0; i < axes; ++i)
        for (std::int64_t c = 0; c < cols; ++c) basis.vector(i)[c] = random.normal();
    basis.orthonormalise(random);
    Matrix vectors(axes, cols);
    Matrix images(axes, cols);
    for (int iteration = 0; iteration < 3; ++iteration) {
        context.checkCancelled();
        for (std::int64_t i = 0; i < axes; ++i) std::copy_n(basis.vector(i), cols, vectors.row(i));
        kernels.multiply(vectors.values.data(), axes, cols, moments.values.data(), moments.cols, cols,
                         images.values.data());
        for (std::int64_t i = 0; i < axes; ++i) std::copy_n(images.row(i), cols, basis.vector(i));
        basis.orthonormalise(random);
    }

    // The discrete cosine transform is orthonormal, and its entries are all of like size.
    Matrix result(cols, stride);
    std::fill(result.values.begin(), result.values.end(), 0.0F);
    for (std::int64_t mixed = 0; mixed < axes; ++mixed) {
        std::vector<double> direction(static_cast<std::size_t>(cols), 0.0);
        for (std::int64_t i = 0; i < axes; ++i) {
            const double angle =
                std::numbers::pi * static_cast<double>(i * (2 * mixed + 1)) / static_cast<double>(2 * axes);
            const double weight = std::sqrt((i == 0 ? 1.0 : 2.0) / static_cast<double>(axes)) * std::cos(angle);
            for (std::int64_t c = 0; c < cols; ++c)
                direction[static_cast<std::size_t>(c)] += weight * basis.vector(i)[c];
        }
        for (std::int64_t c = 0; c < cols; ++c)
            result.row(c)[mixed] = static_cast<float>(direction[static_cast<std::size_t>(c)]);
    }
    return result;
}

}  // namespace engine
