// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace engine {

// The eigenvalues of a symmetric n x n matrix, ascending; its rows become the eigenvectors, in their order. The signs
// are LAPACK's. Throws Error{Internal}.
std::vector<double> symmetricEigen(std::vector<double>& matrix, int n);

}  // namespace engine
