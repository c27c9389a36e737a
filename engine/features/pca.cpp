// SPDX-License-Identifier: Apache-2.0
#include "engine/features/pca.h"

#include <cblas.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/features/symmetric_eigen.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"

namespace engine {

namespace {

constexpr std::int64_t blockRows = 4096;

}  // namespace

Pca fitPca(const Matrix& data, int dimensions, const RunContext& context) {
    if (dimensions < 1 || dimensions > data.cols || data.rows < 1)
        throw Error(ErrorCode::InvalidArgument,
                    "pca must be between 1 and the descriptor's " + std::to_string(data.cols) + " dimensions");
    const auto width = static_cast<std::size_t>(data.cols);
    const int n = static_cast<int>(data.cols);

    std::vector<double> mean(width, 0.0);
    for (std::int64_t i = 0; i < data.rows; ++i) {
        if (i % blockRows == 0) context.checkCancelled();
        const float* row = data.row(i);
        for (std::size_t c = 0; c < width; ++c) mean[c] += row[c];
    }
    for (double& m : mean) m /= static_cast<double>(data.rows);

    // Blocks are centred and multiplied in float, and summed in double: exact enough for 10^7 rows, and as fast as a
    // GEMM.
    std::vector<double> covariance(width * width, 0.0);
    std::vector<float> block(static_cast<std::size_t>(std::min(blockRows, data.rows)) * width);
    std::vector<float> product(width * width);
    for (std::int64_t first = 0; first < data.rows; first += blockRows) {
        context.checkCancelled();
        const std::int64_t count = std::min(blockRows, data.rows - first);
        for (std::int64_t i = 0; i < count; ++i)
            for (std::size_t c = 0; c < width; ++c)
                block[static_cast<std::size_t>(i) * width + c] = data.row(first + i)[c] - static_cast<float>(mean[c]);
        cblas_ssyrk(CblasRowMajor, CblasLower, CblasTrans, n, static_cast<int>(count), 1.0F, block.data(), n, 0.0F,
                    product.data(), n);
        for (std::size_t i = 0; i < width; ++i)
            for (std::size_t j = 0; j <= i; ++j) covariance[i * width + j] += product[i * width + j];
    }
    for (std::size_t i = 0; i < width; ++i)
        for (std::size_t j = 0; j < i; ++j) covariance[j * width + i] = covariance[i * width + j];

    const auto values = symmetricEigen(covariance, n);
    Pca pca;
    pca.mean.assign(mean.begin(), mean.end());
    pca.components = Matrix(dimensions, data.cols);
    double kept = 0;
    double all = 0;
    for (const double v : values) all += std::max(0.0, v);
    for (int d = 0; d < dimensions; ++d) {
        const double* vector = covariance.data() + static_cast<std::size_t>(n - 1 - d) * width;
        const double* largest =
            std::max_element(vector, vector + width, [](double a, double b) { return std::abs(a) < std::abs(b); });
        const double sign = *largest < 0 ? -1.0 : 1.0;
        for (std::size_t c = 0; c < width; ++c) pca.components.row(d)[c] = static_cast<float>(sign * vector[c]);
        kept += std::max(0.0, values[static_cast<std::size_t>(n - 1 - d)]);
    }
    pca.explained = all > 0 ? kept / all : 1;
    return pca;
}

PcaTransform::PcaTransform(const Pca& pca) : m_depth(pca.components.cols), m_width(pca.components.rows) {
    m_stride = (m_width + 15) / 16 * 16;
    m_columns.resize(static_cast<std::size_t>(m_depth * m_stride), 0.0F);
    // y = C x - C mean: the second term is the same for all rows.
    for (std::int64_t d = 0; d < m_width; ++d) {
        double sum = 0;
        for (std::int64_t c = 0; c < m_depth; ++c) {
            const float value = pca.components.row(d)[c];
            m_columns[static_cast<std::size_t>(c * m_stride + d)] = value;
            sum += static_cast<double>(value) * pca.mean[static_cast<std::size_t>(c)];
        }
        m_shift.push_back(static_cast<float>(-sum));
    }
}

void PcaTransform::apply(const Matrix& data, const RunContext& context, Matrix& result) const {
    constexpr std::int64_t rowsAtOnce = 48;  // in the second-level cache, and a multiple of what the kernel takes
    if (data.cols != m_depth)
        throw Error(ErrorCode::InvalidArgument, "descriptors of " + std::to_string(data.cols) +
                                                    " dimensions do not fit components of " + std::to_string(m_depth));
    result.resize(data.rows, m_width);
    const Kernels& kernels = kernelsFor(context.compute().instructionSet);
    parallelFor((data.rows + rowsAtOnce - 1) / rowsAtOnce, context, [&](std::int64_t block) {
        const std::int64_t first = block * rowsAtOnce;
        const std::int64_t count = std::min(rowsAtOnce, data.rows - first);
        kernels.multiply(data.row(first), count, m_depth, m_columns.data(), m_stride, m_width, result.row(first));
        for (std::int64_t i = first; i < first + count; ++i) {
            float* row = result.row(i);
            for (std::int64_t d = 0; d < m_width; ++d) row[d] += m_shift[static_cast<std::size_t>(d)];
        }
    });
}

}  // namespace engine
