// SPDX-License-Identifier: Apache-2.0
// Compiled for AVX2 and FMA, called only where the CPU has them: nothing inline may be shared with other files.
#include <immintrin.h>

#include "engine/kernels/kernel_tables.h"
#include "engine/kernels/unrolled.h"

namespace engine {

namespace {

constexpr std::int64_t lanes = 16;

__m256i firstLanes(std::int64_t count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

float sumOfLanes(__m256 low, __m256 high) {
    const __m256 eight = _mm256_add_ps(low, high);
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

float squaredDistance(const float* a, const float* b, std::int64_t n) {
    __m256 low = _mm256_setzero_ps();
    __m256 high = _mm256_setzero_ps();
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const __m256 first = _mm256_sub_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i));
        const __m256 second = _mm256_sub_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8));
        low = _mm256_fmadd_ps(first, first, low);
        high = _mm256_fmadd_ps(second, second, high);
    }
    if (i < n) {
        const __m256i lowMask = firstLanes(n - i);
        const __m256i highMask = firstLanes(n - i - 8);
        const __m256 first = _mm256_sub_ps(_mm256_maskload_ps(a + i, lowMask), _mm256_maskload_ps(b + i, lowMask));
        const __m256 second =
            _mm256_sub_ps(_mm256_maskload_ps(a + i + 8, highMask), _mm256_maskload_ps(b + i + 8, highMask));
        low = _mm256_fmadd_ps(first, first, low);
        high = _mm256_fmadd_ps(second, second, high);
    }
    return sumOfLanes(low, high);
}

void squaredDistances(const float* points, std::int64_t stride, const std::int64_t* ids, std::int64_t count,
                      std::int64_t n, const float* b, float* out) {
    // The rows lie anywhere in memory: the next one is on its way while this one is summed.
    constexpr std::int64_t ahead = 4;
    constexpr std::int64_t lineValues = 16;
    for (std::int64_t i = 0; i < count; ++i) {
        if (i + ahead < count) {
            const float* next = points + ids[i + ahead] * stride;
            for (std::int64_t k = 0; k < n; k += lineValues)
                _mm_prefetch(reinterpret_cast<const char*>(next + k), _MM_HINT_T0);
        }
        out[i] = squaredDistance(points + ids[i] * stride, b, n);
    }
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

// rowCount rows of the left times sixteen columns of the right, in registers.
template <int rowCount>
void multiplyTile(const float* left, std::int64_t depth, const float* right, std::int64_t stride, float* out,
                  std::int64_t outStride, std::int64_t columns) {
    __m256 sums[rowCount][2];
    unrolled<rowCount>([&](auto r) { sums[r][0] = sums[r][1] = _mm256_setzero_ps(); });
    for (std::int64_t k = 0; k < depth; ++k) {
        const __m256 first = _mm256_load_ps(right + k * stride);
        const __m256 second = _mm256_load_ps(right + k * stride + 8);
        unrolled<rowCount>([&](auto r) {
            const __m256 value = _mm256_broadcast_ss(left + r * depth + k);
            sums[r][0] = _mm256_fmadd_ps(value, first, sums[r][0]);
            sums[r][1] = _mm256_fmadd_ps(value, second, sums[r][1]);
        });
    }
    const __m256i firstMask = firstLanes(columns);
    const __m256i secondMask = firstLanes(columns - 8);
    unrolled<rowCount>([&](auto r) {
        _mm256_maskstore_ps(out + r * outStride, firstMask, sums[r][0]);
        _mm256_maskstore_ps(out + r * outStride + 8, secondMask, sums[r][1]);
    });
}

void multiply(const float* left, std::int64_t rows, std::int64_t depth, const float* right, std::int64_t stride,
              std::int64_t width, float* out) {
    for (std::int64_t column = 0; column < width; column += lanes) {
        std::int64_t i = 0;
        for (; i + 6 <= rows; i += 6)
            multiplyTile<6>(left + i * depth, depth, right + column, stride, out + i * width + column, width,
                            width - column);
        for (; i < rows; ++i)
            multiplyTile<1>(left + i * depth, depth, right + column, stride, out + i * width + column, width,
                            width - column);
    }
}

// The codes of a group need seven bits, so that vpmaddubsw, which saturates, has room for two products.
__m256i addProducts(__m256i sum, __m256i codes, __m256i query) {
    return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(codes, query), _mm256_set1_epi16(1)));
}

template <int queryCount>
void matchTile(const std::uint8_t* codes, const std::int32_t* laneStart, std::int64_t depth,
               const std::int8_t* const* queries, const std::int32_t* queryFloor, std::uint16_t* hits,
               std::int64_t hitStride) {
    __m256i sums[queryCount][2];
    unrolled<queryCount>([&](auto q) {
        unrolled<2>([&](auto half) {
            sums[q][half] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(laneStart + half * 8));
        });
    });
    for (std::int64_t k = 0; k < depth; k += 4) {
        const auto* line = reinterpret_cast<const __m256i*>(codes + k * lanes);
        const __m256i low = _mm256_load_si256(line);
        const __m256i high = _mm256_load_si256(line + 1);
        unrolled<queryCount>([&](auto q) {
            const __m256i query =
                _mm256_castps_si256(_mm256_broadcast_ss(reinterpret_cast<const float*>(queries[q] + k)));
            sums[q][0] = addProducts(sums[q][0], low, query);
            sums[q][1] = addProducts(sums[q][1], high, query);
        });
    }
    unrolled<queryCount>([&](auto q) {
        const __m256i below = _mm256_set1_epi32(queryFloor[q]);
        unsigned misses = 0;
        unrolled<2>([&](auto half) {
            const __m256i less = _mm256_cmpgt_epi32(below, sums[q][half]);
            misses |= static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(less))) << (8 * half);
        });
        hits[q * hitStride] = static_cast<std::uint16_t>(~misses);
    });
}

void matchCodes(const std::uint8_t* groups, const std::int32_t* laneStart, std::int64_t groupCount, std::int64_t depth,
                const std::int8_t* const* queries, const std::int32_t* queryFloor, std::int64_t queryCount,
                std::uint16_t* hits) {
    for (std::int64_t g = 0; g < groupCount; ++g) {
        const std::uint8_t* codes = groups + g * lanes * depth;
        std::int64_t q = 0;
        for (; q + 4 <= queryCount; q += 4)
            matchTile<4>(codes, laneStart + g * lanes, depth, queries + q, queryFloor + q, hits + q * groupCount + g,
                         groupCount);
        for (; q < queryCount; ++q)
            matchTile<1>(codes, laneStart + g * lanes, depth, queries + q, queryFloor + q, hits + q * groupCount + g,
                         groupCount);
    }
}

}  // namespace

const Kernels avx2Kernels{InstructionSet::Avx2, squaredDistance, squaredDistances, lowerNearest, multiply, matchCodes};

}  // namespace engine
