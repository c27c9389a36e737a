// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/backbone.h"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace engine {

bool cpuHasBf16() {
#if defined(__x86_64__) || defined(__i386__)
    // oneDNN's bf16 convolutions build on AVX-512 BW and VL; the operating system must save these registers, which
    // __builtin_cpu_supports asks too.
    if (!__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512vl")) return false;
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
    const bool amx = (d & (1U << 22)) != 0;
    if (__get_cpuid_count(7, 1, &a, &b, &c, &d) == 0) return amx;
    const bool avx512 = (a & (1U << 5)) != 0;
    return avx512 || amx;
#else
    return false;
#endif
}

}  // namespace engine
