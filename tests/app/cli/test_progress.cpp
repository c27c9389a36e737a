// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "app/cli/console.h"
#include "app/cli/progress.h"

using cli::ProgressDisplay;
using namespace std::chrono_literals;

TEST_CASE("On a terminal progress is a bar that is drawn over itself, with rate and time left") {
    ProgressDisplay display(true);
    const ProgressDisplay::Time start;
    CHECK(display.update({"decode", 0, 100}, start).empty());
    CHECK(display.update({"decode", 1, 100}, start + 50ms).empty());
    const auto bar = display.update({"decode", 50, 100}, start + 5s);
    CHECK(bar.find('\r') == 0);
    CHECK(bar.find('\n') == std::string::npos);
    CHECK(bar.find("[############............] 50/100, 10.0/s, 5 s left") != std::string::npos);
    CHECK(display.update({"decode", 51, 100}, start + 5s + 20ms).empty());
    // The next stage takes the bar away; nothing is left to take afterwards.
    CHECK(display.update({"coreset", 0, 10}, start + 6s) == "\r\033[K");
    CHECK(display.clear().empty());
}

TEST_CASE("Elsewhere progress is a line every few seconds, through the stages") {
    ProgressDisplay display(false);
    const ProgressDisplay::Time start;
    std::string text;
    for (int i = 0; i <= 120; ++i)
        text += display.update({i < 60 ? "decode" : "coreset", i % 60, 60}, start + i * 100ms);
    CHECK(std::count(text.begin(), text.end(), '\n') == 2);
    CHECK(text.find("decode 50/60, 10.0/s, 1 s left\n") == 0);
    CHECK(text.find("coreset 40/60, 10.0/s, 2 s left\n") != std::string::npos);
    CHECK(text.find('\r') == std::string::npos);
}

TEST_CASE("Without a total progress counts") {
    ProgressDisplay display(false);
    const ProgressDisplay::Time start;
    display.update({"score", 0, 0}, start);
    CHECK(display.update({"score", 600, 0}, start + 6s) == "score 600, 100/s\n");
}

TEST_CASE("Durations are for people") {
    CHECK(cli::durationText(7.4) == "7 s");
    CHECK(cli::durationText(125) == "2 min 05 s");
    CHECK(cli::durationText(3780) == "1 h 03 min");
}

TEST_CASE("A message of several lines becomes one") {
    CHECK(cli::onOneLine("a fault\nin two lines\r\n\n") == "a fault in two lines");
}

TEST_CASE("A loss stands behind the time left") {
    ProgressDisplay display(false);
    const ProgressDisplay::Time start;
    display.update({"training", 0, 100, engine::EpochLoss{0.5}}, start);
    CHECK(display.update({"training", 50, 100, engine::EpochLoss{0.123456}}, start + 5s) ==
          "training 50/100, 10.0/s, 5 s left, loss 0.1235\n");
}
