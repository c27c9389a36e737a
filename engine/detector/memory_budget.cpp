// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/memory_budget.h"

#include <algorithm>
#include <fstream>
#include <string>

namespace engine {

namespace {

constexpr std::int64_t floorBytes = 256'000'000;

// The first number of a file such as /sys/fs/cgroup/memory.max, or -1 ("max", or no such file).
std::int64_t numberIn(const char* path) {
    std::ifstream file(path);
    std::int64_t value = -1;
    return file >> value ? value : -1;
}

std::int64_t availableBytes() {
    std::ifstream file("/proc/meminfo");
    std::string name;
    std::int64_t kilobytes = 0;
    std::string unit;
    std::int64_t available = 2 * floorBytes;
    while (file >> name >> kilobytes && std::getline(file, unit))
        if (name == "MemAvailable:") available = kilobytes * 1024;
    // A container may own less than the machine.
    const std::int64_t limit = numberIn("/sys/fs/cgroup/memory.max");
    const std::int64_t used = numberIn("/sys/fs/cgroup/memory.current");
    return limit > 0 && used >= 0 ? std::min(available, limit - used) : available;
}

}  // namespace

std::int64_t defaultMemoryBudget() {
    return std::max(floorBytes, availableBytes() / 2);
}

}  // namespace engine
