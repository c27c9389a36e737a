// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/kernels/kernels.h"

// Private to this folder. Only the table of an instruction set that the CPU has may be used.
namespace engine {

extern const Kernels scalarKernels;
extern const Kernels avx2Kernels;
extern const Kernels avx512Kernels;

}  // namespace engine
