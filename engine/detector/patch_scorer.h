// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"
#include "engine/search/neighbour_index.h"

namespace engine {

struct PatchScores {
    double image = 0;              // the largest distance, re-weighted if asked for
    std::vector<float> distances;  // one a patch: Euclidean, to the nearest row of the bank
};

// Patches against a memory bank (Roth et al., 2022, section 3.3).
class PatchScorer {
public:
    // reweight: b of Eq. 7, the number of neighbours of the nearest bank entry m*, m* included; 0 leaves it out.
    PatchScorer(IndexKind kind, int reweight, std::shared_ptr<const Matrix> bank, const RunContext& context);

    // queries: [patches, dimensions], at least one. Throws as NeighbourIndex::search.
    PatchScores score(const Matrix& queries, const RunContext& context) const;
    const NeighbourIndex& index() const { return *m_index; }

private:
    // s = (1 - exp(d*) / sum over the b neighbours m of m* of exp(|test - m|)) * d*
    double reweighted(const float* query, std::int64_t nearestRow, double distance, const RunContext& context) const;

    int m_reweight;
    std::shared_ptr<const Matrix> m_bank;
    std::unique_ptr<NeighbourIndex> m_index;
};

}  // namespace engine
