// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "engine/core/error.h"
#include "engine/detector/evaluate.h"
#include "engine/detector/fit.h"
#include "tests/engine/detector/fit_parts.h"
#include "tests/support/formula_weights.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

// What every method that trains on frozen networks has to do.

namespace {

// Another network of the same layout: the first convolution's values in reverse.
TensorFile otherResnet18() {
    TensorFile weights = test::formulaResnet18();
    Tensor& first = weights.tensors.at("conv1.weight");
    auto* values = reinterpret_cast<float*>(first.bytes.data());
    std::reverse(values, values + first.count());
    return weights;
}

const TensorFile& firstWeights() {
    static const TensorFile weights = test::formulaResnet18();
    return weights;
}

FitWeights weights() {
    static const TensorFile other = otherResnet18();
    return {firstWeights(), other};
}

FitParameters smallTrained(const std::string& method) {
    FitParameters parameters;
    parameters.method = method;
    parameters.backbone.name = parameters.partner.name = "resnet18";
    parameters.backbone.device = parameters.partner.device = "cpu";
    // PFM's mappings are wide where the networks are.
    parameters.backbone.stages = method == "pfm" ? std::vector<StageName>{"2", "3"} : std::vector<StageName>{"3", "4"};
    parameters.preprocess.sizePx = 96;
    parameters.settings = {{"epochs", "4"}, {"learning_rate", "0.003"}};
    if (method == "pfm") parameters.settings.insert({{"latent", "0.25"}, {"finest_rate", "1"}});
    return parameters;
}

std::string modelBytes(const FitParameters& parameters, const ImageSet& set, const RunContext& context,
                       const std::filesystem::path& path) {
    saveModel(path, fit(parameters, set, weights(), context).model);
    return test::contentOf(path);
}

Model openFrom(const TensorFile& file, const std::filesystem::path& path) {
    writeSafetensors(path, file);
    return openModel(path, test::onCpu(), RunContext());
}

}  // namespace

TEST_CASE("trained: a blot scores above good parts, the map's peak is on it, and the losses fall") {
    const std::string method = GENERATE("cfa", "pfm");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 8, 0, 0, 97, 65);
    FitParameters parameters = smallTrained(method);
    parameters.settings["epochs"] = "12";
    FitResult fitted = fit(parameters, openImageSet(folder.path()), weights(), RunContext());
    REQUIRE(fitted.model.info.losses.size() == 12);
    CHECK(fitted.model.info.losses.back() < 0.9 * fitted.model.info.losses.front());
    CHECK(fitted.model.info.mapHigh > fitted.model.info.mapLow);
    Detector& detector = *fitted.model.detector;
    double worstGood = 0;
    for (std::uint64_t i = 0; i < 4; ++i)
        worstGood = std::max(worstGood, detector.score({test::part(97, 65, 500 + i)}, RunContext()).score);
    const Image blot{test::partWithBlot(97, 65, 600, 60, 40)};
    const Prediction prediction = detector.score(blot, RunContext());
    CHECK(prediction.score > worstGood);
    REQUIRE(prediction.map.size() == cv::Size(97, 65));
    cv::Point peak;
    cv::minMaxLoc(prediction.map, nullptr, nullptr, nullptr, &peak);
    CHECK(std::hypot(peak.x - 60, peak.y - 40) < 12);
    const Explanation why = detector.explain(blot, 60, 40, 3, RunContext());
    CHECK(why.similar.empty());
    CHECK(why.distance > detector.explain(blot, 10, 55, 3, RunContext()).distance);
    CHECK(why.box.x <= 60);
    CHECK(why.box.x + why.box.width > 60);
    CHECK_THROWS_AS(detector.explain(blot, 97, 0, 3, RunContext()), Error);
}

TEST_CASE("trained: two fits are the same bytes, and one thread learns what two learn") {
    const std::string method = GENERATE("cfa", "pfm");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 5, 0, 0);
    const ImageSet set = openImageSet(folder / "set");
    const auto bytes = [&](int threads, std::uint64_t seed) {
        const RunContext context({}, {}, {}, {threads, InstructionSet::Auto});
        FitParameters parameters = smallTrained(method);
        parameters.seed = seed;
        return modelBytes(parameters, set, context, folder / "m.anomaly");
    };
    const std::string first = bytes(2, 0);
    CHECK((first == bytes(2, 0)));  // not shown: they are no text
    CHECK((first == bytes(1, 0)));
    CHECK((first != bytes(2, 1)));
}

TEST_CASE("trained: a fit that was stopped goes on from its checkpoint to the same bytes") {
    const std::string method = GENERATE("cfa", "pfm");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 5, 0, 0);
    const ImageSet set = openImageSet(folder / "set");
    FitParameters parameters = smallTrained(method);
    const std::string whole = modelBytes(parameters, set, RunContext(), folder / "whole.anomaly");
    parameters.checkpoint = folder / "m.training";
    std::stop_source source;
    const RunContext stopped(source.get_token(), [&](const Progress& progress) {
        if (progress.stage == "training" && progress.done >= 13) source.request_stop();  // five an epoch
    });
    CHECK_THROWS_AS(fit(parameters, set, weights(), stopped), Cancelled);
    REQUIRE(std::filesystem::exists(parameters.checkpoint));
    std::vector<std::string> warnings;
    std::vector<std::int64_t> trained;
    const RunContext context(
        {},
        [&](const Progress& progress) {
            if (progress.stage == "training") trained.push_back(progress.done);
        },
        [&](const std::string& warning) { warnings.push_back(warning); });
    CHECK((modelBytes(parameters, set, context, folder / "m.anomaly") == whole));
    REQUIRE(!trained.empty());
    CHECK(trained.front() == 10);  // what the checkpoint has is told, and not learned again
    CHECK(std::is_sorted(trained.begin(), trained.end()));
    CHECK(trained.back() == 20);
    REQUIRE(warnings.size() == 1);
    CHECK_THAT(warnings[0], Contains("goes on after epoch 2 of 4"));
    // Another seed is another training.
    parameters.seed = 1;
    warnings.clear();
    modelBytes(parameters, set, context, folder / "m.anomaly");
    REQUIRE(warnings.size() == 1);
    CHECK_THAT(warnings[0], Contains("starts anew"));
}

TEST_CASE("trained: a model reads back as it was, and what is damaged in it is refused") {
    const std::string method = GENERATE("cfa", "pfm");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 4, 0, 0);
    FitResult fitted = fit(smallTrained(method), openImageSet(folder / "set"), weights(), RunContext());
    saveModel(folder / "m.anomaly", fitted.model);
    Model model = openModel(folder / "m.anomaly", test::onCpu(), RunContext());
    CHECK(model.info.losses == fitted.model.info.losses);
    CHECK(model.info.partnerName == (method == "pfm" ? "resnet18" : ""));
    const Image image{test::partWithBlot(96, 64, 1, 30, 30)};
    const Prediction before = fitted.model.detector->score(image, RunContext());
    const Prediction after = model.detector->score(image, RunContext());
    CHECK(before.score == after.score);
    CHECK(cv::norm(before.map, after.map, cv::NORM_INF) == 0);
    saveModel(folder / "again.anomaly", model);
    CHECK((test::contentOf(folder / "again.anomaly") == test::contentOf(folder / "m.anomaly")));

    const TensorFile good = readSafetensors(folder / "m.anomaly");
    for (const auto& [name, tensor] : good.tensors) {
        if (!name.starts_with("learner.") && !name.starts_with("cfa.")) continue;
        if (method == "pfm" && !name.starts_with("learner.stage1.backward.encoder1")) continue;  // one of each kind
        CAPTURE(name);
        TensorFile bad = good;
        bad.tensors.erase(name);
        CHECK_THROWS_AS(openFrom(bad, folder / "bad.anomaly"), Error);
        bad = good;
        reinterpret_cast<float*>(bad.tensors.at(name).bytes.data())[0] = NAN;
        CHECK_THROWS_AS(openFrom(bad, folder / "bad.anomaly"), Error);
        bad = good;
        Tensor& half = bad.tensors.at(name);
        if (half.shape[0] % 2 != 0) continue;
        half.shape[0] /= 2;
        half.bytes.resize(half.bytes.size() / 2);
        if (name == "cfa.bank") continue;  // half as many rows are a smaller bank
        CHECK_THROWS_AS(openFrom(bad, folder / "bad.anomaly"), Error);
    }
    TensorFile swapped = good;
    reinterpret_cast<float*>(swapped.tensors.at("backbone.conv1.weight").bytes.data())[0] += 1;
    CHECK_THROWS_WITH(openFrom(swapped, folder / "bad.anomaly"), Contains("not the one that it was fitted with"));
}

TEST_CASE("trained: a region of interest: what is outside is neither learned nor seen") {
    const std::string method = GENERATE("cfa", "pfm");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 5, 0, 0);
    FitParameters parameters = smallTrained(method);
    cv::Mat mask(64, 96, CV_8UC1, cv::Scalar(0));
    mask.colRange(0, 48).setTo(255);
    parameters.region = Region(mask);
    parameters.settings["epochs"] = "12";
    FitResult fitted = fit(parameters, openImageSet(folder.path()), weights(), RunContext());
    Detector& detector = *fitted.model.detector;
    const double clean = detector.score({test::part(96, 64, 800)}, RunContext()).score;
    const Prediction outside = detector.score({test::partWithBlot(96, 64, 800, 84, 32)}, RunContext());
    const Prediction inside = detector.score({test::partWithBlot(96, 64, 800, 20, 32)}, RunContext());
    CHECK(inside.score > clean);
    CHECK(outside.score < inside.score);
    double largest = 0;
    cv::minMaxLoc(outside.map.colRange(48, 96), nullptr, &largest);
    CHECK(largest == 0);
    CHECK_THROWS_AS(detector.explain({test::part(96, 64, 800)}, 80, 30, 1, RunContext()), Error);
}

TEST_CASE("trained: a stop is heard in every stage") {
    const std::string method = GENERATE("cfa", "pfm");
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 4, 0, 0);
    for (const std::string wanted : {"features", "training"}) {
        CAPTURE(method, wanted);
        std::stop_source source;
        bool seen = false;
        const RunContext context(source.get_token(), [&](const Progress& progress) {
            if (progress.stage != wanted) return;
            seen = true;
            source.request_stop();
        });
        CHECK_THROWS_AS(fit(smallTrained(method), openImageSet(folder.path()), weights(), context), Cancelled);
        CHECK(seen);
    }
}

TEST_CASE("trained: cross-validation scores every image by a model that was trained without it") {
    const std::string method = GENERATE("cfa", "pfm");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 6, 0, 0);
    // One "good" image is not like the others: a model that had learned from it would know it.
    cv::Mat odd = test::partWithBlot(96, 64, 2, 50, 30, 9);
    cv::imwrite((folder / "train/good/002.png").string(), odd);
    FitParameters parameters = smallTrained(method);
    parameters.settings["epochs"] = "12";
    FitResult fitted = fit(parameters, openImageSet(folder.path()), weights(), RunContext());
    const CrossValidation crossed = crossValidate(fitted.model, openImageSet(folder.path()), 5, RunContext());
    CHECK(crossed.folds == 3);
    REQUIRE(crossed.scores.size() == 6);
    const auto highest = std::max_element(crossed.scores.begin(), crossed.scores.end());
    CHECK(highest - crossed.scores.begin() == 2);
    CHECK(crossed.scores == crossed.mapMaxima);
    CHECK(crossed.scores[2] > fitted.model.detector->score({odd}, RunContext()).score);
}

TEST_CASE("trained: a learning rate out of all proportion stops with a reason") {
    const std::string method = GENERATE("cfa", "pfm");
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 4, 0, 0);
    FitParameters parameters = smallTrained(method);
    parameters.settings = {{"epochs", "60"}, {"learning_rate", "100"}, {"weight_decay", "10"}};
    if (method == "pfm") parameters.settings["finest_rate"] = "1000";
    CHECK_THROWS_WITH(fit(parameters, openImageSet(folder.path()), weights(), RunContext()),
                      Contains("smaller learning rate"));
}

TEST_CASE("trained: the estimate names what the fit then does, and a method without its networks is refused") {
    const std::string method = GENERATE("cfa", "pfm");
    CAPTURE(method);
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 4, 0, 0);
    const ImageSet set = openImageSet(folder / "set");
    const FitParameters parameters = smallTrained(method);
    const FitEstimate estimate = estimateFit(parameters, set, weights(), RunContext());
    const FitResult fitted = fit(parameters, set, weights(), RunContext());
    CHECK(estimate.images == 4);
    CHECK(estimate.epochs == 4);
    CHECK(estimate.bankRows == fitted.model.info.bankRows);
    CHECK(estimate.candidates == fitted.model.info.candidates);
    CHECK(estimate.seconds > 0);
    saveModel(folder / "m.anomaly", fitted.model);
    const auto size = static_cast<double>(std::filesystem::file_size(folder / "m.anomaly"));
    CHECK(static_cast<double>(estimate.modelBytes) == Approx(size).epsilon(0.1));
    CHECK_THROWS_WITH(fit(parameters, set, FitWeights(), RunContext()), Contains("pretrained network"));
}

TEST_CASE("trained: features that exceed the memory budget are kept in a file, and the model is the same") {
    test::TemporaryFolder folder;
    test::writeParts(folder / "set", 4, 0, 0);
    const ImageSet set = openImageSet(folder / "set");
    FitParameters parameters = smallTrained("cfa");
    const std::string all = modelBytes(parameters, set, RunContext(), folder / "a.anomaly");
    parameters.memoryBudgetBytes = 100'000;
    CHECK((modelBytes(parameters, set, RunContext(), folder / "b.anomaly") == all));
}
