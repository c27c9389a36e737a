// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/image/decode.h"
#include "tests/engine/image/image_files.h"
#include "tests/support/test_data.h"

using namespace engine;
using namespace test;

namespace {

// What decoding says, as "<code as number>"; fails the test when nothing is thrown.
ErrorCode refusal(const Bytes& bytes, const std::string& word = "") {
    try {
        decodeImage(std::as_bytes(std::span(bytes)), "folder/part.img");
    } catch (const Error& error) {
        const std::string message = error.what();
        CHECK_THAT(message, Catch::StartsWith("folder/part.img: ") && Catch::Contains(word) && Catch::Contains("; "));
        CHECK(message.find('\n') == std::string::npos);
        return error.code();
    }
    FAIL("was decoded");
    return ErrorCode::Internal;
}

cv::Mat noise(int type) {
    cv::Mat image(40, 50, type);
    Random random(1);
    for (int y = 0; y < image.rows; ++y)
        for (std::size_t i = 0; i < 50 * image.elemSize(); ++i)
            image.ptr<std::uint8_t>(y)[i] = static_cast<std::uint8_t>(random.next());
    return image;
}

void overwrite(Bytes& bytes, std::size_t at, const Bytes& more) {
    std::copy(more.begin(), more.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

TEST_CASE("a file cut off anywhere is refused, in every format") {
    for (const std::string extension : {".png", ".jpg", ".bmp", ".tiff", ".webp"})
        for (const int type : {CV_8UC1, CV_8UC3}) {
            const Bytes whole = encoded(noise(type), extension);
            for (std::size_t length = 0; length < whole.size(); length += length < 200 ? 1 : 97) {
                CAPTURE(extension, type, length, whole.size());
                const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
                const ErrorCode code = refusal(cut);
                // Less than its magic is no image at all.
                CHECK((code == ErrorCode::Corrupt || (code == ErrorCode::Unsupported && length < 12)));
            }
            CAPTURE(extension, type);
            const Bytes almost(whole.begin(), whole.end() - 1);
            CHECK(refusal(almost) == ErrorCode::Corrupt);
        }
}

TEST_CASE("a 16-bit file cut off is refused") {
    for (const std::string extension : {".png", ".tiff"}) {
        const Bytes whole = encoded(noise(CV_16UC3), extension);
        for (std::size_t length = 20; length < whole.size(); length += 211)
            CHECK(refusal(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length))) ==
                  ErrorCode::Corrupt);
    }
}

TEST_CASE("bytes after the end of a JPEG do no harm") {
    Bytes jpeg = encoded(noise(CV_8UC3), ".jpg");
    append(jpeg, bytesOf("trailing garbage \xff\xd8\xff"));
    CHECK(decodeImage(std::as_bytes(std::span(jpeg)), "part.jpg").width() == 50);
}

TEST_CASE("a thumbnail that is whole does not pass for its truncated JPEG") {
    // The thumbnail in APP1 ends with an end-of-image marker of its own.
    const Bytes thumbnail = encoded(noise(CV_8UC1), ".jpg");
    Bytes jpeg = encoded(noise(CV_8UC3), ".jpg");
    Bytes segment{0xff, 0xe1, static_cast<std::uint8_t>((thumbnail.size() + 2) >> 8),
                  static_cast<std::uint8_t>(thumbnail.size() + 2)};
    append(segment, thumbnail);
    jpeg.insert(jpeg.begin() + 2, segment.begin(), segment.end());
    CHECK(decodeImage(std::as_bytes(std::span(jpeg)), "part.jpg").width() == 50);
    jpeg.resize(jpeg.size() - 2);
    CHECK(refusal(jpeg, "truncated") == ErrorCode::Corrupt);
}

TEST_CASE("what is empty, or text, or another format is refused by name") {
    CHECK(refusal({}, "empty") == ErrorCode::Corrupt);
    CHECK(refusal(bytesOf("this is a letter, not a picture")) == ErrorCode::Unsupported);
    CHECK(refusal(bytesOf("GIF89a and so on")) == ErrorCode::Unsupported);
}

TEST_CASE("a file is told by its bytes and not by its name") {
    TemporaryFolder folder;
    writeFile(folder / "mislabelled.png", encoded(noise(CV_8UC3), ".jpg"));
    CHECK(decodeImage(folder / "mislabelled.png").width() == 50);
    CHECK(probeImage(folder / "mislabelled.png").height == 40);
}

TEST_CASE("a header that claims 100000 x 100000 is refused before anything is allocated") {
    // With 600 MB of address space on top of what is in use, an attempt to allocate the picture would fail otherwise.
    std::vector<Bytes> giants;
    Bytes png = encoded(noise(CV_8UC1), ".png");
    overwrite(png, 16, {0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0});
    giants.push_back(png);
    Bytes jpeg = flatJpeg({1}, false);
    overwrite(jpeg, 2 + 69 + 5, {0xff, 0xff, 0xff, 0xff});
    giants.push_back(jpeg);
    Bytes bmp = encoded(noise(CV_8UC3), ".bmp");
    overwrite(bmp, 18, {0xa0, 0x86, 1, 0, 0xa0, 0x86, 1, 0});
    giants.push_back(bmp);
    Tiff tiff;
    tiff.width = tiff.height = 100000;
    tiff.pixels = {1};
    giants.push_back(tiffBytes(tiff));
    Tiff large;
    large.width = 2000000;
    large.height = 1;
    large.pixels = {1};
    giants.push_back(tiffBytes(large));
    giants.push_back(webpWithExif(encoded(noise(CV_8UC3), ".webp"), 100000, 100000, 1));
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    for (const Bytes& giant : giants) CHECK(refusal(giant, "too large") == ErrorCode::Unsupported);
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    CHECK(after.ru_maxrss - before.ru_maxrss < 50'000);
    TemporaryFolder folder;
    writeFile(folder / "giant.png", png);
    CHECK_THROWS_WITH(probeImage(folder / "giant.png"), Catch::Contains("100000 x 100000"));
}

TEST_CASE("kinds that would come out wrong are refused by name") {
    Tiff tiff;
    tiff.width = tiff.height = 2;
    tiff.bits = 32;
    tiff.sampleFormat = 3;
    tiff.pixels.assign(16, 0);
    CHECK(refusal(tiffBytes(tiff), "floating-point") == ErrorCode::Unsupported);
    tiff.sampleFormat = 1;
    CHECK(refusal(tiffBytes(tiff), "32 bits") == ErrorCode::Unsupported);
    tiff.bits = 16;
    tiff.samples = 4;
    tiff.photometric = 5;
    tiff.pixels.assign(32, 0);
    CHECK(refusal(tiffBytes(tiff), "CMYK") == ErrorCode::Unsupported);
    CHECK(refusal(flatJpeg({1, 2, 3, 4}, false), "CMYK") == ErrorCode::Unsupported);
}

TEST_CASE("a size of zero is damage") {
    Bytes png = encoded(noise(CV_8UC1), ".png");
    overwrite(png, 16, {0, 0, 0, 0});
    CHECK(refusal(png, "zero") == ErrorCode::Corrupt);
    Tiff tiff;
    tiff.height = 1;
    tiff.pixels = {1};
    CHECK(refusal(tiffBytes(tiff), "zero") == ErrorCode::Corrupt);
}

TEST_CASE("a flipped byte in the pixels of a PNG is noticed") {
    const Bytes png = encoded(noise(CV_8UC3), ".png");
    for (const std::size_t at : {std::size_t{60}, png.size() / 2, png.size() - 20}) {
        Bytes damaged = png;
        damaged[at] ^= 0x10;
        CHECK(refusal(damaged) == ErrorCode::Corrupt);
    }
}

TEST_CASE("what is not a readable file is said to be so") {
    TemporaryFolder folder;
    const auto code = [&](const std::string& name) {
        try {
            decodeImage(folder / name);
        } catch (const Error& error) {
            CHECK(error.path() == folder / name);
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(code("none.png") == ErrorCode::NotFound);
    CHECK(code("") == ErrorCode::Unreadable);
    writeFile(folder / "empty.png", {});
    CHECK(code("empty.png") == ErrorCode::Corrupt);
    CHECK(code("empty.png/below.png") == ErrorCode::NotFound);
    std::filesystem::create_symlink("loop.png", folder / "loop.png");
    CHECK(code("loop.png") == ErrorCode::Unreadable);
    // Opening a pipe that nobody writes into must not hang.
    REQUIRE(::mkfifo((folder / "pipe.png").c_str(), 0600) == 0);
    CHECK(code("pipe.png") == ErrorCode::Unreadable);
}

TEST_CASE("a file that the system does not let us read is said to be so") {
    TemporaryFolder folder;
    writeFile(folder / "secret.png", encoded(noise(CV_8UC1), ".png"));
    REQUIRE(::chmod((folder / "secret.png").c_str(), 0) == 0);
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    // Root reads everything, so another user tries, in a process of its own.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        int status = 1;
        if (::geteuid() == 0 && ::seteuid(65534) != 0) ::_exit(2);
        try {
            decodeImage(folder / "secret.png");
        } catch (const Error& error) {
            const bool clear = std::string(error.what()).find("permission") != std::string::npos;
            if (error.code() == ErrorCode::Unreadable && clear) status = 0;
        } catch (...) {
            status = 3;
        }
        ::_exit(status);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("names with spaces, Korean and newlines are read, and shown on one line") {
    TemporaryFolder folder;
    for (const std::string name : {"a part.png", "\xeb\xb6\x80\xed\x92\x88.png", "two\nlines.png"}) {
        writeFile(folder / name, encoded(noise(CV_8UC1), ".png"));
        CHECK(decodeImage(folder / name).width() == 50);
        writeFile(folder / name, {});
        CHECK_THROWS_WITH(decodeImage(folder / name), !Catch::Contains("\n"));
    }
}

TEST_CASE("endings count whatever their case") {
    for (const char* name : {"a.png", "A.PNG", "b.JpG", "c.jpeg", "d.TIF", "e.tiff", "f.bmp", "g.WebP"})
        CHECK(hasImageExtension(name));
    for (const char* name : {"a.gif", "png", "a.txt", "a.png.bak", "", "Thumbs.db"})
        CHECK_FALSE(hasImageExtension(name));
}
