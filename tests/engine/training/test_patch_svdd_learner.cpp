// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "tests/engine/training/learner_checks.h"

using namespace engine;

namespace {

constexpr int dimensions = 3;
const std::map<std::string, double> numbers{
    {"learning_rate", 1e-3}, {"lambda", 0.7}, {"dimensions", dimensions}, {"stride", 8}};

// Everything below is written from the paper: one patch at a time, loops and double.
struct Planes {
    int channels, height, width;
    std::vector<double> values;
    double at(int c, int y, int x) const { return values[static_cast<std::size_t>((c * height + y) * width + x)]; }
};

double leaky(double value) {
    return value > 0 ? value : 0.1 * value;
}

Planes convolved(const Planes& in, const TensorFile& file, const std::string& name, int stride) {
    const Tensor& weight = file.tensors.at("learner." + name + ".weight");
    const auto bias = file.tensors.at("learner." + name + ".bias").floats();
    const auto values = weight.floats();
    const int side = static_cast<int>(weight.shape[2]);
    Planes out{static_cast<int>(weight.shape[0]), (in.height - side) / stride + 1, (in.width - side) / stride + 1, {}};
    for (int o = 0; o < out.channels; ++o)
        for (int y = 0; y < out.height; ++y)
            for (int x = 0; x < out.width; ++x) {
                double sum = bias[static_cast<std::size_t>(o)];
                for (int c = 0; c < in.channels; ++c)
                    for (int ky = 0; ky < side; ++ky)
                        for (int kx = 0; kx < side; ++kx)
                            sum += in.at(c, y * stride + ky, x * stride + kx) *
                                   values[static_cast<std::size_t>(((o * in.channels + c) * side + ky) * side + kx)];
                out.values.push_back(sum);
            }
    return out;
}

Planes cut(const FloatTensor& image, int x, int y, int side) {
    Planes patch{3, side, side, {}};
    for (int c = 0; c < 3; ++c)
        for (int row = y; row < y + side; ++row)
            for (int column = x; column < x + side; ++column)
                patch.values.push_back(
                    image.values[static_cast<std::size_t>((c * image.shape[1] + row) * image.shape[2] + column)]);
    return patch;
}

std::vector<double> small(const FloatTensor& image, int x, int y, const TensorFile& file) {
    Planes planes = cut(image, x, y, 32);
    for (int i = 0; i < 8; ++i) {
        planes = convolved(planes, file, "small" + std::to_string(i), i == 0 ? 2 : 1);
        for (double& value : planes.values) value = i < 7 ? leaky(value) : std::tanh(value);
    }
    REQUIRE(planes.width == 1);
    return planes.values;
}

std::vector<double> big(const FloatTensor& image, int x, int y, const TensorFile& file) {
    Planes quarters{dimensions, 2, 2, std::vector<double>(4 * dimensions)};
    for (int q = 0; q < 4; ++q) {
        const auto descriptor = small(image, x + 32 * (q % 2), y + 32 * (q / 2), file);
        for (int c = 0; c < dimensions; ++c)
            quarters.values[static_cast<std::size_t>(4 * c + q)] = descriptor[static_cast<std::size_t>(c)];
    }
    Planes planes = convolved(quarters, file, "big0", 1);
    for (double& value : planes.values) value = leaky(value);
    planes = convolved(planes, file, "big1", 1);
    for (double& value : planes.values) value = std::tanh(value);
    return planes.values;
}

double positionLoss(const std::vector<double>& first, const std::vector<double>& second, int position,
                    const TensorFile& file, const std::string& name) {
    Planes planes{dimensions, 1, 1, {}};
    for (std::size_t c = 0; c < first.size(); ++c) planes.values.push_back(first[c] - second[c]);
    for (int i = 0; i < 3; ++i) {
        planes = convolved(planes, file, name + std::to_string(i), 1);
        if (i < 2)
            for (double& value : planes.values) value = leaky(value);
    }
    REQUIRE(planes.values.size() == 8);
    double sum = 0;
    for (const double logit : planes.values) sum += std::exp(logit);
    return std::log(sum) - planes.values[static_cast<std::size_t>(position)];
}

double apart(const std::vector<double>& first, const std::vector<double>& second) {
    double sum = 0;
    for (std::size_t c = 0; c < first.size(); ++c) sum += (first[c] - second[c]) * (first[c] - second[c]);
    return std::sqrt(sum);
}

// The weights of a new learner, with a last layer of the perceptrons that has an opinion.
TensorFile opinionated() {
    TensorFile file = test::weightsOf(*test::learner("patch-svdd", numbers));
    Random random(5);
    for (const char* name : {"learner.position_small2.weight", "learner.position_big2.weight"}) {
        std::vector<float> values;
        for (std::int64_t i = 0; i < file.tensors.at(name).count(); ++i)
            values.push_back(static_cast<float>(0.3 * random.normal()));
        file.tensors[name] = Tensor::of(file.tensors.at(name).shape, std::span<const float>(values));
    }
    return file;
}

// 68 x 66 pixels: 19 x 18 places of 32-pixel patches, 3 x 2 of 64-pixel patches, in cells of two pixels.
constexpr int columns = 19;
Sample sampleToLearn() {
    const auto place = [](int x, int y) { return static_cast<float>(y * columns + x); };
    Sample sample;
    sample.push_back(test::smooth({3, 66, 68}, 1));
    sample.push_back(test::smooth({3, 66, 68}, 2));
    sample.push_back({{2, 3}, {place(0, 1), place(14, 13), 7, place(18, 17), place(4, 17), 3}});
    sample.push_back({{2, 3}, {place(5, 6), place(5, 7), 0, place(9, 2), place(8, 2), 0}});
    sample.push_back({{2, 3}, {place(0, 0), place(2, 1), 7, place(1, 1), place(1, 0), 1}});
    sample.push_back({{1, 3}, {place(1, 0), place(2, 0), 0}});
    return sample;
}

}  // namespace

TEST_CASE("a patch of a picture has the descriptor that it has by itself, of both sizes") {
    const auto learner = test::learner("patch-svdd", numbers);
    const TensorFile file = test::weightsOf(*learner);
    Sample sample;
    sample.push_back(test::smooth({3, 96, 128}, 3));
    const auto grids = learner->infer(sample, RunContext());
    REQUIRE(grids.size() == 2);
    REQUIRE(grids[0].shape == std::vector<std::int64_t>{9, 13, dimensions});  // stride 8
    REQUIRE(grids[1].shape == std::vector<std::int64_t>{2, 3, dimensions});   // stride 32
    const auto check = [](const FloatTensor& grid, std::int64_t row, std::int64_t column,
                          const std::vector<double>& expected) {
        for (std::size_t c = 0; c < expected.size(); ++c)
            CHECK(grid.values[static_cast<std::size_t>(row * grid.shape[1] + column) * dimensions + c] ==
                  Approx(expected[c]).margin(2e-5));
    };
    check(grids[0], 0, 0, small(sample[0], 0, 0, file));
    check(grids[0], 3, 7, small(sample[0], 56, 24, file));
    check(grids[0], 8, 12, small(sample[0], 96, 64, file));
    check(grids[1], 0, 1, big(sample[0], 32, 0, file));
    check(grids[1], 1, 2, big(sample[0], 64, 32, file));
}

TEST_CASE("the loss is the cross-entropy of the positions and lambda times the distance, of both sizes") {
    const TensorFile file = opinionated();
    const Sample sample = sampleToLearn();
    const FloatTensor& a = sample[0];
    const FloatTensor& b = sample[1];
    const double expected = (positionLoss(small(a, 0, 2, file), small(b, 28, 26, file), 7, file, "position_small") +
                             positionLoss(small(a, 36, 34, file), small(b, 8, 34, file), 3, file, "position_small")) /
                                2 +
                            0.7 *
                                (apart(small(a, 10, 12, file), small(a, 10, 14, file)) +
                                 apart(small(a, 18, 4, file), small(a, 16, 4, file))) /
                                2 +
                            (positionLoss(big(a, 0, 0, file), big(b, 4, 2, file), 7, file, "position_big") +
                             positionLoss(big(a, 2, 2, file), big(b, 2, 0, file), 1, file, "position_big")) /
                                2 +
                            0.7 * apart(big(a, 2, 0, file), big(a, 4, 0, file));
    const std::vector<Sample> batch{sample};
    CHECK(test::learner("patch-svdd", numbers, &file)->loss(batch, RunContext()) == Approx(expected).epsilon(1e-4));
    // A step tells the loss as it was before.
    CHECK(test::learner("patch-svdd", numbers, &file)->step(batch, RunContext()) == Approx(expected).epsilon(1e-4));
}

TEST_CASE("pairs that there are not cost nothing, and a new perceptron holds all positions for alike") {
    Sample sample = sampleToLearn();
    for (std::size_t kind = 3; kind < 6; ++kind) sample[kind] = {{0, 3}, {}};
    const std::vector<Sample> batch{sample};
    const auto learner = test::learner("patch-svdd", numbers);
    CHECK(learner->loss(batch, RunContext()) == Approx(std::log(8.0)));
}

TEST_CASE("the gradient of Patch SVDD's loss is what finite differences say") {
    test::checkGradients("patch-svdd", numbers, opinionated(), sampleToLearn());
}

TEST_CASE("Patch SVDD learns the same bits from the same seed on one thread and on two, and others from another") {
    const std::vector<Sample> batch{sampleToLearn(), sampleToLearn()};
    const auto trained = [&](int threads, std::uint64_t seed) {
        const auto learner = test::learner("patch-svdd", numbers, nullptr, seed);
        for (int i = 0; i < 2; ++i) learner->step(batch, RunContext({}, {}, {}, {threads, InstructionSet::Auto}));
        const TensorFile file = test::weightsOf(*learner);
        const auto values = file.tensors.at("learner.small3.weight").floats();
        return std::vector<float>(values.begin(), values.end());
    };
    const auto first = trained(1, 1);
    CHECK(first == trained(2, 1));
    CHECK(first != trained(1, 2));
}
