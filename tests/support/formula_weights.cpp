// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/formula_weights.h"

#include <cmath>
#include <string>

#include "engine/core/random.h"

namespace test {

namespace {

void convolution(engine::TensorFile& file, const std::string& name, std::int64_t out, std::int64_t in,
                 std::int64_t kernel) {
    engine::Random random(out * 7919 + in * 31 + kernel + static_cast<std::int64_t>(file.tensors.size()));
    std::vector<float> values(static_cast<std::size_t>(out * in * kernel * kernel));
    const double deviation = std::sqrt(2.0 / static_cast<double>(in * kernel * kernel));
    for (float& v : values) v = static_cast<float>(deviation * random.normal());
    file.tensors[name] = engine::Tensor::of({out, in, kernel, kernel}, std::span<const float>(values));
}

void batchNorm(engine::TensorFile& file, const std::string& name, std::int64_t channels) {
    const auto fill = [&](const char* leaf, float value) {
        const std::vector<float> values(static_cast<std::size_t>(channels), value);
        file.tensors[name + leaf] = engine::Tensor::of({channels}, std::span<const float>(values));
    };
    fill(".weight", 0.7F);
    fill(".bias", 0.05F);
    fill(".running_mean", 0.0F);
    fill(".running_var", 1.0F);
}

}  // namespace

engine::TensorFile formulaResnet18() {
    engine::TensorFile file;
    convolution(file, "conv1.weight", 64, 3, 7);
    batchNorm(file, "bn1", 64);
    const std::int64_t channels[] = {64, 64, 128, 256};
    for (int layer = 1; layer <= 3; ++layer) {
        for (int block = 0; block < 2; ++block) {
            const std::string name = "layer" + std::to_string(layer) + "." + std::to_string(block);
            const std::int64_t in = block == 0 ? channels[layer - 1] : channels[layer];
            const std::int64_t out = channels[layer];
            convolution(file, name + ".conv1.weight", out, in, 3);
            batchNorm(file, name + ".bn1", out);
            convolution(file, name + ".conv2.weight", out, out, 3);
            batchNorm(file, name + ".bn2", out);
            if (in == out) continue;
            convolution(file, name + ".downsample.0.weight", out, in, 1);
            batchNorm(file, name + ".downsample.1", out);
        }
    }
    return file;
}

}  // namespace test
