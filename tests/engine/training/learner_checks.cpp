// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/training/learner_checks.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"

using namespace engine;

namespace test {

std::unique_ptr<Learner> learner(std::string_view kind, const std::map<std::string, double>& numbers,
                                 const TensorFile* weights, std::uint64_t seed, const TensorFile& constants) {
    const std::string device = "cpu";
    return std::unique_ptr<Learner>(
        anomaloscopeMakeTorchLearner({kind, numbers, constants, weights, seed, device}, RunContext()));
}

TensorFile weightsOf(const Learner& learner) {
    TensorFile file;
    learner.save(file);
    return file;
}

TensorFile checkpointOf(const Learner& learner) {
    TensorFile file;
    learner.saveCheckpoint(file);
    return file;
}

FloatTensor smooth(std::vector<std::int64_t> shape, std::uint64_t seed) {
    Random random(seed);
    std::size_t count = 1;
    for (const std::int64_t side : shape) count *= static_cast<std::size_t>(side);
    const auto width = static_cast<std::size_t>(shape.back());
    const double across = 0.05 + 0.2 * random.uniform();
    const double down = 0.05 + 0.2 * random.uniform();
    FloatTensor tensor{std::move(shape), {}};
    for (std::size_t i = 0; i < count; ++i)
        tensor.values.push_back(static_cast<float>(
            0.8 * std::sin(across * static_cast<double>(i % width) + down * static_cast<double>(i / width)) +
            0.2 * (2 * random.uniform() - 1)));
    return tensor;
}

void checkGradients(std::string_view kind, const std::map<std::string, double>& numbers, const TensorFile& weights,
                    const Sample& sample, std::size_t every) {
    const std::vector<Sample> batch{sample};
    const auto stepped = learner(kind, numbers, &weights);
    stepped->step(batch, RunContext());
    const TensorFile checkpoint = checkpointOf(*stepped);
    int slopes = 0;
    std::size_t place = 0;
    for (const auto& [name, tensor] : weights.tensors) {
        if (place++ % every != 0) continue;
        const std::string prefix = "learner.";
        const auto moment = checkpoint.tensors.at("optimiser.first." + name.substr(prefix.size())).floats();
        double squares = 0;
        for (const float value : moment) squares += static_cast<double>(value) * value;
        const double length = std::sqrt(squares);
        const double slope = length / 0.1;  // one minus beta1
        if (slope < 1e-4) continue;         // float cannot tell it from rounding
        const auto lossAt = [&](double step) {
            TensorFile moved = weights;
            std::vector<float> values(tensor.floats().begin(), tensor.floats().end());
            for (std::size_t i = 0; i < values.size(); ++i) values[i] += static_cast<float>(step * moment[i] / length);
            moved.tensors[name] = Tensor::of(tensor.shape, std::span<const float>(values));
            return learner(kind, numbers, &moved)->loss(batch, RunContext());
        };
        const double step = std::min(2e-3, 4e-4 / slope);
        const double measured = (lossAt(step) - lossAt(-step)) / (2 * step);
        INFO(name);
        CHECK(measured == Approx(slope).epsilon(0.05));
        ++slopes;
    }
    CHECK(slopes > 6);
}

}  // namespace test
