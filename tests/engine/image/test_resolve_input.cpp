// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <vector>

#include "engine/core/error.h"
#include "engine/image/preprocess.h"
#include "engine/image/sixteen_bit_range.h"

using namespace engine;

namespace {

InputSpec resolved(int sizePx, FitMode mode, const std::vector<ImageInfo>& images) {
    PreprocessParameters parameters;
    parameters.sizePx = sizePx;
    parameters.fitMode = mode;
    return resolveInput(parameters, images);
}

void checkSize(const InputSpec& spec, int width, int height) {
    CHECK(spec.width == width);
    CHECK(spec.height == height);
}

}  // namespace

TEST_CASE("native keeps the median aspect ratio and the area, in multiples of 32") {
    checkSize(resolved(256, FitMode::Native, {{900, 900}}), 256, 256);
    checkSize(resolved(256, FitMode::Native, {{400, 100}}), 512, 128);
    checkSize(resolved(256, FitMode::Native, {{100, 400}}), 128, 512);
    // sqrt(1.5) * 256 = 313.5 and 209.0: rounded to 320 and 224.
    checkSize(resolved(256, FitMode::Native, {{600, 400}}), 320, 224);
    // The odd one out does not count; of an even number the middle two meet half way (4:1 and 1:1 at 2:1).
    checkSize(resolved(256, FitMode::Native, {{100, 100}, {200, 100}, {5000, 10}}), 352, 192);
    checkSize(resolved(256, FitMode::Native, {{400, 100}, {100, 100}}), 352, 192);
    checkSize(resolved(256, FitMode::Native, {{100, 400}, {100, 100}}), 192, 352);
    checkSize(resolved(32, FitMode::Native, {{400, 100}}), 64, 32);
    // 16:1 is as long as it gets.
    checkSize(resolved(256, FitMode::Native, {{100000, 1}}), 1024, 64);
}

TEST_CASE("the other modes are square, and the size is rounded to a multiple of 32") {
    for (const FitMode mode : {FitMode::Stretch, FitMode::Letterbox, FitMode::Crop}) {
        checkSize(resolved(256, mode, {{400, 100}}), 256, 256);
        checkSize(resolved(250, mode, {{400, 100}}), 256, 256);
        checkSize(resolved(32, mode, {{400, 100}}), 32, 32);
        checkSize(resolved(2048, mode, {{400, 100}}), 2048, 2048);
        CHECK(resolved(64, mode, {{400, 100}}).fitMode == mode);
    }
}

TEST_CASE("impossible parameters are refused") {
    CHECK_THROWS_AS(resolved(31, FitMode::Crop, {{4, 4}}), Error);
    CHECK_THROWS_AS(resolved(2049, FitMode::Crop, {{4, 4}}), Error);
    CHECK_THROWS_AS(resolved(256, FitMode::Native, {}), Error);
    CHECK_THROWS_AS(resolved(256, FitMode::Native, {{0, 4}}), Error);
    InputSpec spec;
    spec.deviation[1] = 0;
    CHECK_THROWS_AS(Preprocessor(spec), Error);
    spec = {};
    spec.sixteenBitLow = spec.sixteenBitHigh;
    CHECK_THROWS_AS(Preprocessor(spec), Error);
    spec = {};
    spec.width = 0;
    CHECK_THROWS_AS(Preprocessor(spec), Error);
}

TEST_CASE("fit modes have names, both ways") {
    for (const FitMode mode : {FitMode::Native, FitMode::Stretch, FitMode::Letterbox, FitMode::Crop})
        CHECK(fitModeFromName(nameOf(mode)) == mode);
    CHECK(nameOf(FitMode::Letterbox) == "letterbox");
    CHECK_THROWS_WITH(fitModeFromName("square"), Catch::Contains("square") && Catch::Contains("letterbox"));
}

TEST_CASE("the range of 16-bit values is the percentiles of what was seen") {
    SixteenBitRange range;
    CHECK(range.low() == 0);
    CHECK(range.high() == 65535);
    Image image{cv::Mat(10, 1000, CV_16UC1)};
    for (int i = 0; i < 10000; ++i) image.pixels.ptr<std::uint16_t>(i / 1000)[i % 1000] = static_cast<std::uint16_t>(i);
    range.add(image);
    range.add({cv::Mat(5, 5, CV_8UC1, cv::Scalar(255))});
    // The 10th and the 9990th of the values 0 to 9999.
    CHECK(range.low() == 9);
    CHECK(range.high() == 9989);
    CHECK(range.quantile(0.5) == 4999);
    SixteenBitRange flat;
    flat.add({cv::Mat(5, 5, CV_16UC3, cv::Scalar::all(7))});
    CHECK(flat.low() == 7);
    CHECK(flat.high() == 8);
}
