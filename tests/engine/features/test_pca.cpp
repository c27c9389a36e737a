// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/features/pca.h"

using namespace engine;

namespace {

Matrix randomRows(std::int64_t rows, std::int64_t cols, std::uint64_t seed) {
    Matrix data(rows, cols);
    Random random(seed);
    // Column c has the deviation 1 / (1 + c), so that the order of the components is known.
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t c = 0; c < cols; ++c)
            data.row(i)[c] = static_cast<float>(5 + random.normal() / static_cast<double>(1 + c));
    return data;
}

Matrix applied(const Pca& pca, const Matrix& data, const RunContext& context) {
    Matrix result;
    PcaTransform(pca).apply(data, context, result);
    return result;
}

double distance(const Matrix& data, std::int64_t a, std::int64_t b) {
    double sum = 0;
    for (std::int64_t c = 0; c < data.cols; ++c) sum += std::pow(data.row(a)[c] - data.row(b)[c], 2);
    return std::sqrt(sum);
}

}  // namespace

TEST_CASE("all components are a rotation: distances stay") {
    const Matrix data = randomRows(300, 7, 1);
    const Pca pca = fitPca(data, 7, RunContext());
    const Matrix turned = applied(pca, data, RunContext());
    CHECK(pca.explained == Approx(1));
    for (int i = 1; i < 300; i += 7) CHECK(distance(turned, 0, i) == Approx(distance(data, 0, i)).epsilon(1e-4));
}

TEST_CASE("components are orthonormal and ordered by their variance, which is what was drawn") {
    const Matrix data = randomRows(20000, 5, 2);
    const Pca pca = fitPca(data, 3, RunContext());
    const Matrix turned = applied(pca, data, RunContext());
    for (int d = 0; d < 3; ++d) {
        for (int e = 0; e < 3; ++e) {
            double dot = 0;
            for (int c = 0; c < 5; ++c) dot += pca.components.row(d)[c] * pca.components.row(e)[c];
            CHECK(dot == Approx(d == e ? 1 : 0).margin(1e-5));
        }
        double squares = 0;
        for (std::int64_t i = 0; i < data.rows; ++i) squares += std::pow(turned.row(i)[d], 2);
        CHECK(std::sqrt(squares / 20000) == Approx(1.0 / (1 + d)).epsilon(0.03));
    }
    CHECK(pca.explained == Approx((1 + 1 / 4. + 1 / 9.) / (1 + 1 / 4. + 1 / 9. + 1 / 16. + 1 / 25.)).epsilon(0.01));
}

TEST_CASE("the same data give the same components, and nonsense is refused") {
    const Matrix data = randomRows(100, 4, 3);
    CHECK(fitPca(data, 2, RunContext()).components.values == fitPca(data, 2, RunContext()).components.values);
    CHECK_THROWS_AS(fitPca(data, 5, RunContext()), Error);
    CHECK_THROWS_AS(fitPca(data, 0, RunContext()), Error);
    CHECK_THROWS_AS(applied(fitPca(data, 2, RunContext()), Matrix(3, 5), RunContext()), Error);
}

TEST_CASE("rows are brought to the components alike by one thread and by two, in every instruction set") {
    const Matrix data = randomRows(131, 37, 4);
    const Pca pca = fitPca(data, 19, RunContext());
    CHECK_FALSE(PcaTransform(pca).isIdentity());
    CHECK(PcaTransform(Pca()).isIdentity());
    const RunContext plain({}, {}, {}, {.threads = 1, .instructionSet = InstructionSet::Scalar});
    const RunContext wide({}, {}, {}, {.threads = 2});
    const Matrix turned = applied(pca, data, plain);
    CHECK(turned.values == applied(pca, data, wide).values);
    for (std::int64_t d = 0; d < 19; ++d) {
        double expected = 0;
        for (std::int64_t c = 0; c < 37; ++c)
            expected += static_cast<double>(pca.components.row(d)[c]) *
                        (static_cast<double>(data.row(130)[c]) - pca.mean[static_cast<std::size_t>(c)]);
        CHECK(turned.row(130)[d] == Approx(expected).margin(1e-4));
    }
}
