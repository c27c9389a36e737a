// SPDX-License-Identifier: Apache-2.0
#include "engine/features/symmetric_eigen.h"

#include <cstddef>

#include "engine/core/error.h"

extern "C" void dsyevd_(const char* job, const char* triangle, const int* n, double* a, const int* lda, double* values,
                        double* work, const int* workSize, int* integerWork, const int* integerWorkSize, int* info);

namespace engine {

std::vector<double> symmetricEigen(std::vector<double>& matrix, int n) {
    std::vector<double> values(static_cast<std::size_t>(n));
    int info = 0;
    const int query = -1;
    double workSize = 0;
    int integerWorkSize = 0;
    dsyevd_("V", "L", &n, matrix.data(), &n, values.data(), &workSize, &query, &integerWorkSize, &query, &info);
    std::vector<double> work(static_cast<std::size_t>(workSize));
    std::vector<int> integerWork(static_cast<std::size_t>(integerWorkSize));
    const int size = static_cast<int>(work.size());
    dsyevd_("V", "L", &n, matrix.data(), &n, values.data(), work.data(), &size, integerWork.data(), &integerWorkSize,
            &info);
    if (info != 0)
        throw Error(ErrorCode::Internal,
                    "the principal components did not converge; do without them (pca=0, reduction=none)");
    return values;
}

}  // namespace engine
