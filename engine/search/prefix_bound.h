// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"
#include "engine/kernels/kernels.h"

namespace engine {

// The first third of the dimensions of two rows, and the lengths of what is left of both, give a lower bound of their
// distance. Where the rows are principal components, the largest first, as they are by default, it is a close one.
class PrefixBound {
public:
    // The bank must outlive it.
    PrefixBound(const Matrix& bank, const RunContext& context);

    // The length of what is left of a row.
    float restOf(const float* row, const Kernels& kernels) const;

    // Keeps those of the rows, in their order, whose squared distance to the query, as Kernels::squaredDistance
    // computes it, can be at most `limit`. Returns how many. scratch: `count` values.
    std::size_t keep(std::int64_t* rows, std::size_t count, const float* query, float queryRest, double limit,
                     const Kernels& kernels, float* scratch) const;

private:
    const Matrix& m_bank;
    std::int64_t m_prefix;
    float m_rounding;  // more than the relative error of a direct squared distance, and of a length
    std::vector<float> m_rest;
};

}  // namespace engine
