// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/axis_taps.h"

#include <algorithm>
#include <cmath>

namespace ui {

AxisTaps axisTaps(int begin, int count, double step, double start, int samples) {
    AxisTaps taps;
    const auto size = static_cast<std::size_t>(count);
    taps.first.resize(size);
    taps.second.resize(size);
    taps.weight.resize(size);
    for (int i = 0; i < count; ++i) {
        const double place = std::clamp((begin + i + 0.5) * step + start - 0.5, 0.0, samples - 1.0);
        const int first = static_cast<int>(place);
        const auto at = static_cast<std::size_t>(i);
        taps.first[at] = first;
        taps.second[at] = std::min(first + 1, samples - 1);
        taps.weight[at] = static_cast<float>(place - first);
    }
    return taps;
}

std::vector<int> nearestTaps(int begin, int count, double step, double start, int samples) {
    std::vector<int> taps(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const double place = std::floor((begin + i + 0.5) * step + start);
        taps[static_cast<std::size_t>(i)] = static_cast<int>(std::clamp(place, 0.0, samples - 1.0));
    }
    return taps;
}

}  // namespace ui
