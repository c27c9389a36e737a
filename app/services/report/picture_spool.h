// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "app/services/report/scratch_file.h"

namespace services {

// A picture that is kept on the disk, as JPEG.
struct SpooledPicture {
    std::int64_t offset = 0;
    std::int64_t bytes = 0;
    int width = 0;
    int height = 0;
};

// Pictures of a report: as many as there are, held on the disk until they are written.
class PictureSpool {
public:
    // No side is longer than this, about 290 dpi where a page has two pictures beside each other in two columns.
    static constexpr int longestSidePx = 480;

    // CV_8UC3. Throws engine::Error{WriteFailed, Internal}.
    SpooledPicture add(const cv::Mat& picture);
    std::vector<std::byte> jpeg(const SpooledPicture& picture) const;

private:
    ScratchFile m_file;
};

// No larger than a picture of the spool may be.
cv::Mat scaledDown(const cv::Mat& picture, int interpolation);

}  // namespace services
