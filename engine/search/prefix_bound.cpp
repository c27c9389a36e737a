// SPDX-License-Identifier: Apache-2.0
#include "engine/search/prefix_bound.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace engine {

namespace {

// Of shorter rows the whole distance costs little more.
constexpr std::int64_t shortestWorthwhile = 96;

}  // namespace

PrefixBound::PrefixBound(const Matrix& bank, const RunContext& context)
    : m_bank(bank),
      m_prefix(bank.cols < shortestWorthwhile ? bank.cols : (bank.cols / 3 + 15) / 16 * 16),
      m_rounding(2e-7F * (static_cast<float>(bank.cols) / 16 + 32)) {
    const Kernels& kernels = kernelsFor(context.compute().instructionSet);
    m_rest.reserve(static_cast<std::size_t>(bank.rows));
    for (std::int64_t row = 0; row < bank.rows; ++row) m_rest.push_back(restOf(bank.row(row), kernels));
}

float PrefixBound::restOf(const float* row, const Kernels& kernels) const {
    static constexpr std::array<float, 1024> zeros{};
    constexpr auto step = static_cast<std::int64_t>(zeros.size());
    float squares = 0;
    for (std::int64_t first = m_prefix; first < m_bank.cols; first += step)
        squares += kernels.squaredDistance(row + first, zeros.data(), std::min(m_bank.cols - first, step));
    return std::sqrt(squares);
}

std::size_t PrefixBound::keep(std::int64_t* rows, std::size_t count, const float* query, float queryRest, double limit,
                              const Kernels& kernels, float* scratch) const {
    if (m_prefix == m_bank.cols) return count;
    kernels.squaredDistances(m_bank.values.data(), m_bank.cols, rows, static_cast<std::int64_t>(count), m_prefix, query,
                             scratch);
    const double reach = limit * (1 + 2 * static_cast<double>(m_rounding));
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const float rest = m_rest[static_cast<std::size_t>(rows[i])];
        const float gap = std::max(0.0F, std::abs(queryRest - rest) - m_rounding * (queryRest + rest));
        rows[kept] = rows[i];
        kept += scratch[i] + gap * gap <= reach ? 1 : 0;
    }
    return kept;
}

}  // namespace engine
