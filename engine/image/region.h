// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include <opencv2/core/mat.hpp>

namespace engine {

// A region of interest: what is inspected. It is given as a mask over an image of the set and applies to every image,
// stretched to its size: parts sit in fixtures. Fitting uses the patches inside it, scoring sees nothing outside it.
class Region {
public:
    Region() = default;  // everything
    // mask: CV_8UC1, nonzero is inside. Throws Error{InvalidArgument} when nothing is inside.
    explicit Region(cv::Mat mask);

    bool isEverything() const { return m_mask.empty(); }
    const cv::Mat& mask() const { return m_mask; }
    // The mask at the size of an image (nearest), CV_8UC1 with 0 and 255; all 255 if it is everything.
    cv::Mat atSize(int width, int height) const;

private:
    cv::Mat m_mask;
};

// Throws as decodeMask, and Error{InvalidArgument} when nothing is marked.
Region readRegion(const std::filesystem::path& path);

// The connected (8) region of map >= cut with the largest area.
struct Box {
    int x = 0, y = 0, width = 0, height = 0;
    bool empty() const { return width == 0; }
};
Box largestRegionAbove(const cv::Mat& map, double cut);

}  // namespace engine
