// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/small_weights.h"

#include <cmath>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace test {

void writeSmallWeights(const std::filesystem::path& file) {
    nlohmann::ordered_json header;
    std::vector<float> data;
    std::mt19937 generator(1);
    const auto add = [&](const std::string& name, const std::vector<std::int64_t>& shape, float low, float high) {
        std::size_t count = 1;
        for (const auto side : shape) count *= static_cast<std::size_t>(side);
        const std::size_t start = data.size() * sizeof(float);
        for (std::size_t i = 0; i < count; ++i)
            data.push_back(low + (high - low) * static_cast<float>(generator() >> 8U) / 16777216.0F);
        header[name] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {start, data.size() * sizeof(float)}}};
    };
    const auto convolution = [&](const std::string& name, std::int64_t out, std::int64_t in, std::int64_t side) {
        const float reach = std::sqrt(3.0F / static_cast<float>(in * side * side));
        add(name + ".weight", {out, in, side, side}, -reach, reach);
    };
    const auto norm = [&](const std::string& name, std::int64_t channels) {
        add(name + ".weight", {channels}, 0.8F, 1.2F);
        add(name + ".bias", {channels}, -0.1F, 0.1F);
        add(name + ".running_mean", {channels}, -0.1F, 0.1F);
        add(name + ".running_var", {channels}, 0.8F, 1.2F);
    };
    convolution("conv1", 64, 3, 7);
    norm("bn1", 64);
    std::int64_t in = 64;
    for (int layer = 1; layer <= 3; ++layer) {
        const std::int64_t out = 32L << layer;
        for (int block = 0; block < 2; ++block) {
            const std::string name = "layer" + std::to_string(layer) + "." + std::to_string(block);
            convolution(name + ".conv1", out, in, 3);
            norm(name + ".bn1", out);
            convolution(name + ".conv2", out, out, 3);
            norm(name + ".bn2", out);
            if (in != out) {
                convolution(name + ".downsample.0", out, in, 1);
                norm(name + ".downsample.1", out);
            }
            in = out;
        }
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(&length), sizeof length);
    stream << text;
    stream.write(reinterpret_cast<const char*>(data.data()), static_cast<std::streamsize>(data.size() * sizeof(float)));
}

}  // namespace test
