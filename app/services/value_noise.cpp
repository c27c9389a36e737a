// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/value_noise.h"

#include <cmath>

namespace services {

float ValueNoise::corner(std::int32_t x, std::int32_t y) const {
    std::uint64_t h = m_seed + static_cast<std::uint32_t>(x) * 0x9e3779b97f4a7c15ULL +
                      static_cast<std::uint32_t>(y) * 0xc2b2ae3d27d4eb4fULL;
    h = (h ^ h >> 31) * 0xbf58476d1ce4e5b9ULL;
    h ^= h >> 29;
    return static_cast<float>(h & 0xffffffU) * (2.0F / 0xffffffU) - 1.0F;
}

float ValueNoise::at(float x, float y) const {
    const float fx = std::floor(x);
    const float fy = std::floor(y);
    const auto ix = static_cast<std::int32_t>(fx);
    const auto iy = static_cast<std::int32_t>(fy);
    const auto smooth = [](float t) { return t * t * (3 - 2 * t); };
    const float tx = smooth(x - fx);
    const float ty = smooth(y - fy);
    const float a = corner(ix, iy);
    const float b = corner(ix + 1, iy);
    const float c = corner(ix, iy + 1);
    const float d = corner(ix + 1, iy + 1);
    const float top = a + (b - a) * tx;
    const float bottom = c + (d - c) * tx;
    return top + (bottom - top) * ty;
}

float ValueNoise::fractal(float x, float y, int octaves) const {
    float sum = 0;
    float strength = 0.5F;
    for (int i = 0; i < octaves; ++i) {
        sum += strength * at(x, y);
        // The shift keeps the lattices of the octaves from lying on each other.
        x = 2 * x + 17.3F;
        y = 2 * y - 5.7F;
        strength /= 2;
    }
    return sum;
}

}  // namespace services
