// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/engine/training/learner_checks.h"

using namespace engine;

namespace {

constexpr int side = 128;
const std::map<std::string, double> numbers{
    {"learning_rate", 1e-3}, {"weight_decay", 0}, {"latent", 5}, {"window", 11}};

Sample patches(int count) {
    FloatTensor tensor = test::smooth({count, 3, side, side}, 7);
    for (float& value : tensor.values) value = 0.5F + 0.5F * value;
    Sample sample;
    sample.push_back(std::move(tensor));
    return sample;
}

// One colour of one patch, by the definition, over what of the window lies in the patch.
double similarity(const float* p, const float* q, int y, int x, int window) {
    double n = 0, meanP = 0, meanQ = 0;
    const int reach = window / 2;
    const auto each = [&](const auto& visit) {
        for (int row = std::max(0, y - reach); row <= std::min(side - 1, y + reach); ++row)
            for (int column = std::max(0, x - reach); column <= std::min(side - 1, x + reach); ++column)
                visit(static_cast<double>(p[row * side + column]), static_cast<double>(q[row * side + column]));
    };
    each([&](double a, double b) {
        ++n;
        meanP += a;
        meanQ += b;
    });
    meanP /= n;
    meanQ /= n;
    double varianceP = 0, varianceQ = 0, covariance = 0;
    each([&](double a, double b) {
        varianceP += (a - meanP) * (a - meanP) / n;
        varianceQ += (b - meanQ) * (b - meanQ) / n;
        covariance += (a - meanP) * (b - meanQ) / n;
    });
    constexpr double c1 = 0.01, c2 = 0.03;
    return (2 * meanP * meanQ + c1) * (2 * covariance + c2) /
           ((meanP * meanP + meanQ * meanQ + c1) * (varianceP + varianceQ + c2));
}

}  // namespace

TEST_CASE("the map is 1 - SSIM by a direct loop, at the borders too, and the loss is its mean") {
    const int window = GENERATE(11, 5);
    auto settings = numbers;
    settings["window"] = window;
    const auto learner = test::learner("ssim-ae", settings);
    const Sample sample = patches(2);
    const auto out = learner->infer(sample, RunContext());
    REQUIRE(out.size() == 2);
    REQUIRE(out[0].shape == std::vector<std::int64_t>{2, side, side});
    REQUIRE(out[1].shape == sample[0].shape);
    constexpr std::size_t plane = std::size_t{side} * side;
    double sum = 0;
    double worst = 0;
    for (std::size_t patch = 0; patch < 2; ++patch)
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                double expected = 0;
                for (std::size_t c = 0; c < 3; ++c) {
                    const std::size_t from = (3 * patch + c) * plane;
                    expected += (1 - similarity(&sample[0].values[from], &out[1].values[from], y, x, window)) / 3;
                }
                sum += expected;
                const double given = out[0].values[patch * plane + static_cast<std::size_t>(y * side + x)];
                worst = std::max(worst, std::abs(given - expected));
            }
    CHECK(worst < 1e-4);
    const std::vector<Sample> batch{sample};
    CHECK(learner->loss(batch, RunContext()) == Approx(sum / (2.0 * plane)).epsilon(1e-4));
}

TEST_CASE("a patch goes through a code of the size asked for") {
    auto settings = numbers;
    settings["latent"] = 17;
    const TensorFile file = test::weightsOf(*test::learner("ssim-ae", settings));
    CHECK(file.tensors.at("learner.code.weight").shape == std::vector<std::int64_t>{17, 32, 8, 8});
    CHECK(file.tensors.at("learner.uncode.weight").shape == std::vector<std::int64_t>{17, 32, 8, 8});
}

TEST_CASE("the gradient through SSIM and both halves of the autoencoder is what finite differences say") {
    const auto learner = test::learner("ssim-ae", numbers);
    test::checkGradients("ssim-ae", numbers, test::weightsOf(*learner), patches(1), 3);
}

TEST_CASE("an autoencoder learns the patches that it is shown") {
    const auto learner = test::learner("ssim-ae", numbers);
    const std::vector<Sample> batch{patches(1)};
    const double before = learner->loss(batch, RunContext());
    for (int i = 0; i < 12; ++i) learner->step(batch, RunContext());
    CHECK(learner->loss(batch, RunContext()) < 0.8 * before);
}
