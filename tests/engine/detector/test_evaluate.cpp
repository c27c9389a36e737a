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

FitResult fitResnet(const std::filesystem::path& folder) {
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
    Model model = fitResnet(folder.path()).model;
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
    Model model = fitResnet(folder.path()).model;
    const Evaluation evaluation = evaluate(model, openImageSet(folder.path()), RunContext());
    REQUIRE(evaluation.warnings.size() == 1);
    CHECK_THAT(evaluation.warnings[0], Contains("copy.png") && Contains("train/good/001.png"));
}

TEST_CASE("with one class missing nothing is made up") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 2, 0);
    Model model = fitResnet(folder.path()).model;
    const Evaluation evaluation = evaluate(model, openImageSet(folder.path()), RunContext());
    CHECK_FALSE(evaluation.auroc);
    CHECK_FALSE(evaluation.f1max);
    CHECK_FALSE(evaluation.pixel.auroc);
    CHECK_FALSE(evaluation.confusion);
}

TEST_CASE("cross-validation uses the images that the model has learned from, whatever they are called") {
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 9, 0, 0);
    const ImageSet set = openImageSet(folder / "set");
    FitParameters parameters;
    parameters.backbone.name = "resnet18";
    parameters.backbone.device = "cpu";
    parameters.preprocess.sizePx = 64;
    parameters.limit = 4;
    const Model model = fit(parameters, set, test::formulaResnet18(), RunContext()).model;
    const CrossValidation few = crossValidate(model, set, 2, RunContext());
    std::vector<std::string> learned;
    for (const TrainingImage& image : model.info.training) learned.push_back(image.name);
    REQUIRE(learned.size() == 4);
    CHECK(few.names == learned);
    CHECK(few.scores.size() == 4);
    CHECK(few.leftOut == 5);
    CHECK(few.ownImages);

    // The same scores, whatever else is in the set and whatever the files are called.
    for (const TrainingImage& image : model.info.training) {
        std::filesystem::create_directories(folder / "moved");
        std::filesystem::copy_file(folder / "set" / image.name,
                                   folder / "moved" / ("x" + std::filesystem::path(image.name).filename().string()));
    }
    const CrossValidation moved = crossValidate(model, openImageSet(folder / "moved"), 2, RunContext());
    CHECK(moved.scores == few.scores);
    CHECK(moved.leftOut == 0);

    test::writeParts(folder / "other/x", 12, 0, 0);
    for (int i = 0; i < 9; ++i) {
        const auto name = "other/x/train/good/00" + std::to_string(i) + ".png";
        std::filesystem::remove(folder / name);
    }
    const CrossValidation foreign = crossValidate(model, openImageSet(folder / "other/x"), 2, RunContext());
    CHECK_FALSE(foreign.ownImages);
    CHECK(foreign.scores.size() == 3);
    CHECK(foreign.leftOut == 0);
}

TEST_CASE("cross-validated scores are those of parts that the bank has not seen") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 7, 0, 0);
    Model model = fitResnet(folder.path()).model;
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
