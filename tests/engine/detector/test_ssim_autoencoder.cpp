// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/detector/fit.h"
#include "engine/detector/ssim_autoencoder.h"
#include "tests/engine/detector/trained_checks.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

namespace {

FitParameters smallAutoencoder() {
    FitParameters parameters;
    parameters.method = "ssim-ae";
    parameters.backbone.device = "cpu";
    parameters.preprocess.sizePx = 160;
    parameters.settings = {{"view", "patches"}, {"epochs", "3"}, {"patches", "8"},
                           {"batch", "8"},      {"latent", "4"}, {"stride", "64"}};
    return parameters;
}

}  // namespace

TEST_CASE("patches cover a side to its end") {
    CHECK(patchStarts(128, 30) == std::vector<int>{0});
    CHECK(patchStarts(160, 30) == std::vector<int>{0, 30, 32});
    CHECK(patchStarts(256, 64) == std::vector<int>{0, 64, 128});
    CHECK(patchStarts(256, 30) == std::vector<int>{0, 30, 60, 90, 120, 128});
}

TEST_CASE("a sample has its patches as they stand in the image, from 0 to 1") {
    InputSpec input;
    const Preprocessor preprocessor(input);
    cv::Mat pixels(256, 256, CV_8UC1);
    for (int y = 0; y < 256; ++y)
        for (int x = 0; x < 256; ++x)
            pixels.at<unsigned char>(y, x) = static_cast<unsigned char>((7 * x + 3 * y) % 256);
    const PreparedImages images(preprocessor, Region(), Image{pixels});
    Random random(1);
    const Sample sample = ssimAutoencoderSample(
        images, [] { return std::size_t{0}; }, input, AutoencoderView::Patches, random);
    REQUIRE(sample.size() == 1);
    REQUIRE(sample[0].shape == std::vector<std::int64_t>{4, 3, 128, 128});
    for (std::size_t patch = 0; patch < 4; ++patch) {
        const float* values = sample[0].values.data() + patch * 3 * 128 * 128;
        const auto level = [&](std::size_t i) { return static_cast<int>(std::lround(255 * values[i])); };
        bool same = true;
        for (std::size_t i = 0; i < 3 * 128 * 128; ++i) {
            const std::size_t y = i / 128 % 128;
            const std::size_t x = i % 128;
            same = same && level(i) == (level(0) + static_cast<int>(7 * x + 3 * y)) % 256;
        }
        CHECK(same);
    }
}

TEST_CASE("the map is the mean of the patches that contain a pixel, by the plain loop") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 0, 0, 160, 160);
    FitResult fitted = fit(smallAutoencoder(), openImageSet(folder.path()), {}, RunContext());
    const InputSpec& input = fitted.model.info.input;
    REQUIRE(input.width == 160);
    const Image image{test::partWithBlot(160, 160, 700, 60, 50)};
    TensorFile weights;
    fitted.model.detector->save(weights);
    const auto learner = makeSsimAutoencoder(SsimAutoencoderParameters::from(fitted.model.info.parameters), input,
                                             &weights, 0, "cpu", RunContext());
    const PreparedImages prepared(Preprocessor(input), Region(), image);
    cv::Mat sums(160, 160, CV_64FC1, cv::Scalar(0));
    cv::Mat counts(160, 160, CV_64FC1, cv::Scalar(0));
    for (const int top : {0, 32})
        for (const int left : {0, 32}) {
            FloatTensor patch = prepared.crop(0, left, top, 128, 128);
            for (std::size_t i = 0; i < patch.values.size(); ++i)
                patch.values[i] = patch.values[i] * input.deviation[i / (128 * 128)] + input.mean[i / (128 * 128)];
            patch.shape.insert(patch.shape.begin(), 1);
            Sample sample;
            sample.push_back(patch);
            const auto out = learner->infer(sample, RunContext());
            for (int y = 0; y < 128; ++y)
                for (int x = 0; x < 128; ++x) {
                    sums.at<double>(top + y, left + x) += out[0].values[static_cast<std::size_t>(y * 128 + x)];
                    counts.at<double>(top + y, left + x) += 1;
                }
        }
    cv::Mat expected;
    cv::Mat(sums / counts).convertTo(expected, CV_32F);
    const Prediction prediction = fitted.model.detector->score(image, RunContext());
    CHECK(cv::norm(prediction.inputMap, expected, cv::NORM_INF) < 1e-4);
    double largest = 0;
    cv::minMaxLoc(prediction.inputMap, nullptr, &largest);
    CHECK(prediction.score == Approx(largest));
}

TEST_CASE("view=whole shows the autoencoder the shrunk image, in learning and in scoring") {
    InputSpec input;
    const Preprocessor preprocessor(input);
    const Image image{test::partWithBlot(256, 256, 3, 60, 100, 20)};
    const PreparedImages images(preprocessor, Region(), image);
    Random random(1);
    const Sample sample = ssimAutoencoderSample(
        images, [] { return std::size_t{0}; }, input, AutoencoderView::Whole, random);
    cv::Mat small;
    cv::resize(image.pixels, small, {128, 128}, 0, 0, cv::INTER_AREA);
    double worst = 0;
    for (int i = 0; i < 128 * 128; ++i)
        worst = std::max(worst, std::abs(255.0 * sample[0].values[static_cast<std::size_t>(i)] - small.data[i]));
    CHECK(worst < 0.6);  // `small` is rounded

    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 0, 0, 160, 96);
    FitParameters parameters = smallAutoencoder();
    parameters.settings["view"] = "whole";
    FitResult fitted = fit(parameters, openImageSet(folder.path()), {}, RunContext());
    const InputSpec& spec = fitted.model.info.input;
    REQUIRE(spec.width > spec.height);
    TensorFile weights;
    fitted.model.detector->save(weights);
    const Image part{test::partWithBlot(160, 96, 700, 60, 50)};
    const PreparedImages prepared(Preprocessor(spec), Region(), part);
    Sample whole = ssimAutoencoderSample(
        prepared, [] { return std::size_t{0}; }, spec, AutoencoderView::Whole, random);
    FloatTensor map = makeSsimAutoencoder(SsimAutoencoderParameters::from(fitted.model.info.parameters), spec, &weights,
                                          0, "cpu", RunContext())
                          ->infer(whole, RunContext())
                          .front();
    cv::Mat expected;
    cv::resize(cv::Mat(128, 128, CV_32FC1, map.values.data()), expected, {spec.width, spec.height}, 0, 0,
               cv::INTER_LINEAR);
    const Prediction prediction = fitted.model.detector->score(part, RunContext());
    CHECK(cv::norm(prediction.inputMap, expected, cv::NORM_INF) < 1e-4);
    CHECK(prediction.map.size() == cv::Size(160, 96));
}

TEST_CASE("SSIM autoencoder: fits, files, regions, resuming and thresholds as of every trained method") {
    test::checkTrainedMethod(smallAutoencoder(), 160, 160, "learner.code.weight");
}

TEST_CASE("the SSIM autoencoder refuses what it cannot do") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 0, 0, 160, 160);
    FitParameters parameters = smallAutoencoder();
    parameters.preprocess.sizePx = 96;
    CHECK_THROWS_WITH(fit(parameters, openImageSet(folder.path()), {}, RunContext()), Contains("larger --size"));
    for (const auto& [key, value] :
         {std::pair{"window", "10"}, {"latent", "0"}, {"stride", "200"}, {"lambda", "3"}, {"view", "half"}}) {
        parameters = smallAutoencoder();
        parameters.settings[key] = value;
        CHECK_THROWS_AS(fit(parameters, openImageSet(folder.path()), {}, RunContext()), Error);
    }
    parameters = smallAutoencoder();
    const FitResult fitted = fit(parameters, openImageSet(folder.path()), {}, RunContext());
    try {
        fitted.model.detector->explain({test::part(160, 160, 1)}, 5, 5, 3, RunContext());
        FAIL("an explanation that there cannot be");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Unsupported);
    }
}

TEST_CASE("a learning rate that is far too high ends in words") {
    test::TemporaryFolder folder;
    test::writeParts(folder.path(), 3, 0, 0, 160, 160);
    FitParameters parameters = smallAutoencoder();
    parameters.settings["learning_rate"] = "1";
    parameters.settings["epochs"] = "40";
    CHECK_THROWS_WITH(fit(parameters, openImageSet(folder.path()), {}, RunContext()), Contains("learning_rate"));
}
