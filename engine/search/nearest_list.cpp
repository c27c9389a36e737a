// SPDX-License-Identifier: Apache-2.0
#include "engine/search/nearest_list.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/kernels.h"

namespace engine {

PreciseDistance::PreciseDistance(InstructionSet instructionSet)
    : m_squaredDistance(kernelsFor(instructionSet).squaredDistance) {}

double PreciseDistance::operator()(const float* a, const float* b, std::int64_t n) const {
    return refined(m_squaredDistance(a, b, n), a, b, n);
}

double PreciseDistance::refined(float quick, const float* a, const float* b, std::int64_t n) {
    if (quick > 1e-28F && quick < 1e36F) return quick;
    double sum = 0;
    for (std::int64_t i = 0; i < n; ++i) {
        const double difference = static_cast<double>(a[i]) - static_cast<double>(b[i]);
        sum += difference * difference;
    }
    return sum;
}

void NearestList::reset(std::int64_t k) {
    m_entries.assign(static_cast<std::size_t>(k), Entry{});
}

void NearestList::offer(double squaredDistance, std::int64_t row) {
    const auto before = [&](const Entry& entry) {
        return entry.squaredDistance < squaredDistance || (entry.squaredDistance == squaredDistance && entry.row < row);
    };
    auto place = m_entries.end();
    while (place != m_entries.begin() && !before(*(place - 1))) --place;
    if (place == m_entries.end() || place->row == row) return;
    std::move_backward(place, m_entries.end() - 1, m_entries.end());
    *place = {squaredDistance, row};
}

void NearestList::store(Neighbours& result, std::int64_t query) const {
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const std::size_t at = static_cast<std::size_t>(query) * m_entries.size() + i;
        result.rows[at] = m_entries[i].row;
        result.distances[at] = static_cast<float>(std::sqrt(m_entries[i].squaredDistance));
    }
}

Neighbours emptyNeighbours(std::int64_t queries, std::int64_t k) {
    Neighbours result;
    result.queries = queries;
    result.k = k;
    result.rows.resize(static_cast<std::size_t>(queries * k));
    result.distances.resize(static_cast<std::size_t>(queries * k));
    return result;
}

}  // namespace engine
