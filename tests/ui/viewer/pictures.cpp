// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/viewer/pictures.h"

#include <cmath>

#include "app/services/images/picture_levels.h"
#include "engine/core/random.h"

namespace test {

services::PicturePtr pictureOf(const cv::Mat& pixels) {
    auto picture = std::make_shared<services::Picture>();
    picture->path = QStringLiteral("/parts/part.png");
    picture->format = QStringLiteral("PNG");
    picture->original.pixels = pixels;
    picture->levels = services::pictureLevels(picture->original, {});
    return picture;
}

cv::Mat addressed(int width, int height) {
    cv::Mat pixels(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            pixels.at<cv::Vec3b>(y, x) = cv::Vec3b(static_cast<uchar>(x % 256), static_cast<uchar>(y % 256),
                                                   static_cast<uchar>(x / 256 + 16 * (y / 256)));
    return pixels;
}

std::shared_ptr<services::StoredMap> mapOver(const cv::Mat& values, int pictureWidth, int pictureHeight) {
    auto map = std::make_shared<services::StoredMap>();
    map->values = values;
    map->placement = {static_cast<double>(values.cols) / pictureWidth,
                      static_cast<double>(values.rows) / pictureHeight,
                      0,
                      0,
                      pictureWidth,
                      pictureHeight};
    return map;
}

cv::Mat blobs(int width, int height, int count, double sizeShare) {
    cv::Mat values(height, width, CV_32FC1, cv::Scalar(0));
    engine::Random random(7);
    for (int i = 0; i < count; ++i) {
        const double x = random.uniform() * width;
        const double y = random.uniform() * height;
        const double size = (0.5 + random.uniform()) * sizeShare * std::min(width, height);
        for (int row = 0; row < height; ++row)
            for (int column = 0; column < width; ++column) {
                const double away = std::hypot(column + 0.5 - x, row + 0.5 - y) / size;
                values.at<float>(row, column) += static_cast<float>(std::exp(-away * away));
            }
    }
    return values;
}

}  // namespace test
