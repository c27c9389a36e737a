// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "engine/core/random.h"
#include "engine/detector/position_statistics.h"
#include "engine/features/packed_triangle.h"

using namespace engine;

namespace {

constexpr std::int64_t positions = 5;
constexpr int dimensions = 53;
constexpr int images = 37;  // more than two blocks, and not a whole number of them

struct Shown {
    std::vector<Matrix> embeddings;
    std::vector<std::vector<std::uint8_t>> inspected;
};

// Far from zero, so that a sum of squares would cancel.
Shown shown() {
    Shown all;
    Random random(11);
    for (int i = 0; i < images; ++i) {
        Matrix rows(positions, dimensions);
        for (std::size_t v = 0; v < rows.values.size(); ++v)
            rows.values[v] = static_cast<float>(300 + static_cast<double>(v % 7) * random.normal());
        all.embeddings.push_back(std::move(rows));
        std::vector<std::uint8_t> inspected(positions, 1);
        inspected[3] = i % 3 == 0 ? 1 : 0;
        inspected[4] = 0;
        all.inspected.push_back(std::move(inspected));
    }
    return all;
}

PositionStatistics statisticsOf(const Shown& all, int threads, InstructionSet instructions) {
    const RunContext context({}, {}, {}, {threads, instructions});
    PositionStatistics statistics(positions, dimensions);
    for (std::size_t i = 0; i < all.embeddings.size(); ++i)
        statistics.add(all.embeddings[i], all.inspected[i], context);
    statistics.finish(context);
    return statistics;
}

}  // namespace

TEST_CASE("mean and covariance of images that come one by one are those of two passes over all of them") {
    const Shown all = shown();
    PositionStatistics statistics = statisticsOf(all, 2, InstructionSet::Auto);
    const Matrix means = statistics.means();
    for (std::int64_t position = 0; position < positions; ++position) {
        CAPTURE(position);
        std::vector<double> mean(dimensions, 0.0);
        std::vector<const float*> rows;
        for (std::size_t i = 0; i < images; ++i)
            if (all.inspected[i][static_cast<std::size_t>(position)] != 0)
                rows.push_back(all.embeddings[i].row(position));
        CHECK(statistics.count(position) == static_cast<std::int64_t>(rows.size()));
        if (rows.empty()) continue;
        for (const float* row : rows)
            for (std::size_t c = 0; c < dimensions; ++c) mean[c] += row[c] / static_cast<double>(rows.size());
        double worst = 0;
        for (std::size_t a = 0; a < dimensions; ++a) {
            CHECK(means.row(position)[a] == Approx(mean[a]));
            for (std::size_t b = 0; b <= a; ++b) {
                double sum = 0;
                for (const float* row : rows) sum += (row[a] - mean[a]) * (row[b] - mean[b]);
                const float ours = statistics.sums()[static_cast<std::size_t>(position) * packedSize(dimensions) +
                                                     packedColumn(dimensions, b) + a - b];
                worst = std::max(worst, std::abs(ours - sum));
            }
        }
        // The largest sums are about 37 times 36.
        CHECK(worst < 0.01);
    }
}

TEST_CASE("the statistics are the same bits for any number of threads and any instruction set") {
    const Shown all = shown();
    PositionStatistics one = statisticsOf(all, 1, InstructionSet::Scalar);
    PositionStatistics two = statisticsOf(all, 2, InstructionSet::Auto);
    CHECK(one.sums() == two.sums());
    CHECK(one.means().values == two.means().values);
}
