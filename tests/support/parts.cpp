// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/parts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/core/random.h"

namespace test {

namespace {

std::string numbered(int i, const char* ending) {
    char name[32];
    std::snprintf(name, sizeof name, "%03d%s", i, ending);
    return name;
}

cv::Point blotCentre(int i, int width, int height) {
    return {width / 4 + (i * 13) % (width / 2), height / 4 + (i * 7) % (height / 2)};
}

}  // namespace

cv::Mat part(int width, int height, std::uint64_t seed) {
    engine::Random random(seed);
    cv::Mat image(height, width, CV_8UC1);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.at<unsigned char>(y, x) = cv::saturate_cast<unsigned char>(
                128 + 50 * std::sin(x * 0.4) + 10 * std::sin(y * 0.25) + 4 * random.normal());
    return image;
}

cv::Mat partWithBlot(int width, int height, std::uint64_t seed, int x, int y, int radius) {
    cv::Mat image = part(width, height, seed);
    cv::circle(image, {x, y}, radius, cv::Scalar(5), cv::FILLED);
    return image;
}

void writeParts(const std::filesystem::path& folder, int train, int good, int blot, int width, int height) {
    const auto makeFolder = [&](const char* name) {
        std::filesystem::create_directories(folder / name);
        return folder / name;
    };
    const auto write = [](const std::filesystem::path& path, const cv::Mat& image) {
        cv::imwrite(path.string(), image);
    };
    const auto trainFolder = makeFolder("train/good");
    for (int i = 0; i < train; ++i)
        write(trainFolder / numbered(i, ".png"), part(width, height, static_cast<std::uint64_t>(i)));
    const auto goodFolder = makeFolder("test/good");
    for (int i = 0; i < good; ++i)
        write(goodFolder / numbered(i, ".png"), part(width, height, 1000 + static_cast<std::uint64_t>(i)));
    if (blot == 0) return;
    const auto blotFolder = makeFolder("test/blot");
    const auto maskFolder = makeFolder("ground_truth/blot");
    for (int i = 0; i < blot; ++i) {
        const cv::Point centre = blotCentre(i, width, height);
        write(blotFolder / numbered(i, ".png"),
              partWithBlot(width, height, 2000 + static_cast<std::uint64_t>(i), centre.x, centre.y));
        cv::Mat mask(height, width, CV_8UC1, cv::Scalar(0));
        cv::circle(mask, centre, 6, cv::Scalar(255), cv::FILLED);
        write(maskFolder / numbered(i, "_mask.png"), mask);
    }
}

}  // namespace test
