// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>
#include <memory>

#include "engine/detector/patch_scorer.h"

using namespace engine;

namespace {

std::shared_ptr<const Matrix> bankOf(std::initializer_list<float> values) {
    auto bank = std::make_shared<Matrix>(static_cast<std::int64_t>(values.size()), 1);
    std::copy(values.begin(), values.end(), bank->values.begin());
    return bank;
}

Matrix queriesOf(std::initializer_list<float> values) {
    Matrix queries(static_cast<std::int64_t>(values.size()), 1);
    std::copy(values.begin(), values.end(), queries.values.begin());
    return queries;
}

}  // namespace

TEST_CASE("a patch scores the distance to its nearest entry, an image its largest patch") {
    const PatchScorer scorer(IndexKind::Flat, 0, bankOf({0, 10, 20}), RunContext());
    const PatchScores scores = scorer.score(queriesOf({1, 13, 20}), RunContext());
    CHECK(scores.distances == std::vector<float>{1, 3, 0});
    CHECK(scores.image == 3);
}

TEST_CASE("Eq. 7 by hand: b neighbours of the nearest entry, itself included") {
    // 13 is nearest to m* = 11, at 2; the two entries nearest to m* are 11 and 10, at 2 and 3 from the patch.
    const PatchScorer scorer(IndexKind::Flat, 2, bankOf({0, 10, 11, 20}), RunContext());
    const PatchScores scores = scorer.score(queriesOf({13, 0}), RunContext());
    CHECK(scores.distances == std::vector<float>{2, 0});
    CHECK(scores.image == Approx((1 - std::exp(2.0) / (std::exp(2.0) + std::exp(3.0))) * 2));
}

TEST_CASE("Eq. 7 does not overflow, and more neighbours than entries are all entries") {
    const PatchScorer scorer(IndexKind::Flat, 9, bankOf({0, 5000}), RunContext());
    const double image = scorer.score(queriesOf({-3000}), RunContext()).image;
    CHECK(image == Approx(3000));  // the other entry is so much farther that the weight is 1
}
