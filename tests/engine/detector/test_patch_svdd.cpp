// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <set>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/fit.h"
#include "engine/detector/patch_svdd.h"
#include "engine/detector/patch_svdd_sampling.h"
#include "tests/engine/detector/trained_checks.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

namespace {

FitParameters smallPatchSvdd() {
    FitParameters parameters;
    parameters.method = "patch-svdd";
    parameters.backbone.device = "cpu";
    parameters.preprocess.sizePx = 96;
    parameters.settings = {{"epochs", "3"}, {"crops", "2"}, {"pairs", "8"}, {"dimensions", "8"}, {"stride", "8"}};
    return parameters;
}

}  // namespace

TEST_CASE("the position task: a patch lies three quarters to one patch away in the direction that its class says") {
    Random random(1);
    std::array<int, 8> seen{};
    const auto sign = [](int value) { return value > 0 ? 1 : value < 0 ? -1 : 0; };
    for (const int patchPx : {32, 64}) {
        for (int i = 0; i < 2000; ++i) {
            const PatchPair pair = positionPair(random, 192, 160, patchPx);
            const int x = 2 * (pair.secondX - pair.firstX);
            const int y = 2 * (pair.secondY - pair.firstY);
            ++seen[static_cast<std::size_t>(pair.position)];
            const int place = 3 * (sign(y) + 1) + sign(x) + 1;  // of nine; the fifth is the patch itself
            REQUIRE(pair.position == (place < 4 ? place : place - 1));
            for (const int step : {std::abs(x), std::abs(y)}) {
                const bool inRange = step == 0 || (step >= 3 * patchPx / 4 && step < patchPx);
                REQUIRE(inRange);
            }
            for (const auto& [cell, side] :
                 {std::pair{pair.firstX, 192}, {pair.secondX, 192}, {pair.firstY, 160}, {pair.secondY, 160}}) {
                REQUIRE(cell >= 0);
                REQUIRE(2 * cell + patchPx <= side);
            }
        }
    }
    for (const int count : seen) CHECK(count == Approx(500).margin(100));
}

TEST_CASE("the SVDD loss pulls at the eight nearest patches, and a crop too small for a step takes what it has") {
    Random random(2);
    std::set<std::pair<int, int>> steps;
    for (int i = 0; i < 500; ++i) {
        const PatchPair pair = nearPair(random, 128, 128, 32);
        steps.insert({pair.secondX - pair.firstX, pair.secondY - pair.firstY});
    }
    CHECK(steps.size() == 8);
    CHECK_FALSE(steps.contains({0, 0}));
    for (int i = 0; i < 200; ++i) {
        const PatchPair pair = positionPair(random, 96, 64, 64);
        CHECK(std::abs(pair.secondX - pair.firstX) <= 16);
        CHECK(pair.firstY == 0);
        CHECK(pair.secondY == 0);
    }
}

TEST_CASE("crops and pairs keep to the region of interest") {
    const InputSpec input = [] {
        InputSpec spec;
        spec.width = 256;
        spec.height = 128;
        return spec;
    }();
    cv::Mat mask(128, 256, CV_8UC1, cv::Scalar(0));
    mask.colRange(0, 128).setTo(255);
    const Preprocessor preprocessor(input);
    const PreparedImages images(preprocessor, Region(mask), Image{test::part(256, 128, 1)});
    PatchSvddParameters parameters;
    parameters.crop = 128;
    parameters.pairs = 50;
    parameters.noise = 0;
    Random random(3);
    for (int i = 0; i < 10; ++i) {
        const Sample sample = patchSvddSample(images, 0, input, parameters, random);
        REQUIRE(sample.size() == 6);
        CHECK(sample[0].values == sample[1].values);  // two views without noise
        int left = -1;
        for (int x = 0; x <= 128 && left < 0; ++x)
            if (images.crop(0, x, 0, 128, 128).values == sample[0].values) left = x;
        REQUIRE(left >= 0);
        for (std::size_t kind = 2; kind < 6; ++kind) {
            const int patchPx = kind < 4 ? 32 : 64;
            CHECK(sample[kind].shape[0] * 3 == static_cast<std::int64_t>(sample[kind].values.size()));
            for (std::size_t v = 0; v < sample[kind].values.size(); ++v) {
                if (v % 3 == 2) continue;
                const int cell = static_cast<int>(sample[kind].values[v]) % 49;
                CHECK(left + 2 * cell + patchPx / 2 <= 128);
            }
        }
    }
}

TEST_CASE("noise and shift of the colours differ between the two views of a crop") {
    const Preprocessor preprocessor(InputSpec{});
    const PreparedImages images(preprocessor, Region(), Image{cv::Mat(256, 256, CV_8UC3, cv::Scalar(90, 120, 150))});
    PatchSvddParameters parameters;
    parameters.noise = 0.02;
    Random random(4);
    const Sample sample = patchSvddSample(images, 0, InputSpec{}, parameters, random);
    const FloatTensor plain =
        images.crop(0, 0, 0, static_cast<int>(parameters.crop), static_cast<int>(parameters.crop));
    for (const std::size_t view : {0U, 1U}) {
        const auto plane = plain.values.size() / 3;
        for (std::size_t c = 0; c < 3; ++c) {
            double sum = 0, squares = 0;
            for (std::size_t i = c * plane; i < (c + 1) * plane; ++i) {
                const double change = (sample[view].values[i] - plain.values[i]) * InputSpec{}.deviation[c];
                sum += change;
                squares += change * change;
            }
            const double mean = sum / static_cast<double>(plane);
            CHECK(std::sqrt(squares / static_cast<double>(plane) - mean * mean) == Approx(0.02).epsilon(0.05));
            CHECK(std::abs(mean) < 0.1);
            CHECK(std::abs(mean) > 1e-5);
        }
    }
    CHECK(sample[0].values != sample[1].values);
}

TEST_CASE("the map of Patch SVDD is the product of both sizes' nearest distances, and its largest pixel the score") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 4, 0, 0);
    FitResult fitted = fit(smallPatchSvdd(), openImageSet(folder.path()), {}, RunContext());
    auto& detector = dynamic_cast<PatchSvdd&>(*fitted.model.detector);
    const PatchSvddState& state = detector.state();
    CHECK(fitted.model.info.bankRows == state.small.rows->rows + state.big.rows->rows);
    const InputSpec& input = fitted.model.info.input;
    const Preprocessor preprocessor(input);
    const Image image{test::partWithBlot(96, 64, 700, 40, 30)};
    TensorFile weights;
    detector.save(weights);
    const auto descriptors =
        makePatchSvddLearner(state.parameters, &weights, 0, "cpu", RunContext())
            ->infer(wholeSample(PreparedImages(preprocessor, Region(), image), 0, input), RunContext());
    const auto mapOf = [&](const FloatTensor& grid, const PatchSvddBank& bank, int patchPx, int stridePx) {
        std::vector<float> scores;
        for (std::int64_t cell = 0; cell < grid.shape[0] * grid.shape[1]; ++cell) {
            double nearest = 1e30;
            for (std::int64_t row = 0; row < bank.rows->rows; ++row) {
                double sum = 0;
                for (std::int64_t c = 0; c < bank.rows->cols; ++c)
                    sum += std::pow(
                        grid.values[static_cast<std::size_t>(cell * bank.rows->cols + c)] - bank.rows->row(row)[c], 2);
                nearest = std::min(nearest, std::sqrt(sum));
            }
            scores.push_back(static_cast<float>(nearest));
        }
        return spreadScores(PatchLattice::over(input, patchPx, stridePx), scores,
                            std::vector<std::uint8_t>(scores.size(), 1), input);
    };
    const cv::Mat expected = mapOf(descriptors[0], state.small, 32, 8).mul(mapOf(descriptors[1], state.big, 64, 32));
    const Prediction prediction = detector.score(image, RunContext());
    CHECK(cv::norm(prediction.inputMap, expected, cv::NORM_INF) < 1e-4);
    double largest = 0;
    cv::minMaxLoc(prediction.inputMap, nullptr, &largest);
    CHECK(prediction.score == Approx(largest));
}

TEST_CASE("a blot scores above good parts, and an explanation shows good patches from training images") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 8, 0, 0);
    FitResult fitted = fit(smallPatchSvdd(), openImageSet(folder.path()), {}, RunContext());
    Detector& detector = *fitted.model.detector;
    const double good = std::max(detector.score({test::part(96, 64, 500)}, RunContext()).score,
                                 detector.score({test::part(96, 64, 501)}, RunContext()).score);
    const Image image{test::partWithBlot(96, 64, 600, 40, 30)};
    const Prediction bad = detector.score(image, RunContext());
    CHECK(bad.score > 1.5 * good);
    CHECK(bad.score > fitted.model.info.mapLow);
    REQUIRE(bad.map.size() == cv::Size(96, 64));

    const Explanation why = detector.explain(image, 40, 30, 3, RunContext());
    REQUIRE(why.similar.size() == 3);
    CHECK(why.box.x <= 40);
    CHECK(why.box.x + why.box.width > 40);
    CHECK(why.box.width * why.box.height > 0);
    CHECK(why.similar[0].distance == Approx(why.distance));
    CHECK(why.similar[0].distance <= why.similar[2].distance);
    const std::set<std::size_t> learned{0, 1, 2, 4, 5, 6};  // of eight, two are held out
    for (const SimilarPatch& patch : why.similar) CHECK(learned.contains(patch.trainingImage));
    CHECK_THROWS_AS(detector.explain(image, 96, 0, 3, RunContext()), Error);
}

TEST_CASE("Patch SVDD: fits, files, regions, resuming and thresholds as of every trained method") {
    test::checkTrainedMethod(smallPatchSvdd(), 96, 64, "patch_svdd.small");
}

TEST_CASE("Patch SVDD refuses what it cannot do") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 0, 0);
    FitParameters parameters = smallPatchSvdd();
    parameters.preprocess.sizePx = 32;
    CHECK_THROWS_WITH(fit(parameters, openImageSet(folder.path()), {}, RunContext()), Contains("larger --size"));
    for (const auto& [key, value] : {std::pair{"stride", "3"}, {"lambda", "-1"}, {"coreset", "0"}, {"epoch", "3"}}) {
        parameters = smallPatchSvdd();
        parameters.settings[key] = value;
        CHECK_THROWS_AS(fit(parameters, openImageSet(folder.path()), {}, RunContext()), Error);
    }
}

TEST_CASE("a coreset keeps the share of the patches that is asked for") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 0, 0);
    FitParameters parameters = smallPatchSvdd();
    parameters.settings["coreset"] = "0.5";
    const FitResult fitted = fit(parameters, openImageSet(folder.path()), {}, RunContext());
    CHECK(fitted.model.info.bankRows == Approx(0.5 * static_cast<double>(fitted.model.info.candidates)).margin(2));
}
