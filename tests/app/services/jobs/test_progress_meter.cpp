// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "app/services/jobs/progress_meter.h"

using services::ProgressMeter;
using namespace std::chrono_literals;

TEST_CASE("a steady stage has its rate and the time that it has left") {
    ProgressMeter meter;
    const ProgressMeter::Time start{};
    services::JobProgress told;
    for (int i = 0; i <= 50; ++i) told = meter.update({"score", i, 100}, start + i * 100ms);
    CHECK(told.perSecond == Approx(10));
    CHECK(told.secondsLeft == Approx(5));
}

TEST_CASE("nothing is claimed from the first moments") {
    ProgressMeter meter;
    const ProgressMeter::Time start{};
    CHECK(meter.update({"score", 0, 100}, start).perSecond == 0);
    const auto early = meter.update({"score", 9, 100}, start + 100ms);
    CHECK(early.perSecond == 0);
    CHECK(early.secondsLeft < 0);
}

TEST_CASE("the rate follows the last seconds, not the whole stage") {
    ProgressMeter meter;
    const ProgressMeter::Time start{};
    for (int i = 0; i <= 100; ++i) meter.update({"coreset", i * 100, 20000}, start + i * 100ms);  // 1000 a second
    services::JobProgress told;
    for (int i = 1; i <= 60; ++i)
        told = meter.update({"coreset", 10000 + i, 20000}, start + 10s + i * 100ms);  // 10 a second, for 6 s
    CHECK(told.perSecond == Approx(10).epsilon(0.02));
}

TEST_CASE("another stage starts anew, and a seldom report still has a rate") {
    ProgressMeter meter;
    const ProgressMeter::Time start{};
    for (int i = 0; i <= 10; ++i) meter.update({"features", i, 10}, start + i * 1s);
    CHECK(meter.update({"cross-validation", 0, 5}, start + 10s).perSecond == 0);
    const auto told = meter.update({"cross-validation", 1, 5}, start + 20s);
    CHECK(told.perSecond == Approx(0.1));
    CHECK(told.secondsLeft == Approx(40));
    CHECK(meter.update({"score", 7, 0}, start + 21s).secondsLeft < 0);  // no total, no time left
}

TEST_CASE("the losses of a job are kept by epoch, until a training begins anew") {
    ProgressMeter meter;
    const auto tell = [&](double mean, std::int64_t epoch, std::optional<double> heldOut = {}) {
        return meter.update({"training", 1, 10, engine::EpochLoss{mean, epoch, heldOut}}, {}).losses;
    };
    tell(0.9, 1);
    CHECK(tell(0.8, 1) == services::LossCurve{{0.8}, {}});
    CHECK(tell(0.8, 1, 0.85) == services::LossCurve{{0.8}, {0.85}});
    CHECK(tell(0.7, 2) == services::LossCurve{{0.8, 0.7}, {0.85}});
    CHECK(tell(0.6, 2, 0.65) == services::LossCurve{{0.8, 0.6}, {0.85, 0.65}});
    CHECK(meter.update({"score", 1, 10}, {}).losses == services::LossCurve{{0.8, 0.6}, {0.85, 0.65}});
    CHECK(tell(0.5, 1) == services::LossCurve{{0.5}, {}});
}
