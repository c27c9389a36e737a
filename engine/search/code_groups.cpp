// SPDX-License-Identifier: Apache-2.0
#include "engine/search/code_groups.h"

#include <algorithm>
#include <cmath>

namespace engine {

namespace {

// Beyond any sum of products: a lane that always matches, one that never does, and the lowest floor in between.
constexpr std::int32_t always = 1 << 30;
constexpr std::int32_t never = -(1 << 30);
constexpr double lowestFloor = -(1 << 29);

}  // namespace

CodeGroups::CodeGroups(std::int64_t depth, double scale, std::int64_t dimensions)
    : m_depth(depth),
      m_scale(scale),
      m_slack(1 + 2e-7 * (static_cast<double>(dimensions) / 16 + 32)),
      m_underflow(3e-45 * static_cast<double>(dimensions)) {}

void CodeGroups::add(const Codes& codes, std::int64_t row) {
    const std::int64_t lane = m_size % lanes;
    if (lane == 0) {
        m_groups.resize(m_groups.size() + static_cast<std::size_t>(lanes * m_depth), 0);
        m_laneStart.resize(m_laneStart.size() + static_cast<std::size_t>(lanes), never);
    }
    std::uint8_t* group = m_groups.data() + m_size / lanes * lanes * m_depth;
    const std::int8_t* values = codes.row(row);
    for (std::int64_t k = 0; k < m_depth; ++k)
        group[k / 4 * 4 * lanes + lane * 4 + k % 4] = static_cast<std::uint8_t>(values[k] + 64);
    const float error = codes.error[static_cast<std::size_t>(row)];
    const bool coded = codes.isInside(row);
    if (coded) m_largestError = std::max(m_largestError, static_cast<double>(error));
    m_laneStart[static_cast<std::size_t>(m_size)] = coded ? -codes.norm[static_cast<std::size_t>(row)] : always;
    ++m_size;
}

// With b what lies beyond the cube, |q - 2c|² < r² - b where r is the limit and both errors, in steps of the scale, is
// q·c - |c|² >
// (|q|² - r² + b) / 4. The kernel adds 64 to the codes of c, hence 64 times the sum of q's; what is rounded is rounded
// so that more match. Coordinates are off by rounding, so that outside the cube the errors count before and after.
std::int32_t CodeGroups::floorFor(const Codes& queryCodes, std::int64_t query, double squaredLimit) const {
    const auto at = static_cast<std::size_t>(query);
    const double error = static_cast<double>(queryCodes.error[at]) + m_largestError;
    double reach = std::sqrt(squaredLimit + m_underflow) * m_slack + error;
    if (!queryCodes.isInside(query))
        reach = std::sqrt(std::max(0.0, reach * reach - static_cast<double>(queryCodes.beyond[at]))) + error;
    reach /= m_scale;
    const double floor = std::floor((queryCodes.norm[at] - reach * reach) / 4) - 1 + 64.0 * queryCodes.sum[at];
    return static_cast<std::int32_t>(floor > lowestFloor ? floor : lowestFloor);
}

void CodeGroups::match(const Kernels& kernels, std::int64_t firstGroup, std::int64_t groups,
                       const std::int8_t* const* queries, const std::int32_t* floors, std::int64_t queryCount,
                       std::uint16_t* hits) const {
    kernels.matchCodes(m_groups.data() + firstGroup * lanes * m_depth, m_laneStart.data() + firstGroup * lanes, groups,
                       m_depth, queries, floors, queryCount, hits);
}

}  // namespace engine
