// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>

#include "tests/support/sanitizer.h"
#include "tests/support/thread_clock.h"
#include "tests/ui/threshold/project_fixture.h"
#include "ui/threshold/cut_handle.h"
#include "ui/threshold/score_histogram.h"

namespace {

using test::threadCpuMs;
using test::wallMs;

struct Times {
    std::vector<double> cpu, wall;

    static double quantile(std::vector<double> values, double q) {
        std::sort(values.begin(), values.end());
        return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
    }
};

template <typename Move>
Times measure(int moves, Move move) {
    Times times;
    for (int i = 0; i < moves; ++i) {
        const double cpu = threadCpuMs();
        const double wall = wallMs();
        move(i);
        QApplication::processEvents();  // paints
        times.cpu.push_back(threadCpuMs() - cpu);
        times.wall.push_back(wallMs() - wall);
    }
    return times;
}

void print(const char* what, const Times& times) {
    std::cout << what << ": UI-thread CPU median " << Times::quantile(times.cpu, 0.5) << " ms, 99 % "
              << Times::quantile(times.cpu, 0.99) << " ms; wall median " << Times::quantile(times.wall, 0.5)
              << " ms, 99 % " << Times::quantile(times.wall, 0.99) << " ms\n";
}

}  // namespace

TEST_CASE("Moving a handle costs the panel at most 2 ms at 10 000 scored images", "[bench]") {
    test::PanelFixture fixture({.good = 6000, .defect = 3500, .unlabelled = 500, .training = 1000});
    fixture.setCuts(1.4, 1.95, 1.87);
    auto* histogram = fixture.find<ui::ScoreHistogram>("scoreHistogram");
    const int replots = histogram->replots();
    const auto keys = measure(
        400, [&](int i) { QTest::keyPress(histogram->failHandle(), i % 100 < 50 ? Qt::Key_Right : Qt::Key_Left); });
    QTest::keyRelease(histogram->failHandle(), Qt::Key_Left);
    CHECK(histogram->replots() == replots);
    print("a handle moved, table and curve updated and painted", keys);
    CHECK(Times::quantile(keys.cpu, 0.99) <= 2 * test::slowdown);

    std::vector<services::ImageId> ids;
    for (const auto& image : fixture.project().images()) {
        if (image.split == engine::Split::Test) ids.push_back(image.id);
    }
    const auto rebuild = measure(20, [&](int i) {
        fixture.project().setLabels({&ids[static_cast<std::size_t>(i)], 1}, engine::Label::Unlabelled);
        QTest::qWait(160);  // changes that come faster make one turn
    });
    print("a label changed: sorted, counted, curves and bars drawn anew", rebuild);
    CHECK(Times::quantile(rebuild.cpu, 0.99) <= 50 * test::slowdown);
}

TEST_CASE("A label changed among 100 000 scored images never holds the window for 50 ms", "[bench]") {
    test::PanelFixture fixture({.good = 60000, .defect = 35000, .unlabelled = 5000, .training = 1000}, 344, 1040);
    REQUIRE(QTest::qWaitFor([&] { return fixture.panel().table().defect() == 35000; }, 30000));
    fixture.setCuts(1.4, 1.95, 1.87);
    Times times;
    for (const auto& image : fixture.project().images()) {
        if (image.split != engine::Split::Test || image.label != engine::Label::Defect) continue;
        const services::ImageId id = image.id;
        const auto before = fixture.panel().table().defect();
        fixture.project().setLabels({&id, 1}, engine::Label::Good);
        const double start = wallMs();
        while (fixture.panel().table().defect() == before) {
            REQUIRE(wallMs() - start < 10000);
            const double cpu = threadCpuMs();
            const double wall = wallMs();
            QApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
            times.cpu.push_back(threadCpuMs() - cpu);
            times.wall.push_back(wallMs() - wall);
        }
        if (before <= 34990) break;
    }
    print("a turn of the event loop while 100 000 scores are sorted beside the window", times);
    CHECK(*std::max_element(times.cpu.begin(), times.cpu.end()) <= 50 * test::slowdown);
}
