// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// Mean and covariance of the embeddings at every position of a grid, of images that come one after another: what is
// held beside the sums is a few images, never all. A block of images is added at once, centred on its own mean, by the
// pairwise update of Chan, Golub and LeVeque (1979); the sums are floats, as large as the model that they become.
// The same bits for any number of threads and on every CPU.
class PositionStatistics {
public:
    PositionStatistics(std::int64_t positions, int dimensions);

    // embeddings: [positions, dimensions]; a position whose byte is 0 takes no part. Throws Cancelled.
    void add(const Matrix& embeddings, const std::vector<std::uint8_t>& inspected, const RunContext& context);

    // To be called once, after the last image; then those below hold. Throws Cancelled.
    void finish(const RunContext& context);

    // How many images have shown the position.
    std::int64_t count(std::int64_t position) const { return m_counts[static_cast<std::size_t>(position)]; }
    // The mean, one row a position.
    Matrix means() const;
    // Sums of squares and products about the mean: a packed lower triangle a position (packed_triangle.h).
    Buffer<float>& sums() { return m_sums; }

private:
    void flush(const RunContext& context);

    std::int64_t m_positions;
    std::size_t m_dimensions;
    std::vector<std::int64_t> m_counts;
    std::vector<double> m_means;
    Buffer<float> m_sums;
    std::vector<Matrix> m_block;  // images not added yet
    std::vector<std::vector<std::uint8_t>> m_blockInspected;
    std::size_t m_waiting = 0;
};

}  // namespace engine
