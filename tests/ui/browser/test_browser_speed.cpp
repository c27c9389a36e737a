// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>

#include "tests/support/sanitizer.h"
#include "tests/ui/browser/browser_fixture.h"
#include "ui/browser/browser_panel.h"
#include "ui/browser/grid_view.h"
#include "ui/browser/image_list_model.h"

using engine::Verdict;
using services::OrderKey;
using ui::BrowserPanel;

namespace {

double percentile99(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() * 99 / 100];
}

// One turn of the event loop, with what it paints.
double frame(const std::function<void()>& change) {
    return test::cpuMilliseconds([&] {
        change();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    });
}

}  // namespace

TEST_CASE("100 000 images open at once and scroll smoothly") {
    test::BrowserFixture fixture({.count = 100'000});
    std::unique_ptr<BrowserPanel> panel;
    QElapsedTimer wall;
    wall.start();
    const double open = test::cpuMilliseconds([&] {
        panel = std::make_unique<BrowserPanel>(&fixture.project(), &fixture.thumbnails());
        panel->resize(480, 1000);
        panel->show();
        REQUIRE(QTest::qWaitForWindowExposed(panel.get()));
        panel->repaint();
    });
    std::cout << "100 000 images: opened and painted in " << open << " ms of CPU, " << wall.elapsed() << " ms\n";
    CHECK(open < 500);

    auto* bar = panel->findChild<ui::GridView*>()->verticalScrollBar();
    std::vector<double> frames;
    for (int i = 0; i < 300; ++i)
        frames.push_back(frame([&] { bar->setValue(i % 3 == 0 ? (bar->maximum() / 300) * i : bar->value() + 120); }));
    std::cout << "  scrolled: p99 " << percentile99(frames) << " ms of CPU a frame\n";
    CHECK(percentile99(frames) < 33 * test::slowdown);

    const auto report = [](const char* what, double ms) {
        std::cout << "  " << what << ": " << ms << " ms of CPU\n";
        CHECK(ms < 200);
    };
    report("sorted by score", frame([&] { panel->setOrder({OrderKey::Score, true}); }));
    report("filtered by text", frame([&] { panel->setFilter({.text = QStringLiteral("77")}); }));
    report("no filter", frame([&] { panel->setFilter({}); }));
    auto* grid = panel->findChild<ui::GridView*>();
    report("all selected", frame([&] { grid->selectAll(); }));
    report("sorted with all selected", frame([&] { panel->setOrder({OrderKey::Name, false}); }));
    report("filtered with all selected", frame([&] { panel->setFilter({.label = engine::Label::Good}); }));
    report("no filter with three quarters selected", frame([&] { panel->setFilter({}); }));
    panel->setCurrent(fixture.id(0));
    report("table opened", frame([&] { panel->setTable(true); }));
    auto* tableBar = panel->findChild<QAbstractItemView*>(QStringLiteral("imageTable"))->verticalScrollBar();
    frames.clear();
    for (int i = 0; i < 200; ++i) frames.push_back(frame([&] { tableBar->setValue((tableBar->maximum() / 200) * i); }));
    std::cout << "  table scrolled: p99 " << percentile99(frames) << " ms of CPU a frame\n";
    CHECK(percentile99(frames) < 33 * test::slowdown);
}

TEST_CASE("a moved cut with 10 000 scored images") {
    test::BrowserFixture fixture({.count = 10'000});
    BrowserPanel panel(&fixture.project(), &fixture.thumbnails());
    panel.resize(296, 1000);
    panel.show();
    REQUIRE(QTest::qWaitForWindowExposed(&panel));
    const auto drag = [&](const char* what) {
        std::vector<double> moves;
        std::vector<double> frames;
        for (int i = 0; i < 300; ++i) {
            const double fail = 2.0 + i * 0.005;
            double move = 0;
            frames.push_back(frame([&] {
                move = test::cpuMilliseconds(
                    [&] { fixture.project().previewOperatingPoint(test::cuts(fail - 0.4, fail)); });
            }));
            moves.push_back(move);
        }
        std::cout << "cut moved, " << what << ": p99 " << percentile99(moves) << " ms of CPU, with painting "
                  << percentile99(frames) << " ms\n";
        CHECK(percentile99(frames) < 8 * test::slowdown);
    };
    drag("by name");
    panel.setOrder({OrderKey::DefectType, false});
    drag("by defect type");
    panel.setFilter({.verdict = Verdict::Fail});
    drag("only fails");
    panel.setOrder({OrderKey::Score, true});
    drag("only fails by score");
    panel.setFilter({.disagreementOnly = true});
    drag("only disagreements");
    panel.setFilter({});
    panel.setTable(true);
    drag("table");
}
