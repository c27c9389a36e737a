// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/image/preprocess.h"

using namespace engine;

namespace {

const FitMode allModes[] = {FitMode::Native, FitMode::Stretch, FitMode::Letterbox, FitMode::Crop};
const cv::Size oddSizes[] = {{900, 900}, {901, 643}, {333, 777}, {57, 31}, {64, 64}, {255, 257}, {1200, 95}, {31, 40}};

// Values of 0 to 255 come out as 0 to 1, so that tests read like arithmetic.
InputSpec plainSpec(int width, int height, FitMode mode) {
    InputSpec spec;
    spec.width = width;
    spec.height = height;
    spec.fitMode = mode;
    spec.mean = {0, 0, 0};
    spec.deviation = {1, 1, 1};
    return spec;
}

std::vector<float> applied(const InputSpec& spec, const cv::Mat& pixels) {
    std::vector<float> out(static_cast<std::size_t>(spec.width) * spec.height * 3, -99.0F);
    Preprocessor(spec).apply({pixels}, out);
    return out;
}

cv::Mat randomImage(int height, int width, int type, std::uint64_t seed) {
    cv::Mat image(height, width, type);
    Random random(seed);
    for (int y = 0; y < height; ++y)
        for (std::size_t i = 0; i < static_cast<std::size_t>(width) * image.elemSize(); ++i)
            image.ptr<std::uint8_t>(y)[i] = static_cast<std::uint8_t>(random.next());
    return image;
}

// The mean of an image over a rectangle in continuous coordinates, pixel by pixel; outside there is nothing.
double meanOver(const cv::Mat& gray, double left, double top, double right, double bottom) {
    double sum = 0;
    double area = 0;
    for (int y = 0; y < gray.rows; ++y)
        for (int x = 0; x < gray.cols; ++x) {
            const double w = std::max(0.0, std::min(right, x + 1.0) - std::max(left, static_cast<double>(x)));
            const double h = std::max(0.0, std::min(bottom, y + 1.0) - std::max(top, static_cast<double>(y)));
            sum += w * h * gray.at<std::uint8_t>(y, x);
            area += w * h;
        }
    return sum / area;
}

}  // namespace

TEST_CASE("colours are normalised channel by channel, in the order red, green, blue") {
    InputSpec spec;
    spec.width = spec.height = 32;
    const auto out = applied(spec, cv::Mat(50, 50, CV_8UC3, cv::Scalar(10, 100, 200)));
    for (std::size_t i = 0; i < out.size(); i += 3) {
        CHECK(out[i] == Approx((200 / 255.0 - 0.485) / 0.229).margin(1e-4));
        CHECK(out[i + 1] == Approx((100 / 255.0 - 0.456) / 0.224).margin(1e-4));
        CHECK(out[i + 2] == Approx((10 / 255.0 - 0.406) / 0.225).margin(1e-4));
    }
}

TEST_CASE("gray is replicated and 16 bit loses nothing") {
    const InputSpec spec = plainSpec(32, 32, FitMode::Stretch);
    for (const float v : applied(spec, cv::Mat(20, 90, CV_8UC1, cv::Scalar(51)))) CHECK(v == Approx(0.2).margin(1e-6));
    // One step of 65535 is visible in the result.
    const auto low = applied(spec, cv::Mat(64, 64, CV_16UC1, cv::Scalar(30000)));
    const auto high = applied(spec, cv::Mat(64, 64, CV_16UC1, cv::Scalar(30001)));
    CHECK(high[5] - low[5] == Approx(1 / 65535.0).epsilon(0.05));
}

TEST_CASE("16 bit is mapped from its range and clipped before it is averaged") {
    InputSpec spec = plainSpec(32, 32, FitMode::Stretch);
    spec.sixteenBitLow = 1000;
    spec.sixteenBitHigh = 3000;
    for (const int channels : {1, 3}) {
        cv::Mat image(64, 64, CV_MAKETYPE(CV_16U, channels), cv::Scalar::all(0));
        // Every second column is far above the range: clipped, it counts as 1 and the rest as 0.
        for (int x = 0; x < 64; x += 2) image.col(x).setTo(cv::Scalar::all(60000));
        for (const float v : applied(spec, image)) CHECK(v == Approx(0.5).margin(1e-6));
        image.setTo(cv::Scalar::all(1500));
        for (const float v : applied(spec, image)) CHECK(v == Approx(0.25).margin(1e-6));
    }
}

TEST_CASE("shrinking is the mean over each pixel's area, for any ratio") {
    for (const auto& [width, height] : {std::pair{64, 96}, {67, 101}, {33, 200}, {45, 64}}) {
        const cv::Mat image = randomImage(height, width, CV_8UC1, 3);
        const InputSpec spec = plainSpec(32, 64, FitMode::Native);
        const auto out = applied(spec, image);
        const double sx = width / 32.0;
        const double sy = height / 64.0;
        for (int y = 0; y < 64; y += 7)
            for (int x = 0; x < 32; x += 3) {
                const double expected = meanOver(image, x * sx, y * sy, (x + 1) * sx, (y + 1) * sy) / 255;
                CHECK(out[static_cast<std::size_t>(y * 32 + x) * 3] == Approx(expected).margin(1e-5));
            }
    }
}

TEST_CASE("growing is bilinear, as OpenCV's") {
    const cv::Mat image = randomImage(20, 25, CV_8UC1, 4);
    const InputSpec spec = plainSpec(64, 96, FitMode::Stretch);
    cv::Mat asFloat;
    image.convertTo(asFloat, CV_32F, 1 / 255.0);
    cv::Mat expected;
    cv::resize(asFloat, expected, {64, 96}, 0, 0, cv::INTER_LINEAR);
    const auto out = applied(spec, image);
    for (int y = 0; y < 96; ++y)
        for (int x = 0; x < 64; ++x)
            CHECK(out[static_cast<std::size_t>(y * 64 + x) * 3] == Approx(expected.at<float>(y, x)).margin(1e-5));
}

TEST_CASE("an axis that shrinks is averaged while the other grows") {
    // Columns alternate 0 and 255, rows are constant: averaged along x it is flat, whatever happens along y.
    cv::Mat image(10, 128, CV_8UC1, cv::Scalar(0));
    for (int x = 0; x < 128; x += 2) image.col(x).setTo(255);
    for (const float v : applied(plainSpec(64, 64, FitMode::Stretch), image)) CHECK(v == Approx(0.5).margin(1e-5));
}

TEST_CASE("letterbox borders are exactly zero after normalisation") {
    InputSpec spec;
    spec.width = spec.height = 64;
    spec.fitMode = FitMode::Letterbox;
    const auto out = applied(spec, cv::Mat(50, 100, CV_8UC3, cv::Scalar(255, 255, 255)));
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) {
            const float v = out[static_cast<std::size_t>(y * 64 + x) * 3];
            if (y >= 16 && y < 48)
                CHECK(v == Approx((1 - 0.485) / 0.229).margin(1e-4));
            else
                CHECK(v == 0.0F);
        }
}

TEST_CASE("the input is a crop of the centre") {
    cv::Mat image(64, 128, CV_8UC1, cv::Scalar(0));
    image(cv::Rect(32, 0, 64, 64)).setTo(255);
    for (const float v : applied(plainSpec(64, 64, FitMode::Crop), image)) CHECK(v == 1.0F);
    for (const float v : applied(plainSpec(32, 32, FitMode::Crop), image)) CHECK(v == Approx(1).margin(1e-6));
}

TEST_CASE("one pixel fills any input") {
    for (const FitMode mode : allModes) {
        const auto out = applied(plainSpec(32, 32, mode), cv::Mat(1, 1, CV_8UC1, cv::Scalar(255)));
        for (const float v : out) CHECK(v == 1.0F);
    }
}

TEST_CASE("what cannot be preprocessed is refused") {
    const Preprocessor preprocessor(plainSpec(32, 32, FitMode::Stretch));
    std::vector<float> out(32 * 32 * 3);
    CHECK_THROWS_AS(preprocessor.apply({}, out), Error);
    CHECK_THROWS_AS(preprocessor.apply({cv::Mat::zeros(4, 4, CV_32FC1)}, out), Error);
    CHECK_THROWS_AS(preprocessor.apply({cv::Mat::zeros(4, 4, CV_8UC4)}, out), Error);
    out.resize(10);
    CHECK_THROWS_AS(preprocessor.apply({cv::Mat::zeros(4, 4, CV_8UC1)}, out), Error);
    CHECK_THROWS_AS(preprocessor.toOriginal(cv::Mat(), 4, 4), Error);
    CHECK_THROWS_AS(preprocessor.toOriginal(cv::Mat::zeros(4, 4, CV_8UC1), 4, 4), Error);
    CHECK_THROWS_AS(preprocessor.toOriginal(cv::Mat::zeros(4, 4, CV_32FC1), 0, 4), Error);
}

TEST_CASE("a constant map stays constant, at the original's size") {
    for (const FitMode mode : allModes)
        for (const cv::Size size : oddSizes)
            for (const cv::Size grid : {cv::Size(32, 32), cv::Size(7, 13), cv::Size(1, 1)}) {
                const cv::Mat map = Preprocessor(plainSpec(256, 256, mode))
                                        .toOriginal(cv::Mat(grid, CV_32FC1, cv::Scalar(2.5)), size.width, size.height);
                REQUIRE(map.size() == size);
                REQUIRE(map.type() == CV_32FC1);
                CHECK(cv::norm(map, cv::Mat(size, CV_32FC1, cv::Scalar(2.5)), cv::NORM_INF) < 1e-6);
            }
}

TEST_CASE("a linear ramp over the original comes back as that ramp") {
    for (const FitMode mode : allModes)
        for (const cv::Size size : oddSizes)
            for (const cv::Size grid : {cv::Size(32, 32), cv::Size(31, 17), cv::Size(256, 256)}) {
                const InputSpec spec = plainSpec(256, 256, mode);
                const Preprocessor preprocessor(spec);
                const Placement p = preprocessor.placement(size.width, size.height);
                const auto ramp = [&](double x, double y) { return x / size.width - 0.7 * y / size.height; };
                // The ramp in coordinates of the original, sampled at the centre of each cell.
                const double cellX = 256.0 / grid.width;
                const double cellY = 256.0 / grid.height;
                cv::Mat cells(grid, CV_32FC1);
                for (int r = 0; r < grid.height; ++r)
                    for (int c = 0; c < grid.width; ++c)
                        cells.at<float>(r, c) = static_cast<float>(ramp(((c + 0.5) * cellX - p.offsetX) / p.scaleX,
                                                                        ((r + 0.5) * cellY - p.offsetY) / p.scaleY));
                const cv::Mat map = preprocessor.toOriginal(cells, size.width, size.height);
                double worst = 0;
                int inside = 0;
                for (int y = 0; y < size.height; ++y)
                    for (int x = 0; x < size.width; ++x) {
                        const double u = (x + 0.5) * p.scaleX + p.offsetX;
                        const double v = (y + 0.5) * p.scaleY + p.offsetY;
                        // Between the outermost centres there is something to interpolate.
                        if (u < cellX / 2 || v < cellY / 2 || u > 256 - cellX / 2 || v > 256 - cellY / 2) continue;
                        ++inside;
                        worst = std::max(worst, std::abs(map.at<float>(y, x) - ramp(x + 0.5, y + 0.5)));
                    }
                CAPTURE(nameOf(mode), size.width, size.height, grid.width);
                CHECK(inside > 0);
                CHECK(worst < 1e-4);
            }
}

TEST_CASE("a bright blob is found where it is, for odd sizes and every mode") {
    Random random(11);
    for (const FitMode mode : allModes)
        for (const cv::Size size : oddSizes) {
            const InputSpec spec = plainSpec(256, 256, mode);
            const Preprocessor preprocessor(spec);
            const Placement p = preprocessor.placement(size.width, size.height);
            for (int round = 0; round < 4; ++round) {
                // A point well inside of the input, so that the crop holds it, at any fraction of a pixel.
                const double u = 40 + 176 * random.uniform();
                const double v = 40 + 176 * random.uniform();
                const double x = std::clamp((u - p.offsetX) / p.scaleX, 0.2 * size.width, 0.8 * size.width);
                const double y = std::clamp((v - p.offsetY) / p.scaleY, 0.2 * size.height, 0.8 * size.height);
                const double sigma = std::max(6 / std::min(p.scaleX, p.scaleY), 2.0);
                cv::Mat image(size, CV_16UC1);
                for (int r = 0; r < size.height; ++r)
                    for (int c = 0; c < size.width; ++c) {
                        const double d = std::pow(c + 0.5 - x, 2) + std::pow(r + 0.5 - y, 2);
                        image.at<std::uint16_t>(r, c) =
                            static_cast<std::uint16_t>(60000 * std::exp(-d / (2 * sigma * sigma)));
                    }
                auto input = applied(spec, image);
                const cv::Mat planes(256, 256, CV_32FC3, input.data());
                cv::Mat gray;
                cv::extractChannel(planes, gray, 1);
                const cv::Mat map = preprocessor.toOriginal(gray, size.width, size.height);
                // The centre of mass of the blob, on the map and on the image itself.
                cv::Mat reference;
                image.convertTo(reference, CV_32F, 1 / 65535.0);
                const cv::Moments ours = cv::moments(map);
                const cv::Moments theirs = cv::moments(reference);
                cv::Point peak;
                cv::minMaxLoc(map, nullptr, nullptr, nullptr, &peak);
                CAPTURE(nameOf(mode), size.width, size.height, x, y, peak.x, peak.y);
                // Half an input pixel, or one of the original's where those are larger.
                CHECK(std::abs(peak.x + 0.5 - x) <= std::max(0.5 / p.scaleX, 0.5) + 0.51);
                CHECK(std::abs(peak.y + 0.5 - y) <= std::max(0.5 / p.scaleY, 0.5) + 0.51);
                if (mode != FitMode::Crop) {
                    CHECK(std::abs(ours.m10 / ours.m00 - theirs.m10 / theirs.m00) < 0.1 / p.scaleX + 0.05);
                    CHECK(std::abs(ours.m01 / ours.m00 - theirs.m01 / theirs.m00) < 0.1 / p.scaleY + 0.05);
                }
            }
        }
}

TEST_CASE("outside of the crop the nearest value is repeated") {
    const cv::Mat grid = (cv::Mat_<float>(2, 2) << 1, 2, 3, 4);
    const cv::Mat map = Preprocessor(plainSpec(64, 64, FitMode::Crop)).toOriginal(grid, 192, 64);
    CHECK(map.at<float>(0, 0) == 1.0F);
    CHECK(map.at<float>(0, 63) == 1.0F);
    CHECK(map.at<float>(63, 191) == 4.0F);
    CHECK(map.at<float>(63, 130) == 4.0F);
}

TEST_CASE("coverage counts the marked share of each cell, by hand") {
    cv::Mat mask = cv::Mat::zeros(4, 4, CV_8UC1);
    mask.at<std::uint8_t>(0, 0) = 1;
    mask(cv::Rect(2, 2, 2, 2)).setTo(255);
    const Preprocessor stretch(plainSpec(64, 64, FitMode::Stretch));
    const cv::Mat two = stretch.coverage(mask, 2, 2);
    CHECK(cv::norm(two, cv::Mat((cv::Mat_<float>(2, 2) << 0.25, 0, 0, 1)), cv::NORM_INF) < 1e-6);
    // Cells smaller than a pixel lie within one, or across the edge of two.
    const cv::Mat three = stretch.coverage(mask, 3, 3);
    CHECK(three.at<float>(0, 0) == Approx(9 / 16.0).margin(1e-6));
    CHECK(three.at<float>(1, 1) == Approx(1 / 4.0).margin(1e-6));
    CHECK(three.at<float>(2, 2) == Approx(1).margin(1e-6));
    const cv::Mat eight = stretch.coverage(mask, 8, 8);
    CHECK(cv::sum(eight)[0] == Approx(4 + 16).margin(1e-5));

    // 4 x 2 in a square: the upper and lower quarters are border, and a cell may be half border.
    const cv::Mat wide(2, 4, CV_8UC1, cv::Scalar(255));
    const cv::Mat boxed = Preprocessor(plainSpec(64, 64, FitMode::Letterbox)).coverage(wide, 2, 2);
    CHECK(cv::norm(boxed, cv::Mat(2, 2, CV_32FC1, cv::Scalar(0.5)), cv::NORM_INF) < 1e-6);
    const cv::Mat cropped = Preprocessor(plainSpec(64, 64, FitMode::Crop)).coverage(wide, 3, 3);
    CHECK(cv::norm(cropped, cv::Mat(3, 3, CV_32FC1, cv::Scalar(1)), cv::NORM_INF) < 1e-6);
}

TEST_CASE("coverage keeps the marked area, for odd sizes") {
    for (const cv::Size size : oddSizes) {
        const cv::Mat mask = randomImage(size.height, size.width, CV_8UC1, 8) > 200;
        const cv::Mat cells = Preprocessor(plainSpec(256, 256, FitMode::Stretch)).coverage(mask, 29, 37);
        const double share = static_cast<double>(cv::countNonZero(mask)) / size.area();
        CHECK(cv::mean(cells)[0] == Approx(share).margin(1e-5));
    }
}
