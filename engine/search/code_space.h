// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// Steps of a code: one scale, in [-127, 127], or two, in [-63, 63]. A pair is told apart by a fine code and a coarse
// one, whose products fit 16 bits two at a time (Kernels::matchCodes).
enum class CodeStep { Fine = 1, Coarse = 2 };

// Rows as bytes, for bounds on distances.
struct Codes {
    std::int64_t depth = 0;  // bytes a row, a multiple of 4
    CodeStep step = CodeStep::Fine;
    Buffer<std::int8_t> values;      // [rows, depth]
    std::vector<float> error;        // an upper bound of the distance between step * scale * the code and the mapped
                                     // row, or what is nearest to it in the cube of the codes if it lies outside
    std::vector<float> beyond;       // a lower bound of the squared distance to that cube; 0: it lies inside
    std::vector<std::int32_t> norm;  // sum of the squares of the codes
    std::vector<std::int32_t> sum;   // sum of the codes

    void resize(std::int64_t rows, std::int64_t bytes);
    const std::int8_t* row(std::int64_t i) const { return values.data() + i * depth; }
    bool isInside(std::int64_t i) const { return beyond[static_cast<std::size_t>(i)] == 0; }
};

// A map of rows into fewer dimensions that never lengthens a distance: orthonormal coordinates of the subspace in which
// the data vary most, mixed so that all have about the same range, and the norm of what is outside of it as one more
// coordinate. With step * scale * code for each coordinate,
//     |a - b| >= scale * |step(a) * code(a) - step(b) * code(b)| - error(a) - error(b)
// for rows inside the cube of the codes, and if a alone lies outside, as the cube is convex,
//     |a - b|^2 >= beyond(a) + (the same)^2.
class CodeSpace {
public:
    // From some thousand of the rows. depth: bytes a row, a multiple of 16.
    CodeSpace(const Matrix& rows, std::int64_t depth, const RunContext& context);

    double scale() const { return m_scale; }
    std::int64_t depth() const { return m_depth; }
    Codes encode(const Matrix& rows, CodeStep step, const RunContext& context) const;

private:
    // [count, depth] coordinates of rows [first, first + count), and for each row an upper bound of their error by
    // rounding.
    struct Mapped {
        Buffer<float> centred;
        Buffer<float> coordinates;
        std::vector<float> rounding;
    };
    void map(const Matrix& rows, std::int64_t first, std::int64_t count, const RunContext& context,
             Mapped& result) const;
    void encodeBlock(const Mapped& mapped, std::int64_t first, std::int64_t count, Codes& codes) const;

    std::int64_t m_depth;
    std::int64_t m_axes;  // coordinates within the subspace
    double m_scale = 1;
    std::vector<float> m_centre;  // [cols]
    Matrix m_directions;          // [cols, depth], orthonormal columns; the ones from m_axes on are zero
};

}  // namespace engine
