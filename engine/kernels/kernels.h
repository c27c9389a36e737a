// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "engine/core/run_context.h"

namespace engine {

// The hand-made inner loops. Each exists for every instruction set and gives the same bits in all of them: where floats
// are summed, the order is part of the contract. The plain C++ ones are the twins that the tests compare the others
// with.
struct Kernels {
    InstructionSet instructionSet = InstructionSet::Scalar;

    // Squared Euclidean distance of two rows of n values. Sixteen partial sums, the i-th of every sixteenth value from
    // i on, by fused multiply-add; then lane i + lane i+8, i + i+4, i + i+2, i + i+1. Symmetric; zeros at the end
    // change nothing.
    float (*squaredDistance)(const float* a, const float* b, std::int64_t n);

    // out[i] = squaredDistance of the first n values of row ids[i] of points [., stride] and b.
    void (*squaredDistances)(const float* points, std::int64_t stride, const std::int64_t* ids, std::int64_t count,
                             std::int64_t n, const float* b, float* out);

    // nearest[i] = min(nearest[i], squaredDistance(row i of points [rows, n], centre)): one step of the textbook's
    // greedy loop.
    // Returns the largest nearest[i], at least 0.
    float (*lowerNearest)(const float* points, std::int64_t rows, std::int64_t n, const float* centre, float* nearest);

    // out [rows, width] = left [rows, depth] * right [depth, stride]; width <= stride, stride a multiple of 16, right
    // 64-byte aligned. Every element is summed alone, by fused multiply-add from the first k to the last.
    void (*multiply)(const float* left, std::int64_t rows, std::int64_t depth, const float* right, std::int64_t stride,
                     std::int64_t width, float* out);

    // Which pairs of coded rows are close. Sixteen rows lie side by side in a group: groups [groupCount, depth / 4, 16
    // lanes, 4], code + 64, in [0, 127], 64-byte aligned; queries are signed, in [-127, 127], one row of depth codes
    // each: two such products fit 16 bits, which is what AVX2 multiplies fastest. depth is a multiple of 4, at most
    // 32 768. Bit l of hits[q * groupCount + g] is set iff  sum of lane l of g times query q, plus
    // laneStart[g * 16 + l], is at least queryFloor[q]. The sums must fit 32 bits. Exact.
    void (*matchCodes)(const std::uint8_t* groups, const std::int32_t* laneStart, std::int64_t groupCount,
                       std::int64_t depth, const std::int8_t* const* queries, const std::int32_t* queryFloor,
                       std::int64_t queryCount, std::uint16_t* hits);
};

// The widest that this CPU (and its operating system) runs. Avx512 means F, BW, DQ, VL and VNNI; Avx2 includes FMA.
InstructionSet widestInstructionSet();

// Auto is the widest. Throws Error{Unsupported} if the CPU lacks what is asked for.
const Kernels& kernelsFor(InstructionSet instructionSet);

}  // namespace engine
