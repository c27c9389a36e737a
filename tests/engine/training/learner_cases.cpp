// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/training/learner_cases.h"

#include <cmath>

#include "engine/core/random.h"
#include "tests/engine/training/learner_checks.h"

namespace test {

namespace {

engine::FloatTensor tensor(std::vector<std::int64_t> shape, engine::Random& random) {
    engine::FloatTensor made{std::move(shape), {}};
    std::int64_t count = 1;
    for (const std::int64_t side : made.shape) count *= side;
    for (std::int64_t i = 0; i < count; ++i) made.values.push_back(static_cast<float>(2 * random.uniform() - 1));
    return made;
}

engine::FloatTensor unitRows(std::int64_t rows, std::int64_t columns, engine::Random& random) {
    engine::FloatTensor made = tensor({rows, columns}, random);
    for (std::int64_t r = 0; r < rows; ++r) {
        float* row = made.values.data() + r * columns;
        float squares = 0;
        for (std::int64_t c = 0; c < columns; ++c) squares += row[c] * row[c];
        for (std::int64_t c = 0; c < columns; ++c) row[c] /= std::sqrt(squares);
    }
    return made;
}

}  // namespace

std::unique_ptr<engine::Learner> LearnerCase::make(const engine::TensorFile* weights, std::uint64_t seed) const {
    return learner(kind, numbers, weights, seed, constants);
}

LearnerCase cfaCase() {
    LearnerCase made{"cfa",
                     {{"channels", 4},
                      {"dimensions", 3},
                      {"k", 2},
                      {"nu", 0.01},
                      {"margin", 0.1},
                      {"radius", 0.8},
                      {"learning_rate", 0.01},
                      {"weight_decay", 0.1}},
                     {},
                     {}};
    engine::Random random(11);
    const engine::FloatTensor bank = tensor({6, 3}, random);
    made.constants.tensors["bank"] = engine::Tensor::of(bank.shape, std::span<const float>(bank.values));
    for (int s = 0; s < 3; ++s) {
        engine::Sample sample{tensor({5, 4}, random), {{5, 4}, {}}};
        for (int i = 0; i < 20; ++i) sample[1].values.push_back(static_cast<float>((i * 5 + s) % 6));
        made.samples.push_back(std::move(sample));
    }
    return made;
}

LearnerCase pfmCase() {
    LearnerCase made{"pfm",
                     {{"stages", 2},
                      {"from.0", 3},
                      {"to.0", 4},
                      {"latent.0", 3},
                      {"rate.0", 10},
                      {"from.1", 4},
                      {"to.1", 2},
                      {"latent.1", 2},
                      {"rate.1", 1},
                      {"learning_rate", 0.001},
                      {"weight_decay", 0.01}},
                     {},
                     {}};
    engine::Random random(12);
    for (int s = 0; s < 3; ++s)
        made.samples.push_back(
            {unitRows(9, 3, random), unitRows(9, 4, random), unitRows(6, 4, random), unitRows(6, 2, random)});
    return made;
}

std::string bytesOf(const engine::TensorFile& file) {
    std::string bytes;
    for (const auto& [name, tensor] : file.tensors)
        bytes.append(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
    return bytes;
}

Rows rowsOf(const engine::FloatTensor& tensor) {
    const auto columns = static_cast<std::size_t>(tensor.shape[1]);
    Rows rows;
    for (std::size_t first = 0; first < tensor.values.size(); first += columns)
        rows.emplace_back(tensor.values.begin() + static_cast<std::ptrdiff_t>(first),
                          tensor.values.begin() + static_cast<std::ptrdiff_t>(first + columns));
    return rows;
}

std::vector<double> vectorOf(const engine::TensorFile& weights, const std::string& name) {
    const auto values = weights.tensors.at("learner." + name).floats();
    return {values.begin(), values.end()};
}

Rows linear(const Rows& rows, const engine::TensorFile& weights, const std::string& name) {
    const std::string dotted = name.empty() ? "" : name + ".";
    const auto weight = vectorOf(weights, dotted + "weight");
    const auto bias = vectorOf(weights, dotted + "bias");
    Rows out;
    for (const auto& row : rows) {
        std::vector<double> line = bias;
        for (std::size_t o = 0; o < line.size(); ++o)
            for (std::size_t i = 0; i < row.size(); ++i) line[o] += row[i] * weight[o * row.size() + i];
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace test
