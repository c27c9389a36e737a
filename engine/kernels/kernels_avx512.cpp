// SPDX-License-Identifier: Apache-2.0
// Compiled for AVX-512 (F, BW, DQ, VL, VNNI), called only where the CPU has it: nothing inline may be shared with other
// files.
#include <immintrin.h>

#include "engine/kernels/kernel_tables.h"
#include "engine/kernels/unrolled.h"

namespace engine {

namespace {

constexpr std::int64_t lanes = 16;

__mmask16 firstLanes(std::int64_t count) {
    return static_cast<__mmask16>(count >= lanes ? 0xFFFFU : (1U << count) - 1U);
}

float sumOfLanes(__m512 sixteen) {
    const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(sixteen), _mm512_extractf32x8_ps(sixteen, 1));
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

float squaredDistance(const float* a, const float* b, std::int64_t n) {
    __m512 sum = _mm512_setzero_ps();
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const __m512 difference = _mm512_sub_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i));
        sum = _mm512_fmadd_ps(difference, difference, sum);
    }
    if (i < n) {
        const __mmask16 mask = firstLanes(n - i);
        const __m512 difference = _mm512_sub_ps(_mm512_maskz_loadu_ps(mask, a + i), _mm512_maskz_loadu_ps(mask, b + i));
        sum = _mm512_fmadd_ps(difference, difference, sum);
    }
    return sumOfLanes(sum);
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

// rowCount rows of the left times sixteen columnGroups columns of the right, in registers.
template <int rowCount, int columnGroups>
void multiplyTile(const float* left, std::int64_t depth, const float* right, std::int64_t stride, float* out,
                  std::int64_t outStride, std::int64_t columns) {
    __m512 sums[rowCount][columnGroups];
    unrolled<rowCount>([&](auto r) { unrolled<columnGroups>([&](auto c) { sums[r][c] = _mm512_setzero_ps(); }); });
    for (std::int64_t k = 0; k < depth; ++k) {
        __m512 values[columnGroups];
        unrolled<columnGroups>([&](auto c) { values[c] = _mm512_load_ps(right + k * stride + c * lanes); });
        unrolled<rowCount>([&](auto r) {
            const __m512 factor = _mm512_set1_ps(left[r * depth + k]);
            unrolled<columnGroups>([&](auto c) { sums[r][c] = _mm512_fmadd_ps(factor, values[c], sums[r][c]); });
        });
    }
    unrolled<rowCount>([&](auto r) {
        unrolled<columnGroups>([&](auto c) {
            _mm512_mask_storeu_ps(out + r * outStride + c * lanes, firstLanes(columns - c * lanes), sums[r][c]);
        });
    });
}

template <int columnGroups>
void multiplyColumns(const float* left, std::int64_t rows, std::int64_t depth, const float* right, std::int64_t stride,
                     float* out, std::int64_t outStride, std::int64_t columns) {
    std::int64_t i = 0;
    for (; i + 6 <= rows; i += 6)
        multiplyTile<6, columnGroups>(left + i * depth, depth, right, stride, out + i * outStride, outStride, columns);
    for (; i < rows; ++i)
        multiplyTile<1, columnGroups>(left + i * depth, depth, right, stride, out + i * outStride, outStride, columns);
}

void multiply(const float* left, std::int64_t rows, std::int64_t depth, const float* right, std::int64_t stride,
              std::int64_t width, float* out) {
    std::int64_t column = 0;
    for (; column + 3 * lanes < width; column += 4 * lanes)
        multiplyColumns<4>(left, rows, depth, right + column, stride, out + column, width, width - column);
    for (; column < width; column += lanes)
        multiplyColumns<1>(left, rows, depth, right + column, stride, out + column, width, width - column);
}

// Without it GCC stores every sum at every step of the loop, since it means to compare them from memory.
void keepInRegister(__m512i& sum) {
    __m512i value = sum;
    asm volatile("" : "+v"(value));
    sum = value;
}

template <int queryCount, int groupCount>
void matchTile(const std::uint8_t* codes, const std::int32_t* laneStart, std::int64_t depth,
               const std::int8_t* const* queries, const std::int32_t* queryFloor, std::uint16_t* hits,
               std::int64_t hitStride) {
    __m512i sums[queryCount][groupCount];
    unrolled<groupCount>([&](auto g) {
        const __m512i start = _mm512_loadu_si512(laneStart + g * lanes);
        unrolled<queryCount>([&](auto q) { sums[q][g] = start; });
    });
    for (std::int64_t k = 0; k < depth; k += 4) {
        __m512i rows[groupCount];
        unrolled<groupCount>([&](auto g) { rows[g] = _mm512_load_si512(codes + g * lanes * depth + k * lanes); });
        unrolled<queryCount>([&](auto q) {
            const __m512i query = _mm512_castps_si512(_mm512_set1_ps(*reinterpret_cast<const float*>(queries[q] + k)));
            unrolled<groupCount>([&](auto g) { sums[q][g] = _mm512_dpbusd_epi32(sums[q][g], rows[g], query); });
        });
    }
    unrolled<queryCount>([&](auto q) { unrolled<groupCount>([&](auto g) { keepInRegister(sums[q][g]); }); });
    unrolled<queryCount>([&](auto q) {
        const __m512i floor = _mm512_set1_epi32(queryFloor[q]);
        unrolled<groupCount>([&](auto g) { hits[q * hitStride + g] = _mm512_cmpge_epi32_mask(sums[q][g], floor); });
    });
}

template <int groupsAtOnce>
void matchGroups(const std::uint8_t* codes, const std::int32_t* laneStart, std::int64_t groupCount, std::int64_t depth,
                 const std::int8_t* const* queries, const std::int32_t* queryFloor, std::int64_t queryCount,
                 std::uint16_t* hits) {
    std::int64_t q = 0;
    for (; q + 6 <= queryCount; q += 6)
        matchTile<6, groupsAtOnce>(codes, laneStart, depth, queries + q, queryFloor + q, hits + q * groupCount,
                                   groupCount);
    for (; q < queryCount; ++q)
        matchTile<1, groupsAtOnce>(codes, laneStart, depth, queries + q, queryFloor + q, hits + q * groupCount,
                                   groupCount);
}

void matchCodes(const std::uint8_t* groups, const std::int32_t* laneStart, std::int64_t groupCount, std::int64_t depth,
                const std::int8_t* const* queries, const std::int32_t* queryFloor, std::int64_t queryCount,
                std::uint16_t* hits) {
    std::int64_t g = 0;
    for (; g + 4 <= groupCount; g += 4)
        matchGroups<4>(groups + g * lanes * depth, laneStart + g * lanes, groupCount, depth, queries, queryFloor,
                       queryCount, hits + g);
    for (; g < groupCount; ++g)
        matchGroups<1>(groups + g * lanes * depth, laneStart + g * lanes, groupCount, depth, queries, queryFloor,
                       queryCount, hits + g);
}

}  // namespace

const Kernels avx512Kernels{InstructionSet::Avx512, squaredDistance, squaredDistances,
                            lowerNearest,           multiply,        matchCodes};

}  // namespace engine
