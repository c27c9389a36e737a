// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/matrix.h"
#include "engine/core/random.h"
#include "engine/kernels/kernels.h"

using namespace engine;

namespace {

// Those beside the scalar one that this CPU can run.
std::vector<const Kernels*> vectorKernels() {
    std::vector<const Kernels*> result;
    for (const InstructionSet set : {InstructionSet::Avx2, InstructionSet::Avx512})
        if (static_cast<int>(set) <= static_cast<int>(widestInstructionSet())) result.push_back(&kernelsFor(set));
    return result;
}

const Kernels& scalar() {
    return kernelsFor(InstructionSet::Scalar);
}

Buffer<float> randomValues(std::int64_t count, Random& random) {
    Buffer<float> values(static_cast<std::size_t>(count));
    for (float& value : values) value = static_cast<float>(random.normal() * std::exp(4 * random.normal()));
    return values;
}

bool sameBits(const Buffer<float>& a, const Buffer<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

const std::vector<std::int64_t> widths{1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 31, 33, 63, 100, 128, 384, 391};

}  // namespace

TEST_CASE("a squared distance worked by hand") {
    std::vector<float> a(20, 0.0F);
    std::vector<float> b(20, 0.0F);
    a[0] = 3;
    b[19] = -4;
    CHECK(scalar().squaredDistance(a.data(), b.data(), 20) == 25.0F);
    CHECK(scalar().squaredDistance(a.data(), b.data(), 19) == 9.0F);
    CHECK(scalar().squaredDistance(a.data(), b.data(), 0) == 0.0F);
}

TEST_CASE("the scalar distance is right to rounding") {
    Random random(1);
    for (const std::int64_t n : widths) {
        const auto a = randomValues(n, random);
        const auto b = randomValues(n, random);
        double expected = 0;
        for (std::size_t i = 0; i < a.size(); ++i) expected += std::pow(static_cast<double>(a[i]) - b[i], 2);
        CHECK(scalar().squaredDistance(a.data(), b.data(), n) == Approx(expected).epsilon(1e-5));
    }
}

TEST_CASE("distances have the same bits in every instruction set, at every width and alignment") {
    Random random(2);
    for (const std::int64_t n : widths) {
        const std::int64_t rows = 37;
        const auto points = randomValues(rows * n + 1, random);
        const auto centre = randomValues(n, random);
        std::vector<std::int64_t> ids;
        for (std::int64_t i = 0; i < rows; ++i) ids.push_back((i * 11) % rows);
        for (const Kernels* kernels : vectorKernels())
            for (const int offset : {0, 1}) {
                const float* first = points.data() + offset;
                Buffer<float> expected(rows, 1e3F);
                Buffer<float> actual = expected;
                CHECK(scalar().lowerNearest(first, rows, n, centre.data(), expected.data()) ==
                      kernels->lowerNearest(first, rows, n, centre.data(), actual.data()));
                CHECK(sameBits(expected, actual));
                scalar().squaredDistances(first, n, ids.data(), rows, n, centre.data(), expected.data());
                kernels->squaredDistances(first, n, ids.data(), rows, n, centre.data(), actual.data());
                CHECK(sameBits(expected, actual));
                CHECK(kernels->squaredDistance(first, centre.data(), n) ==
                      scalar().squaredDistance(first, centre.data(), n));
                CHECK(kernels->squaredDistance(centre.data(), first, n) ==
                      scalar().squaredDistance(first, centre.data(), n));
            }
    }
}

TEST_CASE("distances of the first values of longer rows") {
    Random random(5);
    const std::int64_t stride = 50;
    const auto points = randomValues(9 * stride, random);
    const auto centre = randomValues(stride, random);
    const std::vector<std::int64_t> ids{8, 0, 3};
    auto all = vectorKernels();
    all.push_back(&scalar());
    for (const Kernels* kernels : all) {
        Buffer<float> actual(3);
        kernels->squaredDistances(points.data(), stride, ids.data(), 3, 21, centre.data(), actual.data());
        for (std::size_t i = 0; i < ids.size(); ++i)
            CHECK(actual[i] == scalar().squaredDistance(points.data() + ids[i] * stride, centre.data(), 21));
    }
}

TEST_CASE("the nearest distance is only ever lowered, and the largest comes back") {
    const std::vector<float> points{0, 0, 3, 4, 6, 8};
    std::vector<float> nearest{5, 5, 50};
    const std::vector<float> centre{3, 4};
    for (const Kernels* kernels : {&scalar(), vectorKernels().empty() ? &scalar() : vectorKernels().back()}) {
        CHECK(kernels->lowerNearest(points.data(), 3, 2, centre.data(), nearest.data()) == 25);
        CHECK(nearest == std::vector<float>{5, 0, 25});
    }
}

TEST_CASE("products have the same bits in every instruction set") {
    Random random(3);
    for (const std::int64_t width : {1, 5, 16, 17, 48, 64, 65, 128, 130})
        for (const std::int64_t rows : {1, 5, 6, 13}) {
            const std::int64_t depth = 97;
            const std::int64_t stride = (width + 15) / 16 * 16;
            const auto left = randomValues(rows * depth, random);
            const auto right = randomValues(depth * stride, random);
            Buffer<float> expected(static_cast<std::size_t>(rows * width + 1), 7.0F);
            scalar().multiply(left.data(), rows, depth, right.data(), stride, width, expected.data());
            CHECK(expected.back() == 7.0F);
            double sum = 0;
            double magnitude = 0;
            for (std::int64_t k = 0; k < depth; ++k) {
                const double product = static_cast<double>(left[static_cast<std::size_t>(k)]) *
                                       right[static_cast<std::size_t>(k * stride)];
                sum += product;
                magnitude += std::abs(product);
            }
            CHECK(std::abs(expected[0] - sum) <= 1e-5 * magnitude);
            for (const Kernels* kernels : vectorKernels()) {
                Buffer<float> actual(expected.size(), 7.0F);
                kernels->multiply(left.data(), rows, depth, right.data(), stride, width, actual.data());
                CHECK(sameBits(expected, actual));
            }
        }
}

TEST_CASE("close pairs of codes are found exactly, extreme codes included") {
    Random random(4);
    for (const std::int64_t depth : {4, 8, 64, 128, 388})
        for (const std::int64_t groups : {1, 3, 4, 9}) {
            const std::int64_t queryCount = 7 + groups;
            Buffer<std::uint8_t> codes(static_cast<std::size_t>(groups * 16 * depth));
            for (auto& code : codes) code = static_cast<std::uint8_t>(random.below(3) == 0 ? 127 : random.below(128));
            std::vector<std::int8_t> queryCodes(static_cast<std::size_t>(queryCount * depth));
            for (auto& code : queryCodes)
                code =
                    static_cast<std::int8_t>(random.below(3) == 0 ? -127 : static_cast<int>(random.below(255)) - 127);
            std::vector<std::int32_t> laneStart(static_cast<std::size_t>(groups * 16));
            for (auto& start : laneStart) start = static_cast<std::int32_t>(random.below(20001)) - 10000;
            std::vector<const std::int8_t*> queries;
            std::vector<std::int32_t> floors;
            std::vector<std::uint16_t> expected;
            for (std::int64_t q = 0; q < queryCount; ++q) {
                queries.push_back(queryCodes.data() + q * depth);
                // The sums by their definition; the floor is the median of them, and met exactly by one.
                std::vector<std::int32_t> sums;
                for (std::int64_t row = 0; row < groups * 16; ++row) {
                    std::int32_t sum = laneStart[static_cast<std::size_t>(row)];
                    for (std::int64_t k = 0; k < depth; ++k)
                        sum +=
                            codes[static_cast<std::size_t>(row / 16 * 16 * depth + k / 4 * 64 + row % 16 * 4 + k % 4)] *
                            queries.back()[k];
                    sums.push_back(sum);
                }
                auto sorted = sums;
                std::sort(sorted.begin(), sorted.end());
                floors.push_back(sorted[sorted.size() / 2]);
                for (std::int64_t g = 0; g < groups; ++g) {
                    unsigned mask = 0;
                    for (unsigned lane = 0; lane < 16; ++lane)
                        mask |= static_cast<unsigned>(sums[static_cast<std::size_t>(g) * 16 + lane] >= floors.back())
                                << lane;
                    expected.push_back(static_cast<std::uint16_t>(mask));
                }
            }
            auto all = vectorKernels();
            all.push_back(&scalar());
            for (const Kernels* kernels : all) {
                std::vector<std::uint16_t> actual(expected.size());
                kernels->matchCodes(codes.data(), laneStart.data(), groups, depth, queries.data(), floors.data(),
                                    queryCount, actual.data());
                CHECK(actual == expected);
            }
        }
}

TEST_CASE("the widest instruction set is what auto gives, and a wider one is refused") {
    CHECK(kernelsFor(InstructionSet::Auto).instructionSet == widestInstructionSet());
    CHECK(kernelsFor(InstructionSet::Scalar).instructionSet == InstructionSet::Scalar);
    if (widestInstructionSet() != InstructionSet::Avx512) CHECK_THROWS_AS(kernelsFor(InstructionSet::Avx512), Error);
}
