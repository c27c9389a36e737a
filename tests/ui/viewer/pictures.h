// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "app/services/images/picture.h"
#include "app/services/images/stored_map.h"

namespace test {

// A picture with its pyramid, as the loader makes it.
services::PicturePtr pictureOf(const cv::Mat& pixels);

// A colour picture whose pixel (x, y) is told by its colour: blue x % 256, green y % 256, red (x / 256 + 16 * (y /
// 256)).
cv::Mat addressed(int width, int height);

// A map whose input covers a picture of this size (FitMode Native or Stretch).
std::shared_ptr<services::StoredMap> mapOver(const cv::Mat& values, int pictureWidth, int pictureHeight);

// Smooth blobs between 0 and 1, as PatchCore's maps are.
cv::Mat blobs(int width, int height, int count, double sizeShare);

}  // namespace test
