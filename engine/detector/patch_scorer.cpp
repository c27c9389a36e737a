// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/patch_scorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace engine {

PatchScorer::PatchScorer(IndexKind kind, int reweight, std::shared_ptr<const Matrix> bank, const RunContext& context)
    : m_reweight(reweight), m_bank(std::move(bank)), m_index(makeIndex(kind, m_bank, context)) {}

PatchScores PatchScorer::score(const Matrix& queries, const RunContext& context) const {
    Neighbours nearest = m_index->search(queries, 1, context);
    PatchScores scores;
    scores.distances = std::move(nearest.distances);
    const auto worst = std::max_element(scores.distances.begin(), scores.distances.end()) - scores.distances.begin();
    scores.image = scores.distances[static_cast<std::size_t>(worst)];
    if (m_reweight > 0)
        scores.image =
            reweighted(queries.row(worst), nearest.rows[static_cast<std::size_t>(worst)], scores.image, context);
    return scores;
}

double PatchScorer::reweighted(const float* query, std::int64_t nearestRow, double distance,
                               const RunContext& context) const {
    Matrix entry(1, m_bank->cols);
    std::copy_n(m_bank->row(nearestRow), m_bank->cols, entry.row(0));
    const Neighbours around = m_index->search(entry, std::min<std::int64_t>(m_reweight, m_bank->rows), context);
    std::vector<double> toNeighbours;
    for (const std::int64_t row : around.rows) {
        double sum = 0;
        for (std::int64_t c = 0; c < m_bank->cols; ++c) {
            const double difference = static_cast<double>(query[c]) - m_bank->row(row)[c];
            sum += difference * difference;
        }
        toNeighbours.push_back(std::sqrt(sum));
    }
    // exp() overflows for distances in the hundreds; only differences matter, so the largest goes first.
    const double largest = std::max(distance, *std::max_element(toNeighbours.begin(), toNeighbours.end()));
    double total = 0;
    for (const double d : toNeighbours) total += std::exp(d - largest);
    return (1 - std::exp(distance - largest) / total) * distance;
}

}  // namespace engine
