// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/kernels/kernels.h"
#include "engine/search/code_space.h"

namespace engine {

// Coded rows side by side in sixteens, as Kernels::matchCodes wants them, to which rows can be added.
class CodeGroups {
public:
    // depth: bytes a row. dimensions: of the rows themselves.
    CodeGroups(std::int64_t depth, double scale, std::int64_t dimensions);

    // A coarse code. A row outside the cube of the codes always matches.
    void add(const Codes& codes, std::int64_t row);
    std::int64_t size() const { return m_size; }
    std::int64_t groupCount() const { return (m_size + lanes - 1) / lanes; }

    // Of a fine code: what matchCodes needs so that no row can be missed whose squared distance to the query, as
    // Kernels::squaredDistance computes it from the rows themselves, is below the limit.
    std::int32_t floorFor(const Codes& queryCodes, std::int64_t query, double squaredLimit) const;

    void match(const Kernels& kernels, std::int64_t firstGroup, std::int64_t groups, const std::int8_t* const* queries,
               const std::int32_t* floors, std::int64_t queryCount, std::uint16_t* hits) const;

    static constexpr std::int64_t lanes = 16;

private:
    std::int64_t m_depth;
    double m_scale;
    double m_slack;      // 1 + more than the relative rounding error of a direct distance
    double m_underflow;  // more than what a direct squared distance loses to underflow
    double m_largestError = 0;
    std::int64_t m_size = 0;
    Buffer<std::uint8_t> m_groups;
    std::vector<std::int32_t> m_laneStart;
};

}  // namespace engine
