// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "app/services/query/score_index.h"

using engine::Label;
using engine::OperatingPoint;
using engine::Verdict;
using services::ImageRecord;
using services::ListCounts;
using services::ScoreIndex;
using services::VerdictTally;

namespace {

OperatingPoint cutsAt(std::optional<double> review, std::optional<double> fail) {
    OperatingPoint point;
    point.review = review;
    point.fail = fail;
    return point;
}

// Scores on a coarse lattice, so that ties and scores exactly at a cut occur all the time.
std::vector<ImageRecord> randomImages(int count, std::mt19937& random) {
    std::vector<ImageRecord> images(static_cast<std::size_t>(count));
    for (auto& image : images) {
        image.label = static_cast<Label>(random() % 3);
        const auto kind = random() % 8;
        if (kind > 0) image.score = static_cast<double>(random() % 20) / 4;
        if (kind == 1) image.failure = QStringLiteral("cannot be read");
    }
    return images;
}

std::optional<double> randomCut(std::mt19937& random) {
    if (random() % 5 == 0) return std::nullopt;
    return static_cast<double>(random() % 24) / 4 - 0.5;
}

ListCounts counted(const std::vector<ImageRecord>& images, const OperatingPoint& point) {
    ListCounts counts;
    for (const auto& image : images) {
        const Verdict verdict = services::verdictOf(image, point);
        ++counts.all;
        (verdict == Verdict::Pass     ? counts.pass
         : verdict == Verdict::Review ? counts.review
         : verdict == Verdict::Fail   ? counts.fail
         : verdict == Verdict::Error  ? counts.error
                                      : counts.none)++;
        if (services::isDisagreement(image.label, verdict)) ++counts.disagreements;
    }
    return counts;
}

}  // namespace

TEST_CASE("a disagreement is a good image that fails or a defect that passes") {
    CHECK(services::isDisagreement(Label::Good, Verdict::Fail));
    CHECK(services::isDisagreement(Label::Defect, Verdict::Pass));
    CHECK_FALSE(services::isDisagreement(Label::Good, Verdict::Review));
    CHECK_FALSE(services::isDisagreement(Label::Defect, Verdict::Review));
    CHECK_FALSE(services::isDisagreement(Label::Defect, Verdict::Error));
    CHECK_FALSE(services::isDisagreement(Label::Unlabelled, Verdict::Fail));
}

TEST_CASE("an image without a score is not an error, one that could not be read is") {
    ImageRecord image;
    CHECK(services::verdictOf(image, cutsAt(1, 2)) == Verdict::None);
    image.failure = QStringLiteral("cannot be read");
    CHECK(services::verdictOf(image, cutsAt(1, 2)) == Verdict::Error);
    image.score = 5;
    CHECK(services::verdictOf(image, cutsAt(1, 2)) == Verdict::Error);
}

TEST_CASE("moved cuts judge anew exactly what has another verdict") {
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
        const auto images = randomImages(60, random);
        const ScoreIndex index(images);
        const auto before = cutsAt(randomCut(random), randomCut(random));
        const auto after = cutsAt(randomCut(random), randomCut(random));
        auto changed = index.judgedAnew(before, after);
        std::sort(changed.begin(), changed.end());
        std::vector<int> expected;
        for (std::size_t row = 0; row < images.size(); ++row)
            if (services::verdictOf(images[row], before) != services::verdictOf(images[row], after))
                expected.push_back(static_cast<int>(row));
        REQUIRE(changed == expected);
    }
}

TEST_CASE("counts by binary search are those of counting") {
    std::mt19937 random(2);
    for (int round = 0; round < 300; ++round) {
        const auto images = randomImages(60, random);
        const ScoreIndex index(images);
        std::vector<std::uint8_t> matches(images.size());
        std::vector<ImageRecord> matching;
        for (std::size_t row = 0; row < images.size(); ++row) {
            matches[row] = random() % 2;
            if (matches[row] != 0) matching.push_back(images[row]);
        }
        VerdictTally tally;
        tally.rebuild(images, index, matches);
        const auto point = cutsAt(randomCut(random), randomCut(random));
        REQUIRE(tally.at(point) == counted(matching, point));
    }
}

TEST_CASE("scores that arrive in pieces give the index of all at once") {
    std::mt19937 random(3);
    auto images = randomImages(200, random);
    ScoreIndex index(images);
    for (int round = 0; round < 50; ++round) {
        std::vector<int> rows;
        for (int i = 0; i < 7; ++i) {
            const int row = static_cast<int>(random() % images.size());
            rows.push_back(row);
            images[static_cast<std::size_t>(row)] = randomImages(1, random).front();
        }
        index.update(rows);
        REQUIRE(index.rows() == ScoreIndex(images).rows());
    }
}
