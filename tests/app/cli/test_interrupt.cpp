// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <string>

#include "tests/app/cli/workshop.h"
#include "tests/support/open_watch.h"
#include "tests/support/test_data.h"

using test::Workshop;

namespace {

constexpr int manyImages = 150;
std::string nameOf(int image) {
    return "more" + std::to_string(1000 + image) + ".png";
}

// Long enough to be met at work: many images, all the same. Copies, not links to one: of equal events that nobody has
// read yet the kernel keeps one.
void prolong(const Workshop& shop) {
    for (int i = 0; i < manyImages; ++i)
        std::filesystem::copy_file(shop / "set/train/good/0.png", shop / ("set/train/good/" + nameOf(i)));
}

// How far the fit is, told by how often an image was opened since it began: for its header, its decoding, its hash.
struct Opened {
    int image;
    int times;
};
constexpr Opened amidHeaders{manyImages / 2, 1};
constexpr Opened amidNetwork{manyImages / 2, 2};
constexpr Opened later{manyImages - 1, 2};

std::vector<std::string> longFit(const Workshop& shop) {
    return shop.fitArguments("m.anomaly", {"--size", "320"});
}

}  // namespace

TEST_CASE("SIGINT and SIGTERM stop a fit soon, with status 130, and leave the model that was there") {
    const int signal = GENERATE(SIGINT, SIGTERM);
    const Workshop shop;
    const auto before = test::contentOf(shop.fitModel());
    prolong(shop);
    const auto files = test::filesBelow(shop / ".");
    test::OpenWatch watch(shop / "set/train/good");
    auto process = shop.start(longFit(shop));
    REQUIRE(process.waitForError("expected:"));
    watch.restart();
    REQUIRE(watch.waitFor(nameOf(amidNetwork.image), amidNetwork.times));
    const auto start = std::chrono::steady_clock::now();
    process.send(signal);
    const auto result = process.finish();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    INFO(result.err);
    CHECK(result.status == 130);
    CHECK(result.err.find("interrupted") != std::string::npos);
    CHECK(result.out.empty());
    CHECK(seconds < 3);
    CHECK(test::contentOf(shop / "m.anomaly") == before);
    CHECK(test::filesBelow(shop / ".") == files);
}

TEST_CASE("A fit that is killed leaves the model that was there whole") {
    const Workshop shop;
    const auto before = test::contentOf(shop.fitModel());
    prolong(shop);
    const auto files = test::filesBelow(shop / ".");
    for (const Opened& opened : {amidHeaders, amidNetwork, later}) {
        test::OpenWatch watch(shop / "set/train/good");
        auto process = shop.start(longFit(shop));
        REQUIRE(process.waitForError("expected:"));
        watch.restart();
        REQUIRE(watch.waitFor(nameOf(opened.image), opened.times));
        process.send(SIGKILL);
        CHECK(process.finish().status == 128 + SIGKILL);
        CHECK(test::contentOf(shop / "m.anomaly") == before);
        CHECK(test::filesBelow(shop / ".") == files);
    }
}

TEST_CASE("SIGINT ends a wait for paths on standard input") {
    const Workshop shop;
    shop.fitModel();
    auto process = shop.start({"score", "m.anomaly", "-", "--csv", "-"});
    CHECK(process.readLine() == "path,score,verdict,x,y,width,height,error");
    process.send(SIGINT);
    CHECK(process.wait().status == 130);  // its input is still open: only the signal can have ended it
}
