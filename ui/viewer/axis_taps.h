// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace ui {

// Bilinear sampling along one axis: between samples first[i] and second[i] with the share weight[i] of the second.
// Beyond the outermost centres the outermost sample is repeated.
struct AxisTaps {
    std::vector<int> first;
    std::vector<int> second;
    std::vector<float> weight;
};

// For the outputs begin .. begin + count - 1; the centre of output d lies at (d + 0.5) * step + start in continuous
// coordinates of the samples (the centre of the first is at 0.5).
AxisTaps axisTaps(int begin, int count, double step, double start, int samples);

// The sample that holds the centre of each output.
std::vector<int> nearestTaps(int begin, int count, double step, double start, int samples);

}  // namespace ui
