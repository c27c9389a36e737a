// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <functional>

#include "tests/ui/training/job_bar_fixture.h"
#include "ui/common/elided_label.h"
#include "ui/training/work_texts.h"

using test::Bar;

namespace {

services::JobProgress progress(qint64 done, qint64 total, double perSecond, double left) {
    services::JobProgress p;
    p.done = done;
    p.total = total;
    p.perSecond = perSecond;
    p.secondsLeft = left;
    return p;
}

// What holds a line together, as something that can be seen.
QString tildes(QString text) {
    return text.replace(QChar(QChar::Nbsp), QLatin1Char('~'));
}

}  // namespace

TEST_CASE("work is told as people would, and no line ends between a number and its word") {
    CHECK(tildes(ui::progressText(progress(52, 83, 24.2, 1.3))) ==
          QStringLiteral("52~/~83 \u00B7 24~per~second \u00B7 1.3~s~left"));
    CHECK(tildes(ui::progressText(progress(1, 5, 0.1, 40))) ==
          QStringLiteral("1~/~5 \u00B7 10~s~each \u00B7 40~s~left"));
    services::JobProgress step = progress(52, 83, 24.2, 1.3);
    step.stage = QStringLiteral("features");
    CHECK(tildes(ui::progressText(step)).endsWith(QStringLiteral("1.3~s~left of~this~step")));
    step.stage = QStringLiteral("score");
    CHECK(tildes(ui::progressText(step)).endsWith(QStringLiteral("1.3~s~left")));
    CHECK(ui::progressText(progress(7, 0, 0, -1)) == QStringLiteral("7"));
    CHECK(tildes(ui::progressText(progress(5, 5, 2, 0))) == QStringLiteral("5~/~5 \u00B7 2.0~per~second"));
    CHECK(tildes(ui::durationText(125)) == QStringLiteral("2~min~05~s"));
    CHECK(tildes(ui::durationText(9.96)) == QStringLiteral("10~s"));
    CHECK(tildes(ui::aboutText(38)) == QStringLiteral("about~40~s"));
    CHECK(tildes(ui::aboutText(57)) == QStringLiteral("about~1~min"));
    CHECK(tildes(ui::aboutText(170)) == QStringLiteral("about~3~min"));
    CHECK(ui::sizeText(1'100'000'000) == QStringLiteral("1.1\u00A0GB"));
    CHECK(ui::sizeText(30'400'000) == QStringLiteral("30\u00A0MB"));
}

TEST_CASE("the bottom line shows what is at work, and cancels it") {
    Bar bar;
    CHECK_FALSE(bar.find<QWidget>("jobStage")->isVisible());
    bar.longJob(QStringLiteral("Scoring images"));
    auto* numbers = bar.find<ui::ElidedLabel>("jobNumbers");
    REQUIRE(QTest::qWaitFor([&] { return numbers->text().contains(QStringLiteral("per\u00A0second")); }));
    CHECK(bar.find<ui::ElidedLabel>("jobStage")->text() == QStringLiteral("Scoring images"));
    CHECK(tildes(numbers->text()).contains(QStringLiteral("/~83")));
    CHECK_FALSE(bar.find<QWidget>("jobMore")->isVisible());
    bar.click("jobCancel");
    CHECK(bar.find<ui::ElidedLabel>("jobStage")->text().contains(QStringLiteral("Cancelling")));
    CHECK_FALSE(bar.find<QWidget>("jobCancel")->isEnabled());
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    CHECK_FALSE(bar.find<QWidget>("jobStage")->isVisible());
}

TEST_CASE("a failure stays with what to do until it is dismissed") {
    Bar bar;
    bar.failJob(QStringLiteral("Scoring images"));
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    auto* failure = bar.find<ui::ElidedLabel>("jobFailure");
    CHECK(failure->isVisible());
    CHECK(failure->text() == QStringLiteral("Scoring images failed. /a/folder: is gone; bring it back"));
    CHECK_FALSE(bar.find<QWidget>("jobRetry")->isVisible());  // nobody knows how
    bar.failJob(QStringLiteral("Reading a folder"));
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    CHECK(failure->text().startsWith(QStringLiteral("Reading a folder failed")));
    bar.click("jobDismiss");
    CHECK(failure->text().startsWith(QStringLiteral("Scoring images failed")));
    bar.click("jobDismiss");
    CHECK_FALSE(failure->isVisible());
}

TEST_CASE("what has failed is told where the work is told, and behind what is running") {
    Bar bar;
    bar.failJob(QStringLiteral("Scoring images"));
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    const auto* failure = bar.find<QWidget>("jobFailure");
    REQUIRE(QTest::qWaitFor([&] { return failure->isVisible() && failure->x() > 0; }));
    bar.widget.grab();
    CHECK(failure->x() < 40);
    bar.longJob(QStringLiteral("Training"));
    const auto* cancel = bar.find<QWidget>("jobCancel");
    REQUIRE(QTest::qWaitFor([&] { return cancel->isVisible(); }));
    bar.widget.grab();
    const auto* numbers = bar.find<QWidget>("jobNumbers");
    CHECK(numbers->x() > cancel->geometry().right());
    CHECK(failure->x() > numbers->geometry().right());
    CHECK(failure->x() < numbers->geometry().right() + 40);
    bar.jobs.cancelAll();
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
}

TEST_CASE("nothing that a hand aims at moves while a job runs, in a narrow window either") {
    for (const int width : {1440, 960}) {
        Bar bar;
        bar.widget.resize(width, bar.widget.height());
        std::atomic<int> turn = 0;
        bar.longJob(QStringLiteral("Training PatchCore"), [&turn](const engine::RunContext& context, int) {
            const int now = turn;
            context.report(now == 1 ? "check" : "coreset", now == 1 ? 7 : 6'543, now == 1 ? 60 : 12'345);
        });
        const auto* stage = bar.find<ui::ElidedLabel>("jobStage");
        const auto* cancel = bar.find<QWidget>("jobCancel");
        QRect place;
        for (const char* words : {"Looking again", "Choosing what"}) {
            ++turn;
            REQUIRE(QTest::qWaitFor([&] { return stage->text().contains(QString::fromLatin1(words)); }));
            QTest::qWait(20);
            bar.widget.grab();
            if (place.isNull()) place = cancel->geometry();
            INFO(width << " " << words);
            CHECK(cancel->geometry() == place);
        }
        CHECK(place.right() < bar.find<QWidget>("jobLog")->x());
        bar.jobs.cancelAll();
        REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    }
}

TEST_CASE("a failure that a page tells is only named, and told whole once the page is left") {
    Bar bar;
    services::JobId failed = 0;
    QObject::connect(&bar.jobs, &services::JobRunner::failed, &bar.widget, [&](services::JobId id) { failed = id; });
    bar.failJob(QStringLiteral("Scoring images"));
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    const auto* failure = bar.find<ui::ElidedLabel>("jobFailure");
    bar.widget.setToldOnPage(failed, true);
    CHECK(failure->text() == QStringLiteral("Scoring images failed"));
    CHECK(failure->toolTip().contains(QStringLiteral("bring it back")));
    CHECK(failure->accessibleName().contains(QStringLiteral("bring it back")));
    bar.widget.setToldOnPage(failed, false);
    CHECK(failure->text().endsWith(QStringLiteral("bring it back")));
}

TEST_CASE("a failure is tried again, and its message goes") {
    Bar bar;
    int attempts = 0;
    std::function<void()> begin = [&] {
        const auto id = bar.jobs.start(
            QStringLiteral("Training"),
            [attempt = ++attempts](const engine::RunContext&) -> bool {
                if (attempt == 1) throw engine::Error(engine::ErrorCode::OutOfMemory, "no room");
                return true;
            },
            [](bool) {});
        bar.jobs.setRetry(id, begin);
    };
    begin();
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    CHECK(bar.find<QWidget>("jobRetry")->isVisible());
    bar.click("jobRetry");
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    CHECK(attempts == 2);
    CHECK_FALSE(bar.find<QWidget>("jobFailure")->isVisible());
}
