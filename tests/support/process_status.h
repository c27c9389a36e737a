// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <string>

namespace test {

// What Linux tells of this process: kilobytes for VmRSS and VmHWM, its peak; a number for Threads. 0 where it tells
// nothing.
inline long processStatus(const std::string& name) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.rfind(name + ":", 0) == 0) return std::stol(line.substr(name.size() + 1));
    return 0;
}

// VmHWM begins anew.
inline void restartPeak() {
    std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace test
