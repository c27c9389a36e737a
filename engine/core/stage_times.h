// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace engine {

struct StageTimes {  // milliseconds of one image
    double decode = 0;
    double preprocess = 0;
    double backbone = 0;  // the forward pass and the patch features
    double search = 0;    // nearest neighbours, or what the method has in their place
    double map = 0;
    double total = 0;  // without decode when the caller brought the pixels
};

class Stopwatch {
public:
    // Milliseconds since the construction or the last lap.
    double lapMs() {
        const auto now = std::chrono::steady_clock::now();
        const double elapsed = std::chrono::duration<double, std::milli>(now - m_start).count();
        m_start = now;
        return elapsed;
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace engine
