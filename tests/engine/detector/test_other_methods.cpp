// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every method that learns without a gradient.
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include <opencv2/core.hpp>

#include "engine/core/error.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/fit.h"
#include "tests/engine/detector/fit_parts.h"
#include "tests/support/formula_weights.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

namespace {

FitParameters smallUntrained(const std::string& method) {
    FitParameters parameters;
    parameters.method = method;
    parameters.backbone.name = "resnet18";
    parameters.backbone.device = "cpu";
    parameters.backbone.stages = {"2", "3"};  // a small network: it is fitted some fifty times
    parameters.preprocess.sizePx = 64;
    if (method == "padim") parameters.settings["dimensions"] = "12";
    if (method == "spade") parameters.settings["neighbours"] = "3";
    return parameters;
}

double scoreOf(Model& model, const cv::Mat& image) {
    return model.detector->score({image}, RunContext()).score;
}

}  // namespace

TEST_CASE("every method tells a blot from good parts, and those with a map say where it is") {
    const std::string method = GENERATE("spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 8, 0, 0, 97, 65);
    FitResult fitted = test::fitParts(folder.path(), smallUntrained(method));
    CHECK(fitted.model.info.method == method);
    CHECK(fitted.model.detector->hasMap() == (method != "mahalanobis"));
    double worstGood = 0;
    for (std::uint64_t i = 0; i < 4; ++i)
        worstGood = std::max(worstGood, scoreOf(fitted.model, test::part(97, 65, 500 + i)));
    for (const auto& [x, y] : {std::pair{30, 20}, {60, 40}}) {
        const Prediction prediction =
            fitted.model.detector->score({test::partWithBlot(97, 65, 600, x, y)}, RunContext());
        CHECK(prediction.score > worstGood);
        CHECK(prediction.map.empty() == (method == "mahalanobis"));
        CHECK((fitted.model.info.mapHigh > fitted.model.info.mapLow) == fitted.model.detector->hasMap());
        if (prediction.map.empty()) continue;
        REQUIRE(prediction.map.size() == cv::Size(97, 65));
        cv::Point peak;
        cv::minMaxLoc(prediction.map, nullptr, nullptr, nullptr, &peak);
        CHECK(std::hypot(peak.x - x, peak.y - y) < 9);
    }
}

TEST_CASE("every method: two fits are the same bytes, for one thread and two") {
    const std::string method = GENERATE("spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 5, 0, 0);
    const ImageSet set = openImageSet(folder / "set");
    const auto bytes = [&](int threads, const char* name) {
        const RunContext context({}, {}, {}, {threads, InstructionSet::Auto});
        saveModel(folder / name, fit(smallUntrained(method), set, test::formulaResnet18(), context).model);
        return test::contentOf(folder / name);
    };
    const std::string first = bytes(2, "a.anomaly");
    CHECK(first == bytes(2, "b.anomaly"));
    CHECK(first == bytes(1, "c.anomaly"));
}

TEST_CASE("every method learns in fp32 what it scores in bf16") {
    const std::string method = GENERATE("patchcore", "spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 5, 0, 0);
    FitParameters parameters = smallUntrained(method);
    const FitResult exact = test::fitParts(folder / "set", parameters);
    parameters.backbone.precision = Precision::Bf16;
    if (!cpuHasBf16()) {
        try {
            test::fitParts(folder / "set", parameters);
            FAIL("bf16 on a CPU without it");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::Unsupported);
        }
        return;
    }
    FitResult rounded = test::fitParts(folder / "set", parameters);
    CHECK(rounded.model.info.precision == Precision::Bf16);
    saveModel(folder / "fp32.anomaly", exact.model);
    saveModel(folder / "bf16.anomaly", rounded.model);
    std::string bytes = test::contentOf(folder / "bf16.anomaly");
    bytes.replace(bytes.find("bf16"), 4, "fp32");
    CHECK(bytes == test::contentOf(folder / "fp32.anomaly"));

    const cv::Mat image = test::partWithBlot(96, 64, 1, 30, 30);
    Model opened = openModel(folder / "bf16.anomaly", test::onCpu(), RunContext());
    CHECK(scoreOf(rounded.model, image) == scoreOf(opened, image));
    Model inFp32 = openModel(folder / "fp32.anomaly", test::onCpu(), RunContext());
    CHECK(scoreOf(opened, image) != scoreOf(inFp32, image));
    CHECK(scoreOf(opened, image) == Approx(scoreOf(inFp32, image)).epsilon(0.1));
}

TEST_CASE("every method: a model reads back as it was, scores the same and is written the same") {
    const std::string method = GENERATE("spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 4, 0, 0);
    FitParameters parameters = smallUntrained(method);
    cv::Mat mask(64, 96, CV_8UC1, cv::Scalar(0));
    mask.colRange(0, 60).setTo(255);
    parameters.region = Region(mask);
    if (method == "mahalanobis") parameters.settings["reduction"] = "pca";
    FitResult fitted = test::fitParts(folder / "set", parameters);
    saveModel(folder / "m.anomaly", fitted.model);
    Model model = openModel(folder / "m.anomaly", test::onCpu(), RunContext());
    const Image image{test::partWithBlot(96, 64, 1, 30, 30)};
    const Prediction before = fitted.model.detector->score(image, RunContext());
    const Prediction after = model.detector->score(image, RunContext());
    CHECK(before.score == after.score);
    if (!before.map.empty()) CHECK(cv::norm(before.map, after.map, cv::NORM_INF) == 0);
    saveModel(folder / "again.anomaly", model);
    CHECK(test::contentOf(folder / "again.anomaly") == test::contentOf(folder / "m.anomaly"));
    OperatingPoint point;
    point.fail = 1.5;
    point.rule = "manual";
    writeOperatingPoint(folder / "m.anomaly", point);
    CHECK(openModel(folder / "m.anomaly", test::onCpu(), RunContext()).detector->score(image, RunContext()).score ==
          before.score);
}

TEST_CASE("every method: a truncated model, and one whose tensors are missing, cut, of another type or not finite") {
    const std::string method = GENERATE("spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 4, 0, 0);
    FitParameters parameters = smallUntrained(method);
    saveModel(folder / "m.anomaly", test::fitParts(folder / "set", parameters).model);
    const std::string whole = test::contentOf(folder / "m.anomaly");
    for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 40)
        CHECK_THROWS_AS(
            openModel(std::as_bytes(std::span(whole.data(), size)), "m.anomaly", test::onCpu(), RunContext()), Error);

    const TensorFile sound = readSafetensors(folder / "m.anomaly");
    const auto refused = [&](const TensorFile& file) {
        writeSafetensors(folder / "d.anomaly", file);
        try {
            Model model = openModel(folder / "d.anomaly", test::onCpu(), RunContext());
            scoreOf(model, test::part(96, 64, 3));
        } catch (const Error& error) {
            return error.code() == ErrorCode::Corrupt;
        }
        return false;
    };
    int seen = 0;
    for (const auto& [name, tensor] : sound.tensors) {
        if (name.find(method) == std::string::npos) continue;
        CAPTURE(name);
        ++seen;
        TensorFile file = sound;
        file.tensors.erase(name);
        CHECK(refused(file));
        file = sound;
        file.tensors[name].shape.insert(file.tensors[name].shape.begin(), 1);
        CHECK(refused(file));
        file = sound;
        Tensor& last = file.tensors[name];
        if (last.shape.back() > 1) {
            const std::int64_t rows = last.count() / last.shape.back();
            last.shape.back() -= 1;
            last.bytes.resize(static_cast<std::size_t>(rows * last.shape.back()) * 4);
            CHECK(refused(file));
        }
        if (tensor.type != DataType::F32) {
            file = sound;
            reinterpret_cast<std::int32_t*>(file.tensors[name].bytes.data())[0] = -5;
            CHECK(refused(file));
            continue;
        }
        // The first value of a covariance's factor is on its diagonal.
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            file = sound;
            reinterpret_cast<float*>(file.tensors[name].bytes.data())[0] = bad;
            CHECK(refused(file));
        }
        if (name.find("factor") == std::string::npos) continue;
        file = sound;
        reinterpret_cast<float*>(file.tensors[name].bytes.data())[0] = 0;
        CHECK(refused(file));
    }
    CHECK(seen >= 2);
}

TEST_CASE("every method: what is outside the region is neither learned nor seen") {
    const std::string method = GENERATE("spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 6, 0, 0);
    FitParameters parameters = smallUntrained(method);
    parameters.preprocess.sizePx = 96;
    cv::Mat mask(64, 96, CV_8UC1, cv::Scalar(0));
    mask.colRange(0, 32).setTo(255);
    parameters.region = Region(mask);
    FitResult fitted = test::fitParts(folder.path(), parameters);
    const double clean = scoreOf(fitted.model, test::part(96, 64, 800));
    const Prediction outside = fitted.model.detector->score({test::partWithBlot(96, 64, 800, 88, 32)}, RunContext());
    const double inside = scoreOf(fitted.model, test::partWithBlot(96, 64, 800, 14, 32));
    CHECK(outside.score == Approx(clean).epsilon(0.02));
    CHECK(inside > 1.2 * clean);
    if (outside.map.empty()) return;
    double largest = 0;
    cv::minMaxLoc(outside.map.colRange(32, 96), nullptr, &largest);
    CHECK(largest == 0);
}

TEST_CASE("every method: the estimate names what the fit then does") {
    const std::string method = GENERATE("spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 6, 0, 0);
    const FitParameters parameters = smallUntrained(method);
    const ImageSet set = openImageSet(folder / "set");
    const FitEstimate estimate = estimateFit(parameters, set, test::formulaResnet18(), RunContext());
    const FitResult fitted = fit(parameters, set, test::formulaResnet18(), RunContext());
    CHECK(estimate.images == 6);
    CHECK(estimate.candidates == fitted.model.info.candidates);
    CHECK(estimate.bankRows == fitted.model.info.bankRows);
    CHECK(estimate.bankDimensions == fitted.model.info.bankDimensions);
    CHECK(estimate.seconds > 0);
    saveModel(folder / "m.anomaly", fitted.model);
    const auto size = static_cast<double>(std::filesystem::file_size(folder / "m.anomaly"));
    CHECK(static_cast<double>(estimate.modelBytes) == Approx(size).epsilon(0.1));
}

TEST_CASE("every method: a cancelled fit throws, from every stage") {
    const std::string method = GENERATE("spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 4, 0, 0);
    for (const std::string& wanted :
         {std::string("features"), std::string(method == "spade" ? "map range" : "covariance")}) {
        std::stop_source source;
        bool seen = false;
        const RunContext context(source.get_token(), [&](const Progress& progress) {
            if (progress.stage != wanted) return;
            seen = true;
            source.request_stop();
        });
        CHECK_THROWS_AS(fit(smallUntrained(method), openImageSet(folder.path()), test::formulaResnet18(), context),
                        Cancelled);
        CHECK(seen);
    }
}

TEST_CASE("every method: a cross-validated score is that of a model fitted without the image") {
    const std::string method = GENERATE("spade", "padim", "mahalanobis");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "all", 6, 0, 0);
    const FitParameters parameters = smallUntrained(method);
    Model model = test::fitParts(folder / "all", parameters).model;
    const CrossValidation held = crossValidate(model, openImageSet(folder / "all"), 6, RunContext());
    REQUIRE(held.scores.size() == 6);
    CHECK(held.folds == 6);
    CHECK(held.mapMaxima.empty() == (method == "mahalanobis"));
    constexpr std::size_t left = 4;
    const std::string name = "train/good/004.png";
    std::filesystem::copy(folder / "all", folder / "others", std::filesystem::copy_options::recursive);
    std::filesystem::remove(folder / "others" / name);
    Model without = test::fitParts(folder / "others", parameters).model;
    const Image image = decodeImage(folder / "all" / name);
    const Prediction expected = without.detector->score(image, RunContext());
    CHECK(held.scores[left] == Approx(expected.score).epsilon(1e-3));
    if (expected.map.empty()) return;
    double largest = 0;
    cv::minMaxLoc(expected.map, nullptr, &largest);
    CHECK(held.mapMaxima[left] == Approx(largest).epsilon(1e-3));
    // A model that has seen the image finds it less strange.
    CHECK(model.detector->score(image, RunContext()).score < held.scores[left]);
}

TEST_CASE("an explanation: good patches by spade, the distance alone by padim, a reason by mahalanobis") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 5, 0, 0);
    const Image image{test::partWithBlot(96, 64, 700, 40, 30)};
    for (const std::string method : {"spade", "padim"}) {
        CAPTURE(method);
        FitResult fitted = test::fitParts(folder.path(), smallUntrained(method));
        const Explanation why = fitted.model.detector->explain(image, 40, 30, 3, RunContext());
        CHECK(why.distance > 0);
        CHECK(why.box.x <= 40);
        CHECK(why.box.x + why.box.width > 40);
        CHECK(why.similar.size() == (method == "spade" ? 3 : 0));
        for (const SimilarPatch& patch : why.similar) CHECK(patch.trainingImage < 5);
        if (method == "spade") {
            CHECK(why.similar[0].distance == Approx(why.distance));
            CHECK(why.similar[0].distance <= why.similar[2].distance);
            CHECK(fitted.model.pictures.size() == 5);
        }
        CHECK_THROWS_AS(fitted.model.detector->explain(image, 96, 0, 3, RunContext()), Error);
    }
    FitResult whole = test::fitParts(folder.path(), smallUntrained("mahalanobis"));
    CHECK_THROWS_WITH(whole.model.detector->explain(image, 40, 30, 3, RunContext()), Contains("as a whole"));
}
