// SPDX-License-Identifier: Apache-2.0
#include "engine/search/coreset.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>

#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"
#include "engine/search/candidates.h"
#include "engine/search/code_groups.h"
#include "engine/search/code_space.h"

namespace engine {

namespace {

using Row = std::uint32_t;

// Orders points as the greedy loop does: the larger squared distance first, among equals the lower row.
using Key = std::uint64_t;
Key keyOf(float squaredDistance, Row row) {
    return static_cast<Key>(std::bit_cast<std::uint32_t>(squaredDistance)) << 32 | (0xFFFFFFFFU - row);
}
Row rowOf(Key key) {
    return 0xFFFFFFFFU - static_cast<Row>(key);
}
constexpr Key atDistanceZero = 0xFFFFFFFFU;  // no lower than the key of any point that coincides with a selected one

// Lazy greedy in blocks. For each point: its distance to the nearest of the centres that it has seen, which are the
// first few of those selected. It only ever shrinks, so the next centre is known once the largest of these bounds is
// one of a point that has seen all. Levels narrow the points down: the largest bounds of a level are brought up to date
// and make the next level, whose points are selected from while they exceed the largest bound left outside. On the
// last, every point is kept up to date. Being brought up to date: the codes of centre and point give a lower bound of
// their distance; only where that does not exceed the point's own bound is the distance computed, by the kernel of the
// textbook's loop.
class BlockGreedy {
public:
    BlockGreedy(const Candidates& candidates, const RunContext& context)
        : m_candidates(candidates),
          m_points(*candidates.points),
          m_context(context),
          m_kernels(kernelsFor(context.compute().instructionSet)),
          m_space(m_points, codeDepth, context),
          m_codes(m_space.encode(m_points, CodeStep::Fine, context)),
          m_centreCodes(m_space.encode(m_points, CodeStep::Coarse, context)),
          m_centres(codeDepth, m_space.scale(), m_points.cols),
          m_bound(static_cast<std::size_t>(m_points.rows), std::numeric_limits<float>::max()),
          m_seen(static_cast<std::size_t>(m_points.rows), 0) {}

    CoresetResult run() {
        select(m_candidates.start);
        for (std::int64_t i = 1; i < eagerStart && !complete(); ++i) {
            seeByAll();
            const Row next = static_cast<Row>(std::max_element(m_bound.begin(), m_bound.end()) - m_bound.begin());
            if (m_bound[next] == 0) break;
            select(next);
        }
        seeByAll();
        std::vector<Row> all(static_cast<std::size_t>(m_points.rows));
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Row>(i);
        narrow(0, all, atDistanceZero);

        // One more than wanted was looked for: its distance is the radius.
        CoresetResult result;
        result.indices = std::move(m_selected);
        if (static_cast<std::int64_t>(result.indices.size()) > m_candidates.count) {
            result.radius = std::sqrt(static_cast<double>(m_lastDistance)) / m_candidates.scale;
            result.indices.pop_back();
        }
        fillWithLowestRows(result.indices, m_candidates.count, m_points.rows);
        m_context.report("coreset", m_candidates.count, m_candidates.count);
        return result;
    }

private:
    static constexpr std::int64_t eagerStart = 16;
    struct Level {
        std::size_t size;             // points that make the next level
        std::int64_t selectedAtMost;  // centres selected there before its points are chosen anew
    };
    static constexpr std::array<Level, 2> levels{{{32768, 4096}, {256, 256}}};
    static constexpr std::int64_t codeDepth = 64;
    static constexpr std::size_t chunkRows = 48;
    static constexpr std::int64_t groupsAtOnce = 16;
    static constexpr std::int64_t pairsWorthThreads = 100'000;

    std::int64_t selectedCount() const { return static_cast<std::int64_t>(m_selected.size()); }
    bool complete() const { return selectedCount() > m_candidates.count; }

    void select(std::int64_t row) {
        m_lastDistance = m_bound[static_cast<std::size_t>(row)];
        m_selected.push_back(row);
        m_centres.add(m_centreCodes, row);
        m_bound[static_cast<std::size_t>(row)] = 0;
    }

    void seeByAll() {
        constexpr std::int64_t blockRows = 4096;
        const float* centre = m_points.row(m_selected.back());
        parallelFor((m_points.rows + blockRows - 1) / blockRows, m_context, [&](std::int64_t block) {
            const std::int64_t first = block * blockRows;
            const std::int64_t count = std::min(blockRows, m_points.rows - first);
            m_kernels.lowerNearest(m_points.row(first), count, m_points.cols, centre, m_bound.data() + first);
            std::fill_n(m_seen.begin() + first, count, static_cast<std::int32_t>(selectedCount()));
        });
    }

    // Selects among the rows as long as the best of them comes before `floor`.
    void narrow(std::size_t level, const std::vector<Row>& rows, Key floor) {
        if (level == levels.size()) return selectEagerly(rows, floor);
        const std::int64_t end = selectedCount() + (level == 0 ? m_candidates.count : levels[level - 1].selectedAtMost);
        std::vector<Key> keys;
        std::vector<Row> chosen;
        while (!complete() && selectedCount() < end) {
            keys.clear();
            for (const Row row : rows) {
                const Key key = keyOf(m_bound[row], row);
                if (key > floor) keys.push_back(key);
            }
            if (keys.empty()) return;
            Key nextFloor = floor;
            if (keys.size() > levels[level].size) {
                const auto split = keys.begin() + static_cast<std::ptrdiff_t>(levels[level].size);
                std::nth_element(keys.begin(), split, keys.end(), std::greater<>());
                nextFloor = *split;
                keys.resize(levels[level].size);
            }
            chosen.clear();
            for (const Key key : keys) chosen.push_back(rowOf(key));
            bringUpToDate(chosen);
            narrow(level + 1, chosen, nextFloor);
            m_context.report("coreset", std::min(selectedCount(), m_candidates.count), m_candidates.count);
        }
    }

    void selectEagerly(const std::vector<Row>& rows, Key floor) {
        std::vector<std::int64_t> alive;
        for (const Row row : rows)
            if (keyOf(m_bound[row], row) > floor) alive.push_back(row);
        std::vector<float> distances(alive.size());
        while (!alive.empty()) {
            Key best = 0;
            for (const std::int64_t row : alive)
                best = std::max(best, keyOf(m_bound[static_cast<std::size_t>(row)], static_cast<Row>(row)));
            select(rowOf(best));
            m_kernels.squaredDistances(m_points.values.data(), m_points.cols, alive.data(),
                                       static_cast<std::int64_t>(alive.size()), m_points.cols,
                                       m_points.row(rowOf(best)), distances.data());
            std::size_t kept = 0;
            for (std::size_t i = 0; i < alive.size(); ++i) {
                const Row row = static_cast<Row>(alive[i]);
                m_bound[row] = std::min(m_bound[row], distances[i]);
                m_seen[row] = static_cast<std::int32_t>(selectedCount());
                if (keyOf(m_bound[row], row) > floor) alive[kept++] = row;
            }
            alive.resize(kept);
            if (complete()) break;
        }
    }

    // Rows that lag about equally go together, so that their products with the centres that they lack are dense.
    void bringUpToDate(std::vector<Row>& rows) {
        std::sort(rows.begin(), rows.end(),
                  [&](Row a, Row b) { return m_seen[a] != m_seen[b] ? m_seen[a] < m_seen[b] : a < b; });
        std::vector<std::size_t> starts;
        std::int64_t pairs = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int64_t lag = selectedCount() - m_seen[rows[i]];
            pairs += lag;
            if (starts.empty() || i - starts.back() == chunkRows ||
                (selectedCount() - m_seen[rows[starts.back()]]) * 7 / 8 > lag + 32)
                starts.push_back(i);
        }
        starts.push_back(rows.size());
        const auto work = [&](std::int64_t chunk) {
            const std::size_t first = starts[static_cast<std::size_t>(chunk)];
            seeRest(rows.data() + first,
                    static_cast<std::int64_t>(starts[static_cast<std::size_t>(chunk) + 1] - first));
        };
        const auto chunks = static_cast<std::int64_t>(starts.size()) - 1;
        if (pairs > pairsWorthThreads)
            parallelFor(chunks, m_context, work);
        else
            for (std::int64_t chunk = 0; chunk < chunks; ++chunk) work(chunk);
    }

    // Up to chunkRows rows, the first of which has seen least, see the centres that they have not seen.
    void seeRest(const Row* rows, std::int64_t count) {
        std::array<const std::int8_t*, chunkRows> codes;
        std::array<std::int32_t, chunkRows> floors;
        std::array<std::uint16_t, chunkRows * groupsAtOnce> hits;
        for (std::int64_t i = 0; i < count; ++i) codes[static_cast<std::size_t>(i)] = m_codes.row(rows[i]);
        for (std::int64_t group = m_seen[rows[0]] / CodeGroups::lanes; group < m_centres.groupCount();
             group += groupsAtOnce) {
            const std::int64_t groups = std::min(groupsAtOnce, m_centres.groupCount() - group);
            for (std::int64_t i = 0; i < count; ++i)
                floors[static_cast<std::size_t>(i)] = m_centres.floorFor(m_codes, rows[i], m_bound[rows[i]]);
            m_centres.match(m_kernels, group, groups, codes.data(), floors.data(), count, hits.data());
            for (std::int64_t i = 0; i < count; ++i) see(rows[i], group, groups, hits.data() + i * groups);
        }
        for (std::int64_t i = 0; i < count; ++i) m_seen[rows[i]] = static_cast<std::int32_t>(selectedCount());
    }

    // The centres that the hits name, by their direct distances.
    void see(Row row, std::int64_t firstGroup, std::int64_t groups, const std::uint16_t* hits) {
        std::array<std::int64_t, groupsAtOnce * CodeGroups::lanes> centres;
        std::array<float, groupsAtOnce * CodeGroups::lanes> distances;
        std::size_t count = 0;
        for (std::int64_t g = 0; g < groups; ++g)
            for (unsigned mask = hits[g]; mask != 0; mask &= mask - 1)
                centres[count++] =
                    m_selected[static_cast<std::size_t>((firstGroup + g) * CodeGroups::lanes + std::countr_zero(mask))];
        if (count == 0) return;
        m_kernels.squaredDistances(m_points.values.data(), m_points.cols, centres.data(),
                                   static_cast<std::int64_t>(count), m_points.cols, m_points.row(row),
                                   distances.data());
        m_bound[row] = std::min(
            m_bound[row], *std::min_element(distances.begin(), distances.begin() + static_cast<std::ptrdiff_t>(count)));
    }

    const Candidates& m_candidates;
    const Matrix& m_points;
    const RunContext& m_context;
    const Kernels& m_kernels;
    CodeSpace m_space;
    Codes m_codes;        // of points that centres are held against
    Codes m_centreCodes;  // of points that may become centres
    CodeGroups m_centres;
    std::vector<std::int64_t> m_selected;
    float m_lastDistance = 0;  // of the last selected to those before it
    std::vector<float> m_bound;
    std::vector<std::int32_t> m_seen;
};

}  // namespace

CoresetResult selectCoreset(const Matrix& matrix, const CoresetParameters& parameters, const RunContext& context) {
    Candidates candidates;
    prepareCandidates(matrix, parameters, context, candidates);
    return BlockGreedy(candidates, context).run();
}

}  // namespace engine
