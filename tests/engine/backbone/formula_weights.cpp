// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/backbone/formula_weights.h"

#include <cmath>

#include "engine/backbone/architecture.h"

namespace test {

double uniform(std::string_view name, std::uint64_t i) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    std::uint64_t z = hash + i + 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z ^= z >> 31;
    return static_cast<double>(z >> 40) / 16777216.0;
}

engine::TensorFile formulaWeights(std::string_view architecture) {
    std::vector<engine::StageName> stages = {"5"};
    const engine::ArchitecturePlan plan = engine::planOf(architecture, stages);
    engine::TensorFile file;
    for (const engine::TensorPlan& tensor : engine::tensorsOf(plan)) {
        const bool convolution = tensor.shape.size() == 4;
        std::int64_t count = 1;
        for (const std::int64_t size : tensor.shape) count *= size;
        const double scale = static_cast<float>(std::sqrt(3.0 / static_cast<double>(count / tensor.shape[0])));
        const bool aroundOne = tensor.name.ends_with(".weight") || tensor.name.ends_with(".running_var");
        std::vector<float> values(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double u = uniform(tensor.name, i);
            values[i] = static_cast<float>(convolution ? (2 * u - 1) * scale
                                           : aroundOne ? 0.8 + 0.4 * u
                                                       : 0.2 * u - 0.1);
        }
        file.tensors.emplace(tensor.name, engine::Tensor::of(tensor.shape, std::span<const float>(values)));
    }
    return file;
}

std::vector<float> formulaInput(int height, int width) {
    std::vector<float> input(static_cast<std::size_t>(height * width * 3));
    for (int c = 0; c < 3; ++c)
        for (int at = 0; at < height * width; ++at)
            input[static_cast<std::size_t>(at * 3 + c)] =
                static_cast<float>(4 * uniform("input", static_cast<std::uint64_t>(c * height * width + at)) - 2);
    return input;
}

std::vector<float> channelsLast(const engine::Tensor& tensor) {
    const auto values = tensor.floats();
    const auto channels = static_cast<std::size_t>(tensor.shape.at(1));
    const std::size_t area = values.size() / channels;
    std::vector<float> moved(values.size());
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t at = 0; at < area; ++at) moved[at * channels + c] = values[c * area + at];
    return moved;
}

}  // namespace test
