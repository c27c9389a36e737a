// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace engine {

// Half of the memory that the system says is available to new work, at least 256 MB.
std::int64_t defaultMemoryBudget();

}  // namespace engine
