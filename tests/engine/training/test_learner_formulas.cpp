// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include "tests/engine/training/learner_cases.h"
#include "tests/engine/training/learner_checks.h"

using namespace engine;

namespace {

double squared(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

// Batch norm and ReLU, by the statistics of the rows (pushed to `seen`), or, if there are weights to take them from, by
// the running ones.
test::Rows normalised(test::Rows rows, const TensorFile& weights, const std::string& name, bool running,
                      std::map<std::string, std::vector<double>>* seen) {
    const auto gain = test::vectorOf(weights, name + ".gain");
    const auto shift = test::vectorOf(weights, name + ".shift");
    auto mean = test::vectorOf(weights, name + ".mean");
    auto variance = test::vectorOf(weights, name + ".variance");
    for (std::size_t c = 0; c < gain.size(); ++c) {
        if (!running) {
            mean[c] = variance[c] = 0;
            for (const auto& row : rows) mean[c] += row[c] / static_cast<double>(rows.size());
            for (const auto& row : rows)
                variance[c] += std::pow(row[c] - mean[c], 2) / static_cast<double>(rows.size());
        }
        for (auto& row : rows)
            row[c] = std::max(0.0, (row[c] - mean[c]) / std::sqrt(variance[c] + 1e-5) * gain[c] + shift[c]);
    }
    if (seen != nullptr) {
        (*seen)[name + ".mean"] = mean;
        (*seen)[name + ".variance"] = variance;
    }
    return rows;
}

test::Rows mapped(const test::Rows& rows, const TensorFile& weights, const std::string& stage, const std::string& way,
                  bool running, std::map<std::string, std::vector<double>>* seen) {
    const auto block = [&](const test::Rows& in, const std::string& name) {
        return normalised(test::linear(in, weights, name), weights, name, running, seen);
    };
    const std::string name = stage + "." + way;
    auto hidden = block(block(rows, name + ".encoder0"), name + ".encoder1");
    hidden = test::linear(hidden, weights, stage + ".middle");
    return test::linear(block(block(hidden, name + ".decoder0"), name + ".decoder1"), weights, name + ".decoder2");
}

}  // namespace

TEST_CASE("CFA: the descriptor is a 1x1 convolution, and the loss attracts K and repels J") {
    const auto learnerCase = test::cfaCase();
    const auto learner = learnerCase.make();
    const TensorFile weights = test::weightsOf(*learner);
    const Sample& sample = learnerCase.samples[0];
    const auto descriptors = test::linear(test::rowsOf(sample[0]), weights, "");
    const auto inferred = test::rowsOf(learner->infer(sample, RunContext())[0]);
    const Tensor& constant = learnerCase.constants.tensors.at("bank");
    FloatTensor bankTensor{constant.shape, {}};
    bankTensor.values.assign(constant.floats().begin(), constant.floats().end());
    const auto bank = test::rowsOf(bankTensor);
    double attraction = 0;
    double repulsion = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        for (std::size_t d = 0; d < 3; ++d) CHECK(inferred[i][d] == Approx(descriptors[i][d]).margin(1e-6));
        for (std::size_t n = 0; n < 4; ++n) {
            const double distance =
                squared(descriptors[i], bank[static_cast<std::size_t>(sample[1].values[i * 4 + n])]);
            if (n < 2)
                attraction += std::max(0.0, distance - 0.8 * 0.8) / 10;
            else
                repulsion += std::max(0.0, 0.8 * 0.8 - distance - 0.1) / 10;
        }
    }
    REQUIRE(attraction > 0);
    REQUIRE(repulsion > 0);
    CHECK(learner->loss({&sample, 1}, RunContext()) == Approx((attraction + repulsion) / 0.01));
}

TEST_CASE("PFM: the loss is both mappings' mean squared error, stage by stage") {
    const auto learnerCase = test::pfmCase();
    const auto learner = learnerCase.make();
    const TensorFile weights = test::weightsOf(*learner);
    const Sample& sample = learnerCase.samples[0];
    std::map<std::string, std::vector<double>> seen;
    double expected = 0;
    for (const std::size_t s : {0, 1}) {
        const std::string stage = "stage" + std::to_string(s);
        const auto from = test::rowsOf(sample[2 * s]);
        const auto to = test::rowsOf(sample[2 * s + 1]);
        const auto forward = mapped(from, weights, stage, "forward", false, &seen);
        const auto backward = mapped(to, weights, stage, "backward", false, &seen);
        for (std::size_t i = 0; i < from.size(); ++i) {
            expected += squared(forward[i], to[i]) / static_cast<double>(to.size() * to[0].size());
            expected += squared(backward[i], from[i]) / static_cast<double>(from.size() * from[0].size());
        }
    }
    CHECK(learner->step({&sample, 1}, RunContext()) == Approx(expected));
    const TensorFile after = test::weightsOf(*learner);
    REQUIRE(seen.size() == 32);
    for (const auto& [name, values] : seen) {
        CAPTURE(name);
        const auto running = test::vectorOf(after, name);
        for (std::size_t c = 0; c < values.size(); ++c) CHECK(running[c] == Approx(values[c]).margin(1e-6));
    }
}

TEST_CASE("PFM: a cell's error is the mean of both ways, by the running statistics") {
    const auto learnerCase = test::pfmCase();
    const auto learner = learnerCase.make();
    for (int i = 0; i < 5; ++i) learner->step(learnerCase.samples, RunContext());
    const TensorFile weights = test::weightsOf(*learner);
    const Sample& sample = learnerCase.samples[1];
    const auto errors = learner->infer(sample, RunContext());
    REQUIRE(errors.size() == 2);
    for (const std::size_t s : {0, 1}) {
        const std::string stage = "stage" + std::to_string(s);
        const auto from = test::rowsOf(sample[2 * s]);
        const auto to = test::rowsOf(sample[2 * s + 1]);
        const auto forward = mapped(from, weights, stage, "forward", true, nullptr);
        const auto backward = mapped(to, weights, stage, "backward", true, nullptr);
        REQUIRE(errors[s].values.size() == from.size());
        for (std::size_t i = 0; i < from.size(); ++i)
            CHECK(errors[s].values[i] ==
                  Approx((squared(forward[i], to[i]) + squared(backward[i], from[i])) / 2).epsilon(1e-4));
    }
}
