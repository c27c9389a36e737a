// SPDX-License-Identifier: Apache-2.0
#include "engine/kernels/kernels.h"

#include "engine/core/error.h"
#include "engine/kernels/kernel_tables.h"

namespace engine {

InstructionSet widestInstructionSet() {
    // The compiler's builtins also ask whether the operating system saves the wide registers.
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni"))
        return InstructionSet::Avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return InstructionSet::Avx2;
    return InstructionSet::Scalar;
}

const Kernels& kernelsFor(InstructionSet instructionSet) {
    const InstructionSet widest = widestInstructionSet();
    if (instructionSet == InstructionSet::Auto) instructionSet = widest;
    if (static_cast<int>(instructionSet) > static_cast<int>(widest))
        throw Error(ErrorCode::Unsupported, "this CPU lacks the instruction set asked for; choose auto");
    switch (instructionSet) {
        case InstructionSet::Avx512:
            return avx512Kernels;
        case InstructionSet::Avx2:
            return avx2Kernels;
        default:
            return scalarKernels;
    }
}

}  // namespace engine
