// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace services {

// Smooth random values over the plane: a hash at whole coordinates, interpolated between them. The same everywhere.
class ValueNoise {
public:
    explicit ValueNoise(std::uint64_t seed) : m_seed(seed) {}

    // -1 to 1; features of about one unit.
    float at(float x, float y) const;
    // Octaves, each twice as fine and half as strong; about -1 to 1.
    float fractal(float x, float y, int octaves) const;

private:
    float corner(std::int32_t x, std::int32_t y) const;

    std::uint64_t m_seed;
};

}  // namespace services
