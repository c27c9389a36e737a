// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>

#include "engine/core/error.h"
#include "engine/training/train_loop.h"
#include "tests/support/test_data.h"

using namespace engine;
using Catch::Contains;

namespace {

// One weight that walks towards the mean of the samples by half of the way, and a memory of its last step. float, as a
// checkpoint keeps it.
class Walker final : public Learner {
public:
    double step(std::span<const Sample> batch, const RunContext&) override {
        const double before = loss(batch, RunContext());
        float mean = 0;
        for (const Sample& sample : batch) {
            mean += sample[0].values[0] / static_cast<float>(batch.size());
            seen.push_back(sample[0].values[0]);
        }
        momentum = 0.5F * momentum + 0.25F * (mean - weight);
        weight += momentum;
        return before;
    }
    double loss(std::span<const Sample> batch, const RunContext&) override {
        double sum = 0;
        for (const Sample& sample : batch) sum += std::pow(sample[0].values[0] - weight, 2.0);
        return breaksAt > 0 && static_cast<int>(seen.size()) >= breaksAt ? std::numeric_limits<double>::quiet_NaN()
                                                                         : sum / static_cast<double>(batch.size());
    }
    std::vector<FloatTensor> infer(const Sample& sample, const RunContext&) override { return sample; }
    void save(TensorFile& file) const override { file.tensors["learner.weight"] = Tensor::of({1}, {&weight, 1}); }
    void saveCheckpoint(TensorFile& file) const override {
        save(file);
        file.tensors["optimiser.momentum"] = Tensor::of({1}, {&momentum, 1});
    }
    void restoreCheckpoint(const TensorFile& file) override {
        if (!file.tensors.contains("optimiser.momentum")) throw Error(ErrorCode::Corrupt, "no momentum");
        weight = file.tensors.at("learner.weight").floats()[0];
        momentum = file.tensors.at("optimiser.momentum").floats()[0];
    }

    float weight = 0;
    float momentum = 0;
    int breaksAt = 0;
    std::vector<float> seen;
};

// A sample is its number and a little noise that the draw gives it.
Sample draw(const Draw& draw) {
    Sample sample{{{1}, {}}};
    sample[0].values = {static_cast<float>(draw.sample) + 0.25F * static_cast<float>(draw.random.uniform())};
    return sample;
}

TrainParameters fiveEpochs() {
    TrainParameters parameters;
    parameters.epochs = 5;
    parameters.batch = 3;
    parameters.seed = 7;
    parameters.binding = "these images";
    return parameters;
}

}  // namespace

TEST_CASE("every epoch sees each sample once, in an order of its own that the seed repeats") {
    const auto order = [](std::uint64_t seed) {
        Walker walker;
        TrainParameters parameters = fiveEpochs();
        parameters.seed = seed;
        train(walker, 10, draw, parameters, RunContext());
        return walker.seen;
    };
    const auto seen = order(7);
    REQUIRE(seen.size() == 50);
    std::set<std::vector<int>> orders;
    std::set<float> draws(seen.begin(), seen.end());
    CHECK(draws.size() == 50);  // the noise is another one each time
    for (std::size_t epoch = 0; epoch < 5; ++epoch) {
        std::vector<int> numbers;
        for (std::size_t i = 0; i < 10; ++i) numbers.push_back(static_cast<int>(seen[epoch * 10 + i]));
        orders.insert(numbers);
        std::sort(numbers.begin(), numbers.end());
        CHECK(numbers == std::vector{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    }
    CHECK(orders.size() == 5);
    CHECK(order(7) == seen);
    CHECK(order(8) != seen);
}

TEST_CASE("progress counts samples to the end and carries the loss, and the report has the mean of each epoch") {
    Walker walker;
    std::vector<Progress> reports;
    const RunContext context({}, [&](const Progress& progress) { reports.push_back(progress); });
    const TrainReport report = train(walker, 10, draw, fiveEpochs(), context);
    REQUIRE(reports.size() == 20);  // four steps an epoch: 3 + 3 + 3 + 1
    CHECK(reports.front().done == 3);
    CHECK(reports.back().done == 50);
    CHECK(reports.back().total == 50);
    REQUIRE(report.losses.size() == 5);
    REQUIRE(reports.back().loss);
    CHECK(reports.back().loss->mean == report.losses.back());
    CHECK(reports.back().loss->epoch == 5);
    CHECK(reports.front().loss->epoch == 1);
    CHECK_FALSE(reports.back().loss->heldOut);
    CHECK(report.losses.back() < report.losses.front());
    CHECK(report.bestEpoch == 5);
}

TEST_CASE("with early stop each epoch tells its loss on what is held out, and one that is resumed all of them anew") {
    test::TemporaryFolder folder;
    TrainParameters parameters = fiveEpochs();
    parameters.patience = 9;
    parameters.heldOutShare = 0.2;
    parameters.checkpoint = folder / "run.training";
    std::vector<EpochLoss> over;
    const auto listen = [&](const Progress& progress) {
        if (progress.loss->heldOut) over.push_back(*progress.loss);
    };
    const auto check = [&](const TrainReport& report) {
        REQUIRE(over.size() == 5);
        for (std::size_t i = 0; i < 5; ++i) {
            CHECK(over[i].epoch == static_cast<std::int64_t>(i) + 1);
            CHECK(over[i].mean == report.losses[i]);
            CHECK(over[i].heldOut == report.heldOutLosses[i]);
        }
    };
    Walker first;
    const TrainReport report = train(first, 10, draw, parameters, RunContext({}, listen));
    check(report);
    over.clear();
    Walker resumed;
    CHECK(train(resumed, 10, draw, parameters, RunContext({}, listen)).resumedEpochs == 5);
    check(report);
}

TEST_CASE("a training that was stopped goes on to the same bits, losses included") {
    test::TemporaryFolder folder;
    Walker whole;
    const TrainReport expected = train(whole, 10, draw, fiveEpochs(), RunContext());
    TrainParameters parameters = fiveEpochs();
    parameters.checkpoint = folder / "run.training";
    for (const std::int64_t stopAt : {13, 33}) {  // in the second epoch, then in the fourth
        Walker part;
        std::stop_source source;
        const RunContext context(source.get_token(), [&](const Progress& progress) {
            if (progress.done >= stopAt) source.request_stop();
        });
        CHECK_THROWS_AS(train(part, 10, draw, parameters, context), Cancelled);
    }
    Walker resumed;
    std::vector<std::string> warnings;
    const RunContext context({}, {}, [&](const std::string& warning) { warnings.push_back(warning); });
    const TrainReport report = train(resumed, 10, draw, parameters, context);
    CHECK(report.resumedEpochs == 3);
    CHECK(resumed.seen.size() == 20);
    CHECK(resumed.weight == whole.weight);
    CHECK(report.losses == expected.losses);
    REQUIRE(warnings.size() == 1);
    CHECK_THAT(warnings[0], Contains("goes on after epoch 3 of 5") && Contains("run.training"));
}

TEST_CASE("a checkpoint of other images or a damaged one is told of, and training starts anew") {
    test::TemporaryFolder folder;
    TrainParameters parameters = fiveEpochs();
    parameters.checkpoint = folder / "run.training";
    Walker first;
    train(first, 10, draw, parameters, RunContext());
    std::vector<std::string> warnings;
    const RunContext context({}, {}, [&](const std::string& warning) { warnings.push_back(warning); });
    parameters.binding = "other images";
    Walker other;
    CHECK(train(other, 10, draw, parameters, context).resumedEpochs == 0);
    std::filesystem::resize_file(parameters.checkpoint, 100);
    Walker again;
    CHECK(train(again, 10, draw, parameters, context).resumedEpochs == 0);
    CHECK(again.weight == first.weight);
    REQUIRE(warnings.size() == 2);
    CHECK_THAT(warnings[0], Contains("other images or parameters"));
    CHECK_THAT(warnings[1], Contains("cannot be used to go on"));
}

TEST_CASE("a loss that is no number stops the training and says what to do") {
    Walker walker;
    walker.breaksAt = 12;
    CHECK_THROWS_WITH(train(walker, 10, draw, fiveEpochs(), RunContext()),
                      Contains("in epoch 2") && Contains("smaller learning rate"));
}

TEST_CASE("early stop looks at samples that are never learned from, and keeps the best epoch") {
    test::TemporaryFolder folder;
    TrainParameters parameters = fiveEpochs();
    parameters.epochs = 200;
    parameters.patience = 4;
    parameters.heldOutShare = 0.2;
    Walker walker;
    const TrainReport report = train(walker, 10, draw, parameters, RunContext());
    std::set<int> learned;
    for (const float value : walker.seen) learned.insert(static_cast<int>(value));
    CHECK(learned.size() == 8);
    CHECK(report.losses.size() < 200);
    REQUIRE(report.heldOutLosses.size() == report.losses.size());
    const auto best = std::min_element(report.heldOutLosses.begin(), report.heldOutLosses.end());
    CHECK(best - report.heldOutLosses.begin() == report.bestEpoch - 1);
    CHECK(static_cast<std::int64_t>(report.losses.size()) == report.bestEpoch + 4);
    // Through a checkpoint: the same, the weights of the best epoch too.
    parameters.checkpoint = folder / "run.training";
    Walker part;
    std::stop_source source;
    const RunContext context(source.get_token(), [&](const Progress& progress) {
        if (progress.done >= 8 * (report.bestEpoch + 2)) source.request_stop();
    });
    CHECK_THROWS_AS(train(part, 10, draw, parameters, context), Cancelled);
    Walker resumed;
    CHECK(train(resumed, 10, draw, parameters, RunContext()).heldOutLosses == report.heldOutLosses);
    CHECK(resumed.weight == walker.weight);
}
