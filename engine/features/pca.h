// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// Principal components: y = components * (x - mean). Empty components leave the rows as they are.
struct Pca {
    std::vector<float> mean;  // [D]
    Matrix components;        // [d, D], orthonormal rows, the largest variance first
    double explained = 1;     // share of the variance that is kept

    bool isIdentity() const { return components.rows == 0; }
};

// From the covariance of all rows. dimensions must be in [1, data.cols]. The sign of each component is fixed by its
// largest entry being positive, so that the same data give the same bytes. Throws Error{InvalidArgument, Internal},
// Cancelled.
Pca fitPca(const Matrix& data, int dimensions, const RunContext& context);

// Brings rows to the components, which it keeps as the product wants them. The same bits on every CPU and for any
// number of threads.
class PcaTransform {
public:
    explicit PcaTransform(const Pca& pca);
    bool isIdentity() const { return m_width == 0; }
    // result: [rows, d]; its memory is used again. Throws Error{InvalidArgument} if the widths differ, Cancelled.
    void apply(const Matrix& data, const RunContext& context, Matrix& result) const;

private:
    std::int64_t m_depth = 0;    // D
    std::int64_t m_width = 0;    // d
    std::int64_t m_stride = 0;   // d, rounded up to 16
    Buffer<float> m_columns;     // [D, stride]
    std::vector<float> m_shift;  // -components * mean
};

}  // namespace engine
