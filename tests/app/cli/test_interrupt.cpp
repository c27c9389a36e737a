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

// Long enough to be met at work: many images, all links to one.
constexpr int manyImages = 150;
void prolong(const Workshop& shop) {
    for (int i = 0; i < manyImages; ++i)
        std::filesystem::create_symlink("0.png", shop / ("set/train/good/more" + std::to_string(i) + ".png"));
}

// How often the one image was opened since the fit began: once for each header, then for each decoding and each hash.
constexpr int amidHeaders = manyImages / 2;
constexpr int amidNetwork = manyImages + manyImages / 2;
constexpr int later = 2 * manyImages;

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
    REQUIRE(watch.waitFor("0.png", amidNetwork));
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
    for (const int opened : {amidHeaders, amidNetwork, later}) {
        test::OpenWatch watch(shop / "set/train/good");
        auto process = shop.start(longFit(shop));
        REQUIRE(process.waitForError("expected:"));
        watch.restart();
        REQUIRE(watch.waitFor("0.png", opened));
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
