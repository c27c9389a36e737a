// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <vector>

#include "engine/core/error.h"
#include "engine/kernels/kernels.h"
#include "engine/search/coreset.h"
#include "tests/engine/search/search_data.h"
#include "tests/support/process_status.h"
#include "tests/support/sanitizer.h"
#include "tests/support/test_data.h"

using namespace engine;

namespace {

std::vector<InstructionSet> availableSets() {
    std::vector<InstructionSet> result;
    for (const InstructionSet set : {InstructionSet::Scalar, InstructionSet::Avx2, InstructionSet::Avx512})
        if (static_cast<int>(set) <= static_cast<int>(widestInstructionSet())) result.push_back(set);
    return result;
}

CoresetParameters counted(std::int64_t count, int dimensions = 0) {
    CoresetParameters parameters;
    parameters.count = count;
    parameters.projectionDimensions = dimensions;
    return parameters;
}

// Greedy k-centre by its definition, in double.
std::vector<std::int64_t> byDefinition(const Matrix& points, std::int64_t start, std::int64_t count, double& radius) {
    std::vector<std::int64_t> selected{start};
    while (true) {
        std::int64_t farthest = 0;
        radius = -1;
        for (std::int64_t i = 0; i < points.rows; ++i) {
            double nearest = std::numeric_limits<double>::infinity();
            for (const std::int64_t s : selected) {
                double sum = 0;
                for (std::int64_t c = 0; c < points.cols; ++c)
                    sum += std::pow(static_cast<double>(points.row(i)[c]) - points.row(s)[c], 2);
                nearest = std::min(nearest, sum);
            }
            if (nearest > radius) {
                radius = nearest;
                farthest = i;
            }
        }
        if (static_cast<std::int64_t>(selected.size()) == count) break;
        selected.push_back(farthest);
    }
    radius = std::sqrt(radius);
    return selected;
}

}  // namespace

TEST_CASE("both loops select what the definition of greedy k-centre says") {
    const Matrix points = test::featureLike(300, 24, 5);
    const auto textbook = textbookCoreset(points, counted(40), RunContext());
    double radius = 0;
    CHECK(textbook.indices == byDefinition(points, textbook.indices.front(), 40, radius));
    CHECK(textbook.radius == Approx(radius).epsilon(1e-5));
    const auto ours = selectCoreset(points, counted(40), RunContext());
    CHECK(ours.indices == textbook.indices);
    CHECK(ours.radius == textbook.radius);
}

TEST_CASE(
    "on awkward data ours selects what the textbook selects, in every instruction set and on any number of threads") {
    for (const auto& [name, points] : test::awkwardMatrices(700))
        for (const std::int64_t count : {1, 60, 700}) {
            INFO(name << ", " << count);
            const auto expected = textbookCoreset(points, counted(count), test::contextWith(1, InstructionSet::Scalar));
            REQUIRE(expected.indices.size() == static_cast<std::size_t>(count));
            CHECK(std::isfinite(expected.radius));
            for (const InstructionSet set : availableSets())
                for (const int threads : {1, 2}) {
                    const auto textbook = textbookCoreset(points, counted(count), test::contextWith(threads, set));
                    const auto ours = selectCoreset(points, counted(count), test::contextWith(threads, set));
                    CHECK(textbook.indices == expected.indices);
                    CHECK(ours.indices == expected.indices);
                    CHECK(ours.radius == expected.radius);
                }
        }
}

TEST_CASE("ours selects what the textbook selects where many rounds are needed") {
    const Matrix points = test::featureLike(30000, 48, 9);
    auto parameters = counted(3000, 32);
    const auto ours = selectCoreset(points, parameters, test::contextWith(2));
    CHECK(ours.indices == textbookCoreset(points, parameters, test::contextWith(2)).indices);
    CHECK(std::set<std::int64_t>(ours.indices.begin(), ours.indices.end()).size() == 3000);
}

TEST_CASE("once every distance is zero the lowest rows follow") {
    const auto points = test::filled(6, 3, [](auto i, auto) { return i == 4 ? 1.0 : 0.0; });
    auto result = selectCoreset(points, counted(6), RunContext());
    // The start, then the one other place, then the rest from the lowest.
    const std::set<std::int64_t> firstTwo(result.indices.begin(), result.indices.begin() + 2);
    CHECK(firstTwo.count(4) == 1);
    CHECK(std::is_sorted(result.indices.begin() + 2, result.indices.end()));
    CHECK(result.radius == 0);
}

TEST_CASE("the count is a share of the candidates, or a number that at most takes all") {
    const Matrix points = test::featureLike(50, 4, 3);
    CoresetParameters parameters;
    CHECK(selectCoreset(points, parameters, RunContext()).indices.size() == 5);
    parameters.share = 1;
    CHECK(selectCoreset(points, parameters, RunContext()).indices.size() == 50);
    parameters.share = 1e-9;
    CHECK(selectCoreset(points, parameters, RunContext()).indices.size() == 1);
    CHECK(selectCoreset(points, counted(1000), RunContext()).indices.size() == 50);
    CHECK(selectCoreset(test::featureLike(1, 4, 3), counted(3), RunContext()).indices == std::vector<std::int64_t>{0});
}

TEST_CASE("the start and the projection follow the seed") {
    const Matrix points = test::featureLike(2000, 40, 3);
    auto parameters = counted(20, 8);
    const auto first = selectCoreset(points, parameters, RunContext()).indices;
    CHECK(selectCoreset(points, parameters, RunContext()).indices == first);
    parameters.seed = 1;
    CHECK(selectCoreset(points, parameters, RunContext()).indices != first);
}

TEST_CASE("what cannot be selected from is refused") {
    Matrix points = test::featureLike(50, 4, 3);
    for (const double share : {0.0, -0.1, 1.1, std::nan("")}) {
        CoresetParameters parameters;
        parameters.share = share;
        CHECK_THROWS_AS(selectCoreset(points, parameters, RunContext()), Error);
    }
    CHECK_THROWS_AS(selectCoreset(points, counted(-1), RunContext()), Error);
    CHECK_THROWS_AS(selectCoreset(Matrix(0, 4), counted(1), RunContext()), Error);
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
        points.row(31)[2] = bad;
        CHECK_THROWS_WITH(selectCoreset(points, counted(5), RunContext()), Catch::Contains("not finite"));
        CHECK_THROWS_AS(textbookCoreset(points, counted(5), RunContext()), Error);
    }
}

TEST_CASE("progress rises to the total, and a stop in the middle cancels") {
    const Matrix points = test::featureLike(5000, 16, 3);
    std::stop_source stop;
    std::vector<std::int64_t> seen;
    bool stopHalfway = false;
    const RunContext context(stop.get_token(), [&](const Progress& progress) {
        CHECK(progress.stage == "coreset");
        CHECK(progress.total == 2000);
        seen.push_back(progress.done);
        if (stopHalfway && progress.done > 0) stop.request_stop();
    });
    selectCoreset(points, counted(2000), context);
    REQUIRE(!seen.empty());
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    CHECK(seen.back() == 2000);
    seen.clear();
    stopHalfway = true;
    CHECK_THROWS_AS(selectCoreset(points, counted(2000), context), Cancelled);
    CHECK(seen.back() < 2000);
}

TEST_CASE("the projection has the same bits in every instruction set and keeps distances") {
    const Matrix points = test::featureLike(60, 300, 7);
    const Matrix expected = project(points, 100, 4, test::contextWith(1, InstructionSet::Scalar));
    CHECK(expected.rows == 60);
    CHECK(expected.cols == 100);
    for (const InstructionSet set : availableSets())
        CHECK(project(points, 100, 4, test::contextWith(2, set)).values == expected.values);
    double ratio = 0;
    for (std::int64_t i = 1; i < 60; ++i)
        ratio += std::sqrt(kernelsFor(InstructionSet::Scalar).squaredDistance(expected.row(i), expected.row(0), 100) /
                           kernelsFor(InstructionSet::Scalar).squaredDistance(points.row(i), points.row(0), 300)) /
                 59;
    CHECK(ratio == Approx(1).margin(0.2));
    CHECK(project(points, 300, 4, RunContext()).values == points.values);
    CHECK_THROWS_AS(project(points, 0, 4, RunContext()), Error);
}

TEST_CASE("beside the candidates the coreset holds what its header says") {
    if (test::processStatus("VmHWM") == 0) return test::skip("this system does not tell how much memory is held");
    if (test::sanitized) return test::skip("a sanitizer keeps memory of its own");
    constexpr std::int64_t rows = 300'000;
    Random random(11);
    const Matrix points = test::filled(rows, 32, [&](auto, auto) { return random.normal(); });
    for (const int dimensions : {0, 16}) {
        INFO(dimensions << " dimensions");
        test::restartPeak();
        const long before = test::processStatus("VmRSS");
        selectCoreset(points, counted(300, dimensions), RunContext());
        const long held = test::processStatus("VmHWM") - before;
        CHECK(held < rows * (coresetBytesEach + 4 * dimensions) / 1024 + 16 * 1024);
    }
}
