// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/kernels/kernel_tables.h"

namespace engine {

namespace {

constexpr std::int64_t lanes = 16;

float squaredDistance(const float* a, const float* b, std::int64_t n) {
    float sums[lanes] = {};
    for (std::int64_t i = 0; i < n; ++i) {
        const float difference = a[i] - b[i];
        sums[i % lanes] = std::fmaf(difference, difference, sums[i % lanes]);
    }
    for (std::int64_t width = lanes / 2; width > 0; width /= 2)
        for (std::int64_t i = 0; i < width; ++i) sums[i] += sums[i + width];
    return sums[0];
}

void squaredDistances(const float* points, std::int64_t stride, const std::int64_t* ids, std::int64_t count,
                      std::int64_t n, const float* b, float* out) {
    for (std::int64_t i = 0; i < count; ++i) out[i] = squaredDistance(points + ids[i] * stride, b, n);
}

float lowerNearest(const float* points, std::int64_t rows, std::int64_t n, const float* centre, float* nearest) {
    float largest = 0;
    for (std::int64_t i = 0; i < rows; ++i) {
        const float distance = squaredDistance(points + i * n, centre, n);
        if (distance < nearest[i]) nearest[i] = distance;
        if (nearest[i] > largest) largest = nearest[i];
    }
    return largest;
}

void multiply(const float* left, std::int64_t rows, std::int64_t depth, const float* right, std::int64_t stride,
              std::int64_t width, float* out) {
    for (std::int64_t i = 0; i < rows; ++i) {
        float* result = out + i * width;
        std::fill(result, result + width, 0.0F);
        for (std::int64_t k = 0; k < depth; ++k)
            for (std::int64_t j = 0; j < width; ++j)
                result[j] = std::fmaf(left[i * depth + k], right[k * stride + j], result[j]);
    }
}

void matchCodes(const std::uint8_t* groups, const std::int32_t* laneStart, std::int64_t groupCount, std::int64_t depth,
                const std::int8_t* const* queries, const std::int32_t* queryFloor, std::int64_t queryCount,
                std::uint16_t* hits) {
    for (std::int64_t q = 0; q < queryCount; ++q)
        for (std::int64_t g = 0; g < groupCount; ++g) {
            std::int32_t sums[lanes];
            std::copy(laneStart + g * lanes, laneStart + (g + 1) * lanes, sums);
            const std::uint8_t* codes = groups + g * lanes * depth;
            for (std::int64_t k = 0; k < depth; k += 4)
                for (std::int64_t lane = 0; lane < lanes; ++lane)
                    for (std::int64_t i = 0; i < 4; ++i)
                        sums[lane] += codes[k * lanes + lane * 4 + i] * queries[q][k + i];
            unsigned mask = 0;
            for (std::int64_t lane = 0; lane < lanes; ++lane)
                mask |= static_cast<unsigned>(sums[lane] >= queryFloor[q]) << lane;
            hits[q * groupCount + g] = static_cast<std::uint16_t>(mask);
        }
}

}  // namespace

const Kernels scalarKernels{InstructionSet::Scalar, squaredDistance, squaredDistances,
                            lowerNearest,           multiply,        matchCodes};

}  // namespace engine
