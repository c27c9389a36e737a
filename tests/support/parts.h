// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include <opencv2/core/mat.hpp>

namespace test {

// A small gray "part": the same stripes with a little noise of its own.
cv::Mat part(int width, int height, std::uint64_t seed);

// The part with a dark blot whose centre is (x, y).
cv::Mat partWithBlot(int width, int height, std::uint64_t seed, int x, int y, int radius = 6);

// train/good, test/good and test/blot with ground_truth/blot below `folder`.
void writeParts(const std::filesystem::path& folder, int train, int good, int blot, int width = 96, int height = 64);

}  // namespace test
