// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/image/decode.h"
#include "tests/engine/image/image_files.h"
#include "tests/support/test_data.h"

using namespace engine;
using namespace test;

namespace {

// 5 x 3, every pixel different from every other.
cv::Mat ramp(int type) {
    cv::Mat image(3, 5, type);
    const int channels = image.channels();
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 5 * channels; ++x) {
            const int value = 7 + y * 60 + x * 4;
            if (image.depth() == CV_16U)
                image.ptr<std::uint16_t>(y)[x] = static_cast<std::uint16_t>(value * 257 + x);
            else
                image.ptr<std::uint8_t>(y)[x] = static_cast<std::uint8_t>(value);
        }
    return image;
}

// Where the pixel (x, y) of the upright picture is stored, straight from the table of the EXIF standard: what the 0th
// stored row and the 0th stored column are in the picture.
cv::Mat uprightByTable(const cv::Mat& stored, int orientation) {
    const bool swaps = orientation >= 5;
    cv::Mat result(swaps ? stored.cols : stored.rows, swaps ? stored.rows : stored.cols, stored.type());
    const int w = result.cols;
    const int h = result.rows;
    for (int row = 0; row < stored.rows; ++row)
        for (int column = 0; column < stored.cols; ++column) {
            int x = 0;
            int y = 0;
            switch (orientation) {
                case 1:
                    x = column;
                    y = row;
                    break;  // row: top, column: left
                case 2:
                    x = w - 1 - column;
                    y = row;
                    break;  // top, right
                case 3:
                    x = w - 1 - column;
                    y = h - 1 - row;
                    break;  // bottom, right
                case 4:
                    x = column;
                    y = h - 1 - row;
                    break;  // bottom, left
                case 5:
                    x = row;
                    y = column;
                    break;  // left, top
                case 6:
                    x = w - 1 - row;
                    y = column;
                    break;  // right, top
                case 7:
                    x = w - 1 - row;
                    y = h - 1 - column;
                    break;  // right, bottom
                default:
                    x = row;
                    y = h - 1 - column;
                    break;  // left, bottom
            }
            stored(cv::Rect(column, row, 1, 1)).copyTo(result(cv::Rect(x, y, 1, 1)));
        }
    return result;
}

Bytes rawPixels(const cv::Mat& image, bool bigEndian = false) {
    Bytes bytes;
    for (int y = 0; y < image.rows; ++y)
        for (int i = 0; i < image.cols * image.channels(); ++i) {
            if (image.depth() == CV_8U) {
                bytes.push_back(image.ptr<std::uint8_t>(y)[i]);
                continue;
            }
            const unsigned value = image.ptr<std::uint16_t>(y)[i];
            bytes.push_back(static_cast<std::uint8_t>(bigEndian ? value >> 8 : value & 0xffU));
            bytes.push_back(static_cast<std::uint8_t>(bigEndian ? value & 0xffU : value >> 8));
        }
    return bytes;
}

Tiff tiffOf(const cv::Mat& image, bool bigEndian = false) {
    Tiff tiff;
    tiff.width = image.cols;
    tiff.height = image.rows;
    tiff.bits = image.depth() == CV_8U ? 8 : 16;
    tiff.samples = image.channels();
    tiff.photometric = image.channels() == 1 ? 1 : 2;
    tiff.bigEndian = bigEndian;
    cv::Mat rgb = image;
    if (image.channels() == 3) cv::cvtColor(image, rgb, cv::COLOR_BGR2RGB);
    tiff.pixels = rawPixels(rgb, bigEndian);
    return tiff;
}

}  // namespace

TEST_CASE("lossless formats give back every pixel, gray and colour, 8 and 16 bit") {
    for (const int type : {CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3})
        for (const std::string extension : {".png", ".tiff"}) {
            CAPTURE(type, extension);
            CHECK(equal(decoded(encoded(ramp(type), extension)), ramp(type)));
        }
    CHECK(equal(decoded(encoded(ramp(CV_8UC3), ".bmp")), ramp(CV_8UC3)));
    for (const bool bigEndian : {false, true})
        for (const int type : {CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3}) {
            CAPTURE(type, bigEndian);
            CHECK(equal(decoded(tiffBytes(tiffOf(ramp(type), bigEndian))), ramp(type)));
        }
}

TEST_CASE("an image of a single pixel can be decoded in every format") {
    const cv::Mat pixel(1, 1, CV_8UC3, cv::Scalar(90, 90, 90));
    for (const std::string extension : {".png", ".jpg", ".bmp", ".tiff", ".webp"}) {
        CAPTURE(extension);
        const cv::Mat back = decoded(encoded(pixel, extension));
        REQUIRE(back.size() == cv::Size(1, 1));
        CHECK(cv::norm(back, pixel, cv::NORM_INF) <= 3);
    }
}

TEST_CASE("alpha is dropped and leaves the colours alone") {
    cv::Mat withAlpha;
    cv::cvtColor(ramp(CV_8UC3), withAlpha, cv::COLOR_BGR2BGRA);
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 5; ++x) withAlpha.at<cv::Vec4b>(y, x)[3] = static_cast<std::uint8_t>(x * 60);
    CHECK(equal(decoded(encoded(withAlpha, ".png")), ramp(CV_8UC3)));
    cv::Mat deep;
    cv::cvtColor(ramp(CV_16UC3), deep, cv::COLOR_BGR2BGRA);
    CHECK(equal(decoded(encoded(deep, ".png")), ramp(CV_16UC3)));
}

TEST_CASE("gray with alpha stays gray") {
    // Colour type 4, 2 x 1, the rows stored without compression: gray 200 and 100, with alpha 0 and 255.
    Bytes png = bytesOf("\x89PNG\r\n\x1a\n");
    const Bytes header{0, 0, 0, 2, 0, 0, 0, 1, 8, 4, 0, 0, 0};
    // zlib: header, one stored block of 5 bytes, Adler-32 of them.
    const Bytes rows{0, 200, 0, 100, 255};
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const std::uint8_t v : rows) b += a += v;
    Bytes pixels{0x78, 0x01, 0x01, 5, 0, 0xfa, 0xff};
    append(pixels, rows);
    for (const std::uint32_t v : {b, a})
        append(pixels, {static_cast<std::uint8_t>(v >> 8), static_cast<std::uint8_t>(v)});
    // pngWithChunk puts chunks behind byte 33; the signature is padded so that they land one after another.
    Bytes padded(33, 0);
    const auto chunk = [&](const std::string& type, const Bytes& data) {
        const Bytes whole = pngWithChunk(padded, type, data);
        append(png, Bytes(whole.begin() + 33, whole.end()));
    };
    chunk("IHDR", header);
    chunk("IDAT", pixels);
    chunk("IEND", {});
    const cv::Mat back = decoded(png);
    CHECK(equal(back, cv::Mat((cv::Mat_<std::uint8_t>(1, 2) << 200, 100))));
}

TEST_CASE("a palette gives BGR, one bit gives black and white") {
    Tiff palette;
    palette.width = 2;
    palette.height = 1;
    palette.photometric = 3;
    palette.pixels = {1, 0};
    palette.palette.assign(3 * 256 * 2, 0);
    palette.palette[1 * 2 + 1] = 255;               // red of entry 1, high byte
    palette.palette[256 * 2 + 1] = 128;             // green of entry 0
    palette.palette[2 * 256 * 2 + 1 * 2 + 1] = 64;  // blue of entry 1
    const cv::Mat colours = decoded(tiffBytes(palette));
    REQUIRE(colours.type() == CV_8UC3);
    CHECK(colours.at<cv::Vec3b>(0, 0) == cv::Vec3b(64, 0, 255));
    CHECK(colours.at<cv::Vec3b>(0, 1) == cv::Vec3b(0, 128, 0));

    Tiff bits;
    bits.width = 4;
    bits.height = 1;
    bits.bits = 1;
    bits.pixels = {0b10100000};
    CHECK(equal(decoded(tiffBytes(bits)), cv::Mat((cv::Mat_<std::uint8_t>(1, 4) << 255, 0, 255, 0))));
    bits.photometric = 0;
    CHECK(equal(decoded(tiffBytes(bits)), cv::Mat((cv::Mat_<std::uint8_t>(1, 4) << 0, 255, 0, 255))));
}

TEST_CASE("white is zero where a TIFF says so, whatever its depth") {
    for (const int type : {CV_8UC1, CV_16UC1}) {
        Tiff tiff = tiffOf(ramp(type));
        tiff.photometric = 0;
        cv::Mat inverted;
        cv::bitwise_not(ramp(type), inverted);
        CHECK(equal(decoded(tiffBytes(tiff)), inverted));
    }
}

TEST_CASE("EXIF orientation 1 to 8 is honoured in every format and depth") {
    for (int orientation = 1; orientation <= 8; ++orientation) {
        CAPTURE(orientation);
        for (const int type : {CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3}) {
            CAPTURE(type);
            const cv::Mat expected = uprightByTable(ramp(type), orientation);
            CHECK(equal(decoded(pngWithExif(encoded(ramp(type), ".png"), orientation)), expected));
            for (const bool bigEndian : {false, true}) {
                Tiff tiff = tiffOf(ramp(type), bigEndian);
                tiff.orientation = orientation;
                CHECK(equal(decoded(tiffBytes(tiff)), expected));
            }
        }
        const Bytes jpeg = encoded(ramp(CV_8UC3), ".jpg");
        CHECK(equal(decoded(jpegWithExif(jpeg, orientation, false)), uprightByTable(decoded(jpeg), orientation)));
        CHECK(equal(decoded(jpegWithExif(jpeg, orientation, true)), uprightByTable(decoded(jpeg), orientation)));
        const Bytes webp = encoded(ramp(CV_8UC3), ".webp");
        CHECK(equal(decoded(webpWithExif(webp, 5, 3, orientation)), uprightByTable(decoded(webp), orientation)));
    }
}

TEST_CASE("an orientation that makes no sense is passed over") {
    const Bytes jpeg = encoded(ramp(CV_8UC3), ".jpg");
    for (const int orientation : {0, 9, 60000}) CHECK(equal(decoded(jpegWithExif(jpeg, orientation)), decoded(jpeg)));
}

TEST_CASE("the header tells the upright size and the depth without decoding") {
    TemporaryFolder folder;
    const auto probed = [&](const Bytes& bytes) {
        writeFile(folder / "probe", bytes);
        return probeImage(folder / "probe");
    };
    for (const std::string extension : {".png", ".jpg", ".bmp", ".tiff", ".webp"}) {
        const ImageInfo info = probed(encoded(ramp(CV_8UC3), extension));
        CHECK(info.width == 5);
        CHECK(info.height == 3);
        CHECK_FALSE(info.is16Bit);
    }
    CHECK(probed(encoded(ramp(CV_16UC1), ".png")).is16Bit);
    CHECK(probed(encoded(ramp(CV_16UC3), ".tiff")).is16Bit);
    CHECK(probed(jpegWithExif(encoded(ramp(CV_8UC3), ".jpg"), 6)).width == 3);
    CHECK(probed(webpWithExif(encoded(ramp(CV_8UC3), ".webp"), 5, 3, 8)).height == 5);
    CHECK(probed(pngWithExif(encoded(ramp(CV_8UC3), ".png"), 5)).width == 3);
}

TEST_CASE("a CMYK JPEG as Adobe writes it, inverted, becomes RGB") {
    // Stored inverted: 255 is no ink. Half cyan, no magenta, all yellow, no black: red 128, green 255, blue 0.
    const cv::Mat back = decoded(flatJpeg({128, 255, 0, 255}, true));
    REQUIRE(back.type() == CV_8UC3);
    REQUIRE(back.size() == cv::Size(8, 8));
    const auto pixel = back.at<cv::Vec3b>(4, 4);
    CHECK(std::abs(pixel[2] - 128) <= 2);
    CHECK(std::abs(pixel[1] - 255) <= 2);
    CHECK(std::abs(pixel[0] - 0) <= 2);
}

TEST_CASE("the hand-made JPEG of one component is the level that it says") {
    CHECK(equal(decoded(flatJpeg({77}, false)), cv::Mat(8, 8, CV_8UC1, cv::Scalar(77))));
}

TEST_CASE("a mask is everything that is not zero, in any channel") {
    TemporaryFolder folder;
    cv::Mat mask = cv::Mat::zeros(2, 3, CV_8UC3);
    mask.at<cv::Vec3b>(0, 1) = {1, 0, 0};
    mask.at<cv::Vec3b>(1, 2) = {0, 0, 7};
    writeFile(folder / "m.png", encoded(mask, ".png"));
    const cv::Mat expected = (cv::Mat_<std::uint8_t>(2, 3) << 0, 255, 0, 0, 0, 255);
    CHECK(equal(decodeMask(folder / "m.png"), expected));
    cv::Mat deep = cv::Mat::zeros(2, 3, CV_16UC1);
    deep.at<std::uint16_t>(0, 1) = 256;
    deep.at<std::uint16_t>(1, 2) = 1;
    writeFile(folder / "d.png", encoded(deep, ".png"));
    CHECK(equal(decodeMask(folder / "d.png"), expected));
}

TEST_CASE("a real set decodes whole, with the size that its header tells") {
    const auto data = realData("data/magnetic_tile/test/break");
    if (!data) return;
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*data)) {
        const ImageInfo info = probeImage(entry.path());
        const Image image = decodeImage(entry.path());
        CHECK(image.width() == info.width);
        CHECK(image.height() == info.height);
        if (++count == 20) break;
    }
    CHECK(count == 20);
}
