// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace engine {

// The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's method, as in Press et al.,
// Numerical Recipes, section 6.4). a, b > 0; x in [0, 1].
double incompleteBeta(double a, double b, double x);

// The x at which I_x(a, b) = probability, by bisection to the last bit.
double inverseIncompleteBeta(double a, double b, double probability);

// P(B <= k) for B binomial with n trials of the given probability. 0 for k < 0, 1 for k >= n.
double binomialAtMost(std::int64_t k, std::int64_t n, double probability);

}  // namespace engine
