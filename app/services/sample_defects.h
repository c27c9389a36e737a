// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "app/services/sample_part.h"

namespace services {

enum class SampleDefect { Scratch, Dent, Stain, Missing };
inline constexpr std::array<std::string_view, 4> sampleDefectNames{"scratch", "dent", "stain", "missing"};

// Works the defect into the part and returns what it changed: CV_8UC1, 0 and 255. `severity` runs from 0, which a
// person finds on the second look, to 1, which nobody overlooks.
cv::Mat makeDefect(SampleDefect kind, SamplePart& part, float severity, engine::Random& random);

}  // namespace services
