// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <opencv2/core/mat.hpp>

namespace cli {

// Atomic. Throw engine::Error{WriteFailed}.
void writePng(const std::filesystem::path& path, const cv::Mat& picture);       // CV_8UC3 or CV_8UC1
void writeFloatTiff(const std::filesystem::path& path, const cv::Mat& values);  // CV_32FC1, as they are

}  // namespace cli
