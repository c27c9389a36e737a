// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/binomial.h"

#include <cmath>
#include <limits>

namespace engine {

namespace {

// The fraction converges in about sqrt(max(a, b)) steps on the side where it is used, so this covers counts of 10^9.
constexpr int maxSteps = 200'000;

double continuedFraction(double a, double b, double x) {
    constexpr double tiny = 1e-300;
    const auto awayFromZero = [](double v) { return std::abs(v) < tiny ? tiny : v; };
    double c = 1;
    double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
    double result = d;
    for (int m = 1; m <= maxSteps; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / awayFromZero(1 + even * d);
        c = awayFromZero(1 + even / c);
        result *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / awayFromZero(1 + odd * d);
        c = awayFromZero(1 + odd / c);
        result *= d * c;
        if (std::abs(d * c - 1) < 4 * std::numeric_limits<double>::epsilon()) break;
    }
    return result;
}

}  // namespace

double incompleteBeta(double a, double b, double x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double factor =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    // Beyond its mean the function is taken from the other end, where the fraction converges quickly.
    if (x < (a + 1) / (a + b + 2)) return factor * continuedFraction(a, b, x) / a;
    return 1 - factor * continuedFraction(b, a, 1 - x) / b;
}

double inverseIncompleteBeta(double a, double b, double probability) {
    double low = 0;
    double high = 1;
    for (;;) {
        const double middle = low + (high - low) / 2;
        // Next to zero a double can be halved a thousand times; 1e-18 is finer than any count can tell.
        if (middle == low || middle == high || high < 1e-18) return middle;
        (incompleteBeta(a, b, middle) < probability ? low : high) = middle;
    }
}

double binomialAtMost(std::int64_t k, std::int64_t n, double probability) {
    if (k < 0) return 0;
    if (k >= n) return 1;
    return incompleteBeta(static_cast<double>(n - k), static_cast<double>(k + 1), 1 - probability);
}

}  // namespace engine
