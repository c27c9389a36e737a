// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace engine {

// SplitMix64 (Steele, Lea and Flood, 2014). The same numbers from the same seed on every platform, which the
// distributions of the standard library do not promise.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next();
    // Uniform in [0, bound), without modulo bias; bound > 0.
    std::uint64_t below(std::uint64_t bound);
    // Uniform in [0, 1).
    double uniform();
    // Standard normal (Box and Muller).
    double normal();

private:
    std::uint64_t m_state;
};

}  // namespace engine
