// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <opencv2/core.hpp>
#include <thread>

#include "engine/image/image_stream.h"
#include "tests/engine/image/image_files.h"
#include "tests/support/open_watch.h"
#include "tests/support/process_status.h"
#include "tests/support/test_data.h"

using namespace engine;
using namespace test;

namespace {

// Images whose width tells their number.
std::vector<std::filesystem::path> numberedImages(const TemporaryFolder& folder, int count) {
    std::vector<std::filesystem::path> paths;
    for (int i = 0; i < count; ++i) {
        paths.push_back(folder / (std::to_string(i) + ".png"));
        writeFile(paths.back(), encoded(cv::Mat(4, i + 1, CV_8UC1, cv::Scalar(9)), ".png"));
    }
    return paths;
}

double millisecondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("images come in order, each once, for any number of threads and any look-ahead") {
    TemporaryFolder folder;
    const auto paths = numberedImages(folder, 40);
    const RunContext context;
    for (const int threads : {1, 2, 5})
        for (const int ahead : {1, 3, 64}) {
            ImageStream stream(paths, threads, ahead);
            for (int i = 0; i < 40; ++i) {
                const auto image = stream.next(context);
                REQUIRE(image);
                REQUIRE(image->image);
                CHECK(image->index == i);
                CHECK(image->path == paths[static_cast<std::size_t>(i)]);
                CHECK(image->image->width() == i + 1);
                CHECK(image->decodeMs >= 0);
            }
            CHECK_FALSE(stream.next(context));
            CHECK_FALSE(stream.next(context));
        }
}

TEST_CASE("a bad image is a value between good ones") {
    TemporaryFolder folder;
    auto paths = numberedImages(folder, 3);
    writeFile(paths[1], bytesOf("no image"));
    ImageStream stream(paths, 2, 2);
    const RunContext context;
    CHECK(stream.next(context)->image);
    const auto bad = stream.next(context);
    CHECK_FALSE(bad->image);
    REQUIRE(bad->failure);
    CHECK(bad->failure->path == paths[1]);
    CHECK_THAT(bad->failure->reason, Catch::Contains("1.png") && Catch::Contains("; "));
    CHECK(stream.next(context)->image);
    CHECK_FALSE(stream.next(context));
}

TEST_CASE("an empty list ends at once and starts no thread") {
    const long before = test::processStatus("Threads");
    ImageStream stream({}, 4, 4);
    CHECK(test::processStatus("Threads") == before);
    CHECK_FALSE(stream.next(RunContext()));
}

TEST_CASE("a stream that nobody reads from ends with its owner") {
    TemporaryFolder folder;
    const auto paths = numberedImages(folder, 30);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) ImageStream stream(paths, 3, 2);
    CHECK(millisecondsSince(start) < 2000);
}

TEST_CASE("no more images are decoded ahead than was asked for") {
    TemporaryFolder folder;
    const auto paths = numberedImages(folder, 12);
    const auto nameOf = [&](int i) { return paths[static_cast<std::size_t>(i)].filename().string(); };
    for (const int threads : {1, 3}) {
        CAPTURE(threads);
        OpenWatch watch(folder.path());
        const RunContext context;
        ImageStream stream(paths, threads, 4);
        for (int given = 0; given < 12; ++given) {
            // As far ahead as was asked for, without anybody asking for an image, and no further.
            for (int i = given; i < std::min(given + 4, 12); ++i) REQUIRE(watch.waitFor(nameOf(i)));
            for (int i = given + 4; i < 12; ++i) REQUIRE(watch.count(nameOf(i)) == 0);
            CHECK(stream.next(context)->image->width() == given + 1);
        }
    }
}

TEST_CASE("a stop ends the wait for a slow image within 100 ms") {
    TemporaryFolder folder;
    // A PNG of 36 megapixels, which takes some hundred milliseconds to decode.
    writeFile(folder / "slow.png", encoded(cv::Mat(6000, 6000, CV_8UC1, cv::Scalar(1)), ".png"));
    std::stop_source source;
    const RunContext context(source.get_token());
    OpenWatch watch(folder.path());
    ImageStream stream({folder / "slow.png", folder / "slow.png"}, 1, 1);
    std::chrono::steady_clock::time_point asked;
    std::thread other([&] {
        watch.waitFor("slow.png");
        asked = std::chrono::steady_clock::now();
        source.request_stop();
    });
    CHECK_THROWS_AS(stream.next(context), Cancelled);
    other.join();
    CHECK(millisecondsSince(asked) < 100);
    CHECK_THROWS_AS(stream.next(context), Cancelled);
}
