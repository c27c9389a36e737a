// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <type_traits>
#include <utility>

namespace engine {

// work(0), ..., work(count - 1), each number known to the compiler. GCC keeps an array in registers only where no loop
// indexes it: a tile of sums in a loop is stored to memory at every step. A lambda's type is its file's own, so that
// nothing is shared between instruction sets.
template <int count, typename Work>
[[gnu::always_inline]] inline void unrolled(const Work& work) {
    [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline)) {
        (work(std::integral_constant<int, i>()), ...);
    }
    (std::make_integer_sequence<int, count>());
}

}  // namespace engine
