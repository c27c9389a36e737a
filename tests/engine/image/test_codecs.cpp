// SPDX-License-Identifier: GPL-3.0-or-later
// JPEG, PNG and WebP are decoded without OpenCV: the same pixels, but nothing damaged passes and nothing is printed.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/image/decode.h"
#include "tests/engine/image/image_files.h"
#include "tests/support/test_data.h"

using namespace engine;
using namespace test;

namespace {

// What OpenCV makes of it, without the alpha channel.
cv::Mat byOpenCv(const Bytes& bytes) {
    cv::Mat pixels = cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
    if (pixels.channels() == 4) cv::cvtColor(pixels, pixels, cv::COLOR_BGRA2BGR);
    return pixels;
}

// Smooth and noisy at once, so that every kind of coefficient occurs.
cv::Mat picture(int width, int height, int type) {
    cv::Mat image(height, width, type);
    cv::RNG random(7);
    random.fill(image, cv::RNG::UNIFORM, 0, image.depth() == CV_16U ? 65536 : 256);
    cv::GaussianBlur(image(cv::Rect(0, 0, width, (height + 1) / 2)), image(cv::Rect(0, 0, width, (height + 1) / 2)), {},
                     2);
    return image;
}

Bytes jpegOf(const cv::Mat& image, std::vector<int> parameters) {
    Bytes bytes;
    cv::imencode(".jpg", image, bytes, parameters);
    return bytes;
}

ErrorCode codeOf(const Bytes& bytes) {
    try {
        decoded(bytes);
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

// Where the data of the first scan begin.
std::size_t scanStart(const Bytes& jpeg) {
    std::size_t at = 2;
    while (jpeg[at + 1] != 0xda) at += 2 + jpeg[at + 2] * 256U + jpeg[at + 3];
    return at + 2 + jpeg[at + 2] * 256U + jpeg[at + 3];
}

// Standard error of this process while it lives, in a file.
class CapturedError {
public:
    CapturedError() : m_file(std::tmpfile()), m_before(::dup(STDERR_FILENO)) {
        std::fflush(stderr);
        ::dup2(::fileno(m_file), STDERR_FILENO);
    }
    ~CapturedError() {
        ::dup2(m_before, STDERR_FILENO);
        ::close(m_before);
        std::fclose(m_file);
    }
    long length() const {
        std::fflush(stderr);
        return ::lseek(::fileno(m_file), 0, SEEK_END);
    }

private:
    std::FILE* m_file;
    int m_before;
};

}  // namespace

TEST_CASE("a JPEG has the pixels that OpenCV finds in it, whatever its size and its kind") {
    for (const int type : {CV_8UC1, CV_8UC3})
        for (const auto& [width, height] : {std::pair{1, 1}, {17, 9}, {64, 48}, {131, 75}})
            for (const int quality : {30, 95})
                for (const int progressive : {0, 1})
                    for (const int restart : {0, 2}) {
                        CAPTURE(type, width, height, quality, progressive, restart);
                        const Bytes jpeg =
                            jpegOf(picture(width, height, type),
                                   {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_JPEG_PROGRESSIVE, progressive,
                                    cv::IMWRITE_JPEG_OPTIMIZE, progressive, cv::IMWRITE_JPEG_RST_INTERVAL, restart});
                        CHECK(equal(decoded(jpeg), byOpenCv(jpeg)));
                    }
    const Bytes inks = flatJpeg({128, 200, 7, 90}, true);
    CHECK(equal(decoded(inks), byOpenCv(inks)));
}

TEST_CASE("a PNG has the pixels that OpenCV finds in it, whatever its kind") {
    for (const int type : {CV_8UC1, CV_8UC3, CV_8UC4, CV_16UC1, CV_16UC3, CV_16UC4})
        for (const auto& [width, height] : {std::pair{1, 1}, {17, 9}, {131, 75}}) {
            CAPTURE(type, width, height);
            const Bytes png = encoded(picture(width, height, type), ".png");
            CHECK(equal(decoded(png), byOpenCv(png)));
        }
    Bytes bilevel;
    cv::imencode(".png", picture(17, 9, CV_8UC1) > 100, bilevel, {cv::IMWRITE_PNG_BILEVEL, 1});
    CHECK(equal(decoded(bilevel), byOpenCv(bilevel)));
}

TEST_CASE("a WebP has the pixels that OpenCV finds in it, with loss and without, with alpha and without") {
    for (const int type : {CV_8UC3, CV_8UC4})
        for (const int quality : {40, 95, 101})
            for (const auto& [width, height] : {std::pair{1, 1}, {17, 9}, {131, 75}}) {
                CAPTURE(type, quality, width, height);
                Bytes webp;
                cv::imencode(".webp", picture(width, height, type), webp, {cv::IMWRITE_WEBP_QUALITY, quality});
                CHECK(equal(decoded(webp), byOpenCv(webp)));
            }
}

TEST_CASE("every image of a real set has the pixels that OpenCV finds in it") {
    const auto data = realData("data");
    if (!data) return;
    int count = 0;
    for (const auto& set : std::filesystem::directory_iterator(*data)) {
        int ofThisSet = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(set.path())) {
            if (!entry.is_regular_file() || !hasImageExtension(entry.path())) continue;
            CAPTURE(entry.path());
            const cv::Mat expected =
                cv::imread(entry.path().string(), cv::IMREAD_UNCHANGED | cv::IMREAD_IGNORE_ORIENTATION);
            const cv::Mat found = decodeImage(entry.path()).pixels;
            CHECK(((expected.channels() == 4 && found.channels() == 3) || equal(found, expected)));
            ++count;
            if (++ofThisSet == 12) break;
        }
    }
    CHECK(count > 0);
}

TEST_CASE("a JPEG that has lost data in its middle is refused, though its end marker is there") {
    // A JPEG has no checksum. What ends early always shows, for blocks are missing; behind a hole in the middle, now
    // and then, just as many blocks are found by accident.
    int holes = 0;
    int passed = 0;
    const auto passes = [](const Bytes& bytes) { return codeOf(bytes) == ErrorCode::Corrupt ? 0 : 1; };
    for (const int type : {CV_8UC1, CV_8UC3})
        for (const int progressive : {0, 1})
            for (const int restart : {0, 3}) {
                const Bytes whole =
                    jpegOf(picture(160, 120, type), {cv::IMWRITE_JPEG_QUALITY, 90, cv::IMWRITE_JPEG_PROGRESSIVE,
                                                     progressive, cv::IMWRITE_JPEG_RST_INTERVAL, restart});
                const std::size_t start = scanStart(whole);
                for (const double share : {0.05, 0.3, 0.6, 0.9}) {
                    CAPTURE(type, progressive, restart, share, whole.size());
                    const auto from =
                        start + static_cast<std::size_t>(share * static_cast<double>(whole.size() - start));
                    const auto at = whole.begin() + static_cast<std::ptrdiff_t>(from);
                    Bytes cut(whole.begin(), at);
                    append(cut, {0xff, 0xd9});
                    CHECK(codeOf(cut) == ErrorCode::Corrupt);
                    Bytes hole(whole.begin(), at);
                    hole.insert(hole.end(), std::min(at + 200, whole.end() - 2), whole.end());
                    Bytes overwritten = whole;
                    for (std::size_t i = from; i < std::min(from + 64, whole.size() - 2); ++i)
                        overwritten[i] = static_cast<std::uint8_t>(i * 37 % 251);
                    passed += passes(hole) + passes(overwritten);
                    holes += 2;
                }
            }
    CHECK(holes == 64);
    CHECK(passed <= 6);
}

TEST_CASE("a progressive JPEG is refused when its last scans are missing") {
    const Bytes whole = jpegOf(picture(64, 48, CV_8UC3), {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
    int cuts = 0;
    for (std::size_t i = scanStart(whole); i + 4 < whole.size(); ++i) {
        if (whole[i] != 0xff || whole[i + 1] == 0) continue;
        Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(i));
        append(cut, {0xff, 0xd9});
        CHECK(codeOf(cut) == ErrorCode::Corrupt);
        ++cuts;
    }
    CHECK(cuts > 5);
}

TEST_CASE("zeros before a JPEG's end marker are filling, other bytes are damage") {
    const Bytes whole = jpegOf(picture(64, 48, CV_8UC3), {});
    const auto withBefore = [&](std::uint8_t value) {
        Bytes bytes = whole;
        bytes.insert(bytes.end() - 2, 40, value);
        return bytes;
    };
    CHECK(equal(decoded(withBefore(0)), decoded(whole)));
    CHECK(codeOf(withBefore(9)) == ErrorCode::Corrupt);
}

TEST_CASE("a compressed TIFF that is damaged in its middle is refused, whatever its depth") {
    constexpr int lzw = 5;
    for (const int type : {CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3}) {
        CAPTURE(type);
        Bytes tiff;
        cv::imencode(".tiff", picture(64, 48, type), tiff, {cv::IMWRITE_TIFF_COMPRESSION, lzw});
        CHECK(equal(decoded(tiff), byOpenCv(tiff)));
        std::fill(tiff.begin() + static_cast<std::ptrdiff_t>(tiff.size() * 2 / 5),
                  tiff.begin() + static_cast<std::ptrdiff_t>(tiff.size() * 3 / 5), std::uint8_t{0xff});
        CHECK(codeOf(tiff) == ErrorCode::Corrupt);
    }
}

TEST_CASE("a JPEG of endless scans does not hold up a batch") {
    const Bytes whole = jpegOf(picture(64, 48, CV_8UC1), {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
    // The first scan, the DC coefficients, again and again.
    std::size_t at = 2;
    while (whole[at + 1] != 0xda) at += 2 + whole[at + 2] * 256U + whole[at + 3];
    std::size_t end = scanStart(whole);
    while (!(whole[end] == 0xff && whole[end + 1] != 0)) ++end;
    Bytes many(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(end));
    const Bytes scan(whole.begin() + static_cast<std::ptrdiff_t>(at), whole.begin() + static_cast<std::ptrdiff_t>(end));
    for (int i = 0; i < 2000; ++i) append(many, scan);
    append(many, {0xff, 0xd9});
    CHECK(codeOf(many) == ErrorCode::Corrupt);
}

TEST_CASE("EXIF orientation behind the pixels of a PNG is honoured") {
    TemporaryFolder folder;
    for (const int type : {CV_8UC3, CV_16UC1}) {
        const Bytes plain = encoded(picture(7, 4, type), ".png");
        for (int orientation = 1; orientation <= 8; ++orientation) {
            CAPTURE(type, orientation);
            const Bytes before = pngWithExif(plain, orientation);
            const Bytes behind = pngWithExifBehindPixels(plain, orientation);
            CHECK(equal(decoded(behind), decoded(before)));
            writeFile(folder / "p.png", behind);
            CHECK(probeImage(folder / "p.png").width == decoded(before).cols);
            CHECK(equal(decodeImage(folder / "p.png").pixels, decoded(before)));
        }
    }
}

TEST_CASE("damaged JPEGs, PNGs and WebPs are refused without a word on standard error") {
    std::vector<Bytes> wholes{jpegOf(picture(64, 48, CV_8UC3), {}),
                              jpegOf(picture(64, 48, CV_8UC1), {cv::IMWRITE_JPEG_PROGRESSIVE, 1}),
                              encoded(picture(64, 48, CV_8UC3), ".png"), encoded(picture(64, 48, CV_8UC3), ".webp")};
    // Of the text that libpng does not like, and a palette and gamma in impossible places.
    wholes.push_back(pngWithChunk(wholes[2], "tEXt", bytesOf(std::string(200, '\0'))));
    wholes.push_back(pngWithChunk(wholes[2], "gAMA", bytesOf("x")));
    wholes.push_back(pngWithChunk(wholes[2], "PLTE", bytesOf("12345")));
    wholes.push_back(pngWithChunk(wholes[2], "tRNS", bytesOf("1234567")));
    wholes.push_back(pngWithChunk(wholes[2], "IDAT", bytesOf("no deflate stream")));
    const CapturedError captured;
    Random random(3);
    int refused = 0;
    for (const Bytes& whole : wholes)
        for (int i = 0; i < 300; ++i) {
            Bytes changed = whole;
            for (int n = 0; n < i % 4; ++n)
                changed[random.below(changed.size())] = static_cast<std::uint8_t>(random.next());
            try {
                decoded(changed);
            } catch (const Error&) {
                ++refused;
            }
        }
    CHECK(captured.length() == 0);
    CHECK(refused > 1000);
}
