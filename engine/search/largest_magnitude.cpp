// SPDX-License-Identifier: Apache-2.0
#include "engine/search/largest_magnitude.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "engine/kernels/parallel.h"

namespace engine {

float largestMagnitude(const Matrix& matrix, const RunContext& context) {
    constexpr std::int64_t blockValues = 1 << 20;
    const std::int64_t size = matrix.rows * matrix.cols;
    std::vector<std::uint32_t> largest(static_cast<std::size_t>((size + blockValues - 1) / blockValues), 0);
    parallelFor(static_cast<std::int64_t>(largest.size()), context, [&](std::int64_t block) {
        // Without its sign a float orders as an integer does, infinity and NaN above all numbers.
        std::uint32_t bits = 0;
        const std::int64_t end = std::min(size, (block + 1) * blockValues);
        for (std::int64_t i = block * blockValues; i < end; ++i)
            bits =
                std::max(bits, std::bit_cast<std::uint32_t>(matrix.values[static_cast<std::size_t>(i)]) & 0x7FFFFFFFU);
        largest[static_cast<std::size_t>(block)] = bits;
    });
    return largest.empty() ? 0.0F : std::bit_cast<float>(*std::max_element(largest.begin(), largest.end()));
}

}  // namespace engine
