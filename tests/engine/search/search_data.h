// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/random.h"
#include "engine/core/run_context.h"

namespace test {

struct NamedMatrix {
    std::string name;
    engine::Matrix matrix;
};

inline engine::RunContext contextWith(int threads, engine::InstructionSet set = engine::InstructionSet::Auto) {
    return engine::RunContext({}, {}, {}, {threads, set});
}

template <typename Value>
engine::Matrix filled(std::int64_t rows, std::int64_t cols, Value value) {
    engine::Matrix result(rows, cols);
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t c = 0; c < cols; ++c) result.row(i)[c] = static_cast<float>(value(i, c));
    return result;
}

// Like patch features: few degrees of freedom, a falling spectrum, neighbours alike.
inline engine::Matrix featureLike(std::int64_t rows, std::int64_t cols, std::uint64_t seed) {
    engine::Random random(seed);
    constexpr std::int64_t factors = 8;
    const auto mixing =
        filled(factors, cols, [&](auto f, auto) { return random.normal() / static_cast<double>(1 + f); });
    std::vector<double> state(factors);
    return filled(rows, cols, [&](auto, auto c) {
        if (c == 0)
            for (double& s : state) s = 0.9 * s + random.normal();
        double sum = 0.05 * random.normal();
        for (std::int64_t f = 0; f < factors; ++f) sum += state[static_cast<std::size_t>(f)] * mixing.row(f)[c];
        return std::max(0.0, sum + 0.3);
    });
}

// Ties, duplicates, outliers and magnitudes that break shortcuts.
inline std::vector<NamedMatrix> awkwardMatrices(std::int64_t rows) {
    std::vector<NamedMatrix> result;
    engine::Random random(17);
    result.push_back({"like features", featureLike(rows, 40, 1)});
    result.push_back({"noise", filled(rows, 33, [&](auto, auto) { return random.normal(); })});
    result.push_back({"all equal", filled(rows, 20, [](auto, auto c) { return 0.1 * static_cast<double>(c); })});
    result.push_back({"zeros", filled(rows, 16, [](auto, auto) { return 0.0; })});
    result.push_back({"a line", filled(rows, 12, [](auto i, auto c) { return static_cast<double>(i * (c + 1)); })});
    result.push_back({"one dimension", filled(rows, 1, [&](auto, auto) { return random.normal(); })});
    result.push_back({"a lattice", filled(rows, 6, [](auto i, auto c) { return static_cast<double>((i >> c) & 1); })});
    std::int64_t cluster = 0;
    result.push_back({"heavy clusters", filled(rows, 24, [&](auto, auto c) {
                          if (c == 0) cluster = static_cast<std::int64_t>(random.below(3));
                          return static_cast<double>(100 * cluster) + 1e-3 * random.normal();
                      })});
    result.push_back({"duplicates",
                      filled(rows, 10, [](auto i, auto c) { return std::sin(static_cast<double>(i % 37 * 10 + c)); })});
    result.push_back(
        {"one far outlier", filled(rows, 18, [&](auto i, auto) { return random.normal() + (i == 5 ? 1e6 : 0); })});
    result.push_back({"far from the origin", filled(rows, 18, [&](auto, auto) { return 1e4 + random.normal(); })});
    result.push_back({"huge", filled(rows, 18, [&](auto, auto) { return 1e15 * random.normal(); })});
    result.push_back(
        {"beyond the square of float", filled(rows, 18, [&](auto, auto) { return 1e30 * random.normal(); })});
    result.push_back({"tiny", filled(rows, 18, [&](auto, auto) { return 1e-20 * random.normal(); })});
    result.push_back(
        {"below the square of float", filled(rows, 18, [&](auto, auto) { return 1e-30 * random.normal(); })});
    return result;
}

}  // namespace test
