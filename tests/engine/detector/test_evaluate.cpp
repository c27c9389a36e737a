// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "engine/core/error.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/fit.h"
#include "tests/support/formula_weights.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

namespace {

FitResult fitParts(const std::filesystem::path& folder) {
    FitParameters parameters;
    parameters.backbone.name = "resnet18";
    parameters.backbone.device = "cpu";
    parameters.preprocess.sizePx = 64;
    return fit(parameters, openImageSet(folder), test::formulaResnet18(), RunContext());
}

}  // namespace

TEST_CASE("an evaluation counts, measures and judges, bad images do not end it") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 6, 5, 6);
    std::ofstream(folder / "test/blot/005.png") << "broken";
    cv::imwrite((folder / "ground_truth/blot/004_mask.png").string(), cv::Mat(10, 10, CV_8UC1, cv::Scalar(255)));
    Model model = fitParts(folder.path()).model;
    model.info.operatingPoint.fail = 0.0;
    int seen = 0;
    const Evaluation evaluation = evaluate(model, openImageSet(folder.path()), RunContext(),
                                           [&](const ImageItem&, const ScoredImage&) { ++seen; });
    CHECK(seen == 11);
    CHECK(evaluation.good == 5);
    CHECK(evaluation.defect == 5);
    REQUIRE(evaluation.failures.size() == 1);
    CHECK_THAT(evaluation.failures[0].reason, Contains("005.png"));
    REQUIRE(evaluation.auroc);
    CHECK(*evaluation.auroc > 0.9);
    REQUIRE(evaluation.aurocInterval);
    CHECK(evaluation.aurocInterval->low <= *evaluation.auroc);
    CHECK(evaluation.aurocInterval->high >= *evaluation.auroc);
    CHECK(evaluation.pixel.masks == 4);  // the fifth mask has another size
    CHECK(std::any_of(evaluation.warnings.begin(), evaluation.warnings.end(),
                      [](const std::string& text) { return text.find("004_mask.png") != std::string::npos; }));
    REQUIRE(evaluation.pixel.auroc);
    CHECK(*evaluation.pixel.auroc > 0.8);
    REQUIRE(evaluation.confusion);  // everything fails at a cut of 0
    CHECK(evaluation.confusion->tp == 5);
    CHECK(evaluation.confusion->fp == 5);
    CHECK(evaluation.falseRejects->value == 1.0);
    CHECK(evaluation.escapes->value == 0.0);
}

TEST_CASE("a test image whose bytes are a training image is warned of") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 1, 1);
    std::filesystem::copy_file(folder / "train/good/001.png", folder / "test/good/copy.png");
    Model model = fitParts(folder.path()).model;
    const Evaluation evaluation = evaluate(model, openImageSet(folder.path()), RunContext());
    REQUIRE(evaluation.warnings.size() == 1);
    CHECK_THAT(evaluation.warnings[0], Contains("copy.png") && Contains("train/good/001.png"));
}

TEST_CASE("with one class missing nothing is made up") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 2, 0);
    Model model = fitParts(folder.path()).model;
    const Evaluation evaluation = evaluate(model, openImageSet(folder.path()), RunContext());
    CHECK_FALSE(evaluation.auroc);
    CHECK_FALSE(evaluation.f1max);
    CHECK_FALSE(evaluation.pixel.auroc);
    CHECK_FALSE(evaluation.confusion);
}

TEST_CASE("cross-validated scores are those of parts that the bank has not seen") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 7, 0, 0);
    Model model = fitParts(folder.path()).model;
    const CrossValidation held = crossValidate(model, openImageSet(folder.path()), 3, RunContext());
    REQUIRE(held.scores.size() == 7);
    CHECK(held.folds == 3);
    const ImageSet set = openImageSet(folder.path());
    std::size_t i = 0;
    for (const ImageItem* item : set.trainingGood()) {
        const Prediction seen = model.detector->score(decodeImage(item->path), RunContext());
        CHECK(held.scores[i] > seen.score);
        CHECK(held.mapMaxima[i] > 0);
        ++i;
    }
    std::filesystem::remove_all(folder / "train");
    test::writeParts(folder.path(), 1, 0, 0);
    CHECK_THROWS_AS(crossValidate(model, openImageSet(folder.path()), 3, RunContext()), Error);
}
