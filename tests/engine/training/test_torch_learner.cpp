// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "tests/engine/training/learner_cases.h"
#include "tests/engine/training/learner_checks.h"

using namespace engine;
using Catch::Contains;

// What all learners of LibTorch have in common, on those that there are.

namespace {

// The gradient that the first step saw: the first moment is (1 - 0.9) of it.
std::map<std::string, std::vector<double>> firstGradient(const test::LearnerCase& learnerCase) {
    const auto learner = learnerCase.make();
    learner->step(std::span(learnerCase.samples).first(1), RunContext());
    std::map<std::string, std::vector<double>> gradients;
    const std::string prefix = "optimiser.first.";
    for (const auto& [name, tensor] : test::checkpointOf(*learner).tensors)
        if (name.starts_with(prefix))
            for (const float value : tensor.floats())
                gradients["learner." + name.substr(prefix.size())].push_back(value / 0.1);
    return gradients;
}

double lossWith(const test::LearnerCase& learnerCase, TensorFile weights, const std::string& name, std::size_t i,
                float change) {
    reinterpret_cast<float*>(weights.tensors.at(name).bytes.data())[i] += change;
    return learnerCase.make(&weights)->loss(std::span(learnerCase.samples).first(1), RunContext());
}

}  // namespace

TEST_CASE("gradients are those of finite differences") {
    auto learnerCase = GENERATE(test::cfaCase(), test::pfmCase());
    learnerCase.numbers["weight_decay"] = 0;
    CAPTURE(learnerCase.kind);
    const TensorFile weights = test::weightsOf(*learnerCase.make());
    constexpr float h = 5e-4F;
    double worst = 0;
    double largest = 0;
    std::size_t count = 0;
    for (const auto& [name, gradient] : firstGradient(learnerCase)) {
        for (std::size_t i = 0; i < gradient.size(); i += 2) {
            const double numeric =
                (lossWith(learnerCase, weights, name, i, h) - lossWith(learnerCase, weights, name, i, -h)) / (2 * h);
            worst = std::max(worst, std::abs(numeric - gradient[i]));
            largest = std::max(largest, std::abs(gradient[i]));
            ++count;
        }
    }
    CAPTURE(largest, count);
    CHECK(count >= 9);
    CHECK(largest > 0.01);
    CHECK(worst < 0.02 * largest);
}

TEST_CASE("a step on several samples is a step on the mean of their losses") {
    const auto learnerCase = GENERATE(test::cfaCase(), test::pfmCase());
    CAPTURE(learnerCase.kind);
    const auto learner = learnerCase.make();
    double sum = 0;
    for (const Sample& sample : learnerCase.samples) sum += learner->loss({&sample, 1}, RunContext());
    CHECK(learner->loss(learnerCase.samples, RunContext()) == Approx(sum / 3));
    CHECK(learner->step(learnerCase.samples, RunContext()) == Approx(sum / 3));
    CHECK(learner->loss(learnerCase.samples, RunContext()) < sum / 3);
}

TEST_CASE("AdamW with AMSGrad: two steps are the formula's") {
    auto learnerCase = test::cfaCase();
    const auto learner = learnerCase.make();
    auto weights = test::vectorOf(test::weightsOf(*learner), "weight");
    struct Moments {
        double first = 0, second = 0, largest = 0;
    };
    std::map<std::size_t, Moments> moments;
    for (int step = 1; step <= 2; ++step) {
        // The gradient at this point, from a fresh learner with these weights.
        const TensorFile here = test::weightsOf(*learner);
        const auto probe = learnerCase.make(&here);
        const auto batch = std::span(learnerCase.samples).subspan(step == 1 ? 0 : 1, 1);
        probe->step(batch, RunContext());
        const TensorFile probed = test::checkpointOf(*probe);
        const auto moment = probed.tensors.at("optimiser.first.weight").floats();
        learner->step(batch, RunContext());
        const auto after = test::vectorOf(test::weightsOf(*learner), "weight");
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const double gradient = moment[i] / 0.1;
            auto& [first, second, largest] = moments[i];
            first = 0.9 * first + 0.1 * gradient;
            second = 0.999 * second + 0.001 * gradient * gradient;
            largest = std::max(largest, second);
            const double scale = std::sqrt(largest / (1 - std::pow(0.999, step))) + 1e-8;
            weights[i] -= weights[i] * 0.01 * 0.1 + 0.01 * (first / (1 - std::pow(0.9, step))) / scale;
            CHECK(after[i] == Approx(weights[i]).margin(2e-6));
        }
    }
}

TEST_CASE("a learner restored from a checkpoint goes on to the same bits, from weights alone it does not") {
    const auto learnerCase = GENERATE(test::cfaCase(), test::pfmCase());
    CAPTURE(learnerCase.kind);
    const auto whole = learnerCase.make();
    for (int i = 0; i < 3; ++i) whole->step(learnerCase.samples, RunContext());
    const auto restored = learnerCase.make(nullptr, 99);
    restored->restoreCheckpoint(test::checkpointOf(*whole));
    const TensorFile weights = test::weightsOf(*whole);
    const auto weightsAlone = learnerCase.make(&weights);
    CHECK(test::bytesOf(test::weightsOf(*weightsAlone)) == test::bytesOf(weights));
    for (const auto* learner : {&whole, &restored, &weightsAlone}) (*learner)->step(learnerCase.samples, RunContext());
    CHECK(test::bytesOf(test::checkpointOf(*restored)) == test::bytesOf(test::checkpointOf(*whole)));
    CHECK(test::bytesOf(test::weightsOf(*weightsAlone)) != test::bytesOf(test::weightsOf(*whole)));
}

TEST_CASE("the seed decides, the number of threads does not") {
    const auto learnerCase = GENERATE(test::cfaCase(), test::pfmCase());
    CAPTURE(learnerCase.kind);
    const auto after = [&](std::uint64_t seed, int threads) {
        const RunContext context({}, {}, {}, {threads, InstructionSet::Auto});
        const auto learner = learnerCase.make(nullptr, seed);
        for (int i = 0; i < 3; ++i) learner->step(learnerCase.samples, context);
        return test::bytesOf(test::weightsOf(*learner));
    };
    CHECK(after(1, 1) == after(1, 2));
    CHECK(after(1, 1) != after(2, 1));
}

TEST_CASE("weights that are missing, of another shape or not finite are refused, and leave the learner as it was") {
    const auto learnerCase = GENERATE(test::cfaCase(), test::pfmCase());
    CAPTURE(learnerCase.kind);
    const auto learner = learnerCase.make();
    learner->step(learnerCase.samples, RunContext());
    const std::string before = test::bytesOf(test::checkpointOf(*learner));
    const TensorFile good = test::checkpointOf(*learner);
    for (const auto& [name, tensor] : good.tensors) {
        CAPTURE(name);
        TensorFile bad = good;
        bad.tensors.erase(name);
        CHECK_THROWS_WITH(learner->restoreCheckpoint(bad), Contains("'" + name + "' is missing"));
        if (name == "optimiser.steps") continue;
        bad = good;
        bad.tensors.at(name).shape.push_back(1);
        CHECK_THROWS_WITH(learner->restoreCheckpoint(bad), Contains("another shape"));
        bad = good;
        reinterpret_cast<float*>(bad.tensors.at(name).bytes.data())[0] = std::numeric_limits<float>::infinity();
        CHECK_THROWS_WITH(learner->restoreCheckpoint(bad), Contains("not finite"));
        if (name.starts_with("learner.")) CHECK_THROWS_AS(learnerCase.make(&bad), Error);
    }
    CHECK(test::bytesOf(test::checkpointOf(*learner)) == before);
}

TEST_CASE("a loss that is no number changes no weight") {
    auto learnerCase = GENERATE(test::cfaCase(), test::pfmCase());
    const auto learner = learnerCase.make();
    const std::string before = test::bytesOf(test::checkpointOf(*learner));
    learnerCase.samples[1][0].values[0] = std::numeric_limits<float>::quiet_NaN();
    CHECK_FALSE(std::isfinite(learner->step(learnerCase.samples, RunContext())));
    CHECK(test::bytesOf(test::checkpointOf(*learner)) == before);
}

TEST_CASE("a stop is heard inside of a step, which then changes nothing") {
    const auto learnerCase = GENERATE(test::cfaCase(), test::pfmCase());
    const auto learner = learnerCase.make();
    const std::string before = test::bytesOf(test::checkpointOf(*learner));
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(learner->step(learnerCase.samples, RunContext(source.get_token())), Cancelled);
    CHECK(test::bytesOf(test::checkpointOf(*learner)) == before);
}
