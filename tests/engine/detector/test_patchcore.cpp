// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "engine/core/error.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/fit.h"
#include "engine/detector/patchcore.h"
#include "tests/engine/detector/fit_parts.h"
#include "tests/support/formula_weights.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

namespace {

FitParameters smallPatchCore() {
    FitParameters parameters;
    parameters.backbone.name = "resnet18";
    parameters.backbone.device = "cpu";
    parameters.preprocess.sizePx = 96;
    return parameters;
}

}  // namespace

TEST_CASE("a blot scores above every good part and the map's peak is on it, for odd sizes") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 8, 0, 0, 97, 65);
    FitResult fitted = test::fitParts(folder.path(), smallPatchCore());
    CHECK(fitted.imagesUsed == 8);
    CHECK(fitted.model.info.bankRows > 0);
    double worstGood = 0;
    for (std::uint64_t i = 0; i < 4; ++i)
        worstGood =
            std::max(worstGood, fitted.model.detector->score({test::part(97, 65, 500 + i)}, RunContext()).score);
    for (const auto& [x, y] : {std::pair{30, 20}, {60, 40}, {75, 30}}) {
        const Prediction prediction =
            fitted.model.detector->score({test::partWithBlot(97, 65, 600, x, y)}, RunContext());
        CHECK(prediction.score > worstGood);
        REQUIRE(prediction.map.size() == cv::Size(97, 65));
        cv::Point peak;
        cv::minMaxLoc(prediction.map, nullptr, nullptr, nullptr, &peak);
        CHECK(std::hypot(peak.x - x, peak.y - y) < 9);
    }
}

TEST_CASE("two fits are the same bytes, and one thread selects what two select") {
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 5, 0, 0);
    const ImageSet set = openImageSet(folder / "set");
    const auto bytes = [&](int threads, const char* name) {
        const RunContext context({}, {}, {}, {threads, InstructionSet::Auto});
        saveModel(folder / name, fit(smallPatchCore(), set, test::formulaResnet18(), context).model);
        std::ifstream file(folder / name, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const std::string first = bytes(2, "a.anomaly");
    CHECK(first == bytes(2, "b.anomaly"));
    CHECK(first == bytes(1, "c.anomaly"));
}

TEST_CASE("an explanation names a training patch that is as near as the score says") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 4, 0, 0);
    FitResult fitted = test::fitParts(folder.path(), smallPatchCore());
    const Image image{test::partWithBlot(96, 64, 700, 40, 30)};
    const Explanation why = fitted.model.detector->explain(image, 40, 30, 3, RunContext());
    REQUIRE(why.similar.size() == 3);
    CHECK(why.box.x <= 40);
    CHECK(why.box.x + why.box.width > 40);
    CHECK(why.box.y <= 30);
    CHECK(why.box.y + why.box.height > 30);
    CHECK(why.similar[0].distance == Approx(why.distance));
    CHECK(why.similar[0].distance <= why.similar[1].distance);
    for (const SimilarPatch& patch : why.similar) {
        CHECK(patch.trainingImage < fitted.model.info.training.size());
        CHECK(patch.box.x >= 0);
        CHECK(patch.box.x + patch.box.width <= 96);
    }
    CHECK(fitted.model.pictures.size() == 4);
    CHECK_THROWS_AS(fitted.model.detector->explain(image, 96, 0, 3, RunContext()), Error);
    CHECK_THROWS_AS(fitted.model.detector->explain(image, -1, 0, 3, RunContext()), Error);
}

TEST_CASE("a region of interest: what is outside is neither learned nor seen") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 5, 0, 0);
    FitParameters parameters = smallPatchCore();
    cv::Mat mask(64, 96, CV_8UC1, cv::Scalar(0));
    mask.colRange(0, 48).setTo(255);
    parameters.region = Region(mask);
    FitResult fitted = test::fitParts(folder.path(), parameters);
    const double clean = fitted.model.detector->score({test::part(96, 64, 800)}, RunContext()).score;
    const Prediction outside = fitted.model.detector->score({test::partWithBlot(96, 64, 800, 84, 32)}, RunContext());
    const Prediction inside = fitted.model.detector->score({test::partWithBlot(96, 64, 800, 20, 32)}, RunContext());
    CHECK(inside.score > 1.3 * clean);
    CHECK(outside.score < inside.score);
    double largest = 0;
    cv::minMaxLoc(outside.map.colRange(48, 96), nullptr, &largest);
    CHECK(largest == 0);
}

TEST_CASE("16-bit images are seen between the values of those that were learned from, 8-bit ones as they are") {
    test::TemporaryFolder folder;
    test::writeParts(folder / "plain", 5, 0, 0);
    test::writeParts(folder / "deep", 5, 0, 0);
    const auto deepened = [](const cv::Mat& image) {  // of 12 bits
        cv::Mat deep;
        image.convertTo(deep, CV_16U, 16);
        return deep;
    };
    for (const auto& file : std::filesystem::directory_iterator(folder / "deep/train/good"))
        cv::imwrite(file.path().string(), deepened(cv::imread(file.path().string(), cv::IMREAD_UNCHANGED)));
    const FitResult plain = test::fitParts(folder / "plain", smallPatchCore());
    CHECK(plain.model.info.input.sixteenBitLow == 0);
    CHECK(plain.model.info.input.sixteenBitHigh == 65535);
    const FitResult deep = test::fitParts(folder / "deep", smallPatchCore());
    const InputSpec& input = deep.model.info.input;
    CHECK(input.sixteenBitLow > 16 * 50);
    CHECK(input.sixteenBitHigh < 16 * 210);
    const double good = deep.model.detector->score({deepened(test::part(96, 64, 800))}, RunContext()).score;
    const double blot =
        deep.model.detector->score({deepened(test::partWithBlot(96, 64, 800, 40, 30))}, RunContext()).score;
    CHECK(blot > 1.5 * good);
}

TEST_CASE("bad training images are listed and passed over, and none at all is an error") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 0, 0);
    std::ofstream(folder / "train/good/000.png") << "not a picture";
    std::ofstream(folder / "train/good/zzz.png").close();
    const FitResult fitted = test::fitParts(folder.path(), smallPatchCore());
    CHECK(fitted.imagesUsed == 2);
    CHECK(fitted.failures.size() == 2);
    for (const char* name : {"001.png", "002.png"}) std::filesystem::remove(folder / "train/good" / name);
    CHECK_THROWS_WITH(test::fitParts(folder.path(), smallPatchCore()), Contains("none of the 2 good training images"));
}

TEST_CASE("a budget too small for all candidates samples them as they come, and says so") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 6, 0, 0);
    FitParameters parameters = smallPatchCore();
    const std::int64_t all = test::fitParts(folder.path(), parameters).model.info.candidates;
    parameters.memoryBudgetBytes = all / 3 * 4 * (384 + 128 + 8);
    const FitResult fitted = test::fitParts(folder.path(), parameters);
    CHECK(fitted.model.info.candidates <= all / 3);
    CHECK(fitted.model.info.candidates > all / 4);
    REQUIRE(fitted.model.info.notes.size() == 1);
    CHECK_THAT(fitted.model.info.notes[0], Contains("memory budget"));
}

TEST_CASE("an approximate index states its recall and still finds the blot") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 6, 0, 0);
    FitParameters parameters = smallPatchCore();
    parameters.settings["index"] = "approximate";
    FitResult fitted = test::fitParts(folder.path(), parameters);
    REQUIRE(fitted.model.info.notes.size() == 1);
    CHECK_THAT(fitted.model.info.notes[0], Contains("approximate index finds the true nearest neighbour for"));
    const double clean = fitted.model.detector->score({test::part(96, 64, 900)}, RunContext()).score;
    CHECK(fitted.model.detector->score({test::partWithBlot(96, 64, 900, 40, 30)}, RunContext()).score > clean);
}

TEST_CASE("the estimate names what the fit then does") {
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 6, 0, 0);
    FitParameters parameters = smallPatchCore();
    parameters.settings["coreset"] = "0.2571";  // no whole number of patches
    const ImageSet set = openImageSet(folder / "set");
    const FitEstimate estimate = estimateFit(parameters, set, test::formulaResnet18(), RunContext());
    const FitResult fitted = fit(parameters, set, test::formulaResnet18(), RunContext());
    CHECK(estimate.images == 6);
    CHECK(estimate.candidates == fitted.model.info.candidates);
    CHECK(estimate.bankRows == fitted.model.info.bankRows);
    CHECK(estimate.bankDimensions == fitted.model.info.bankDimensions);
    saveModel(folder / "m.anomaly", fitted.model);
    const auto size = static_cast<double>(std::filesystem::file_size(folder / "m.anomaly"));
    CHECK(static_cast<double>(estimate.modelBytes) == Approx(size).epsilon(0.1));
}

TEST_CASE("a cancelled fit throws, from every stage") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 4, 0, 0);
    for (const std::string wanted : {"features", "coreset"}) {
        std::stop_source source;
        bool seen = false;
        const RunContext context(source.get_token(), [&](const Progress& progress) {
            if (progress.stage != wanted) return;
            seen = true;
            source.request_stop();
        });
        CHECK_THROWS_AS(fit(smallPatchCore(), openImageSet(folder.path()), test::formulaResnet18(), context),
                        Cancelled);
        CHECK(seen);
    }
}
