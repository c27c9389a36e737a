// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextEdit>
#include <QTimer>
#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>

#include "app/services/jobs/job_runner.h"
#include "engine/core/error.h"
#include "ui/common/elided_label.h"
#include "ui/training/job_bar.h"
#include "ui/training/loss_plot.h"
#include "ui/training/work_texts.h"

namespace {

struct Bar {
    Bar() {
        QObject::connect(&jobs, &services::JobRunner::progressed, &widget, [this] {
            const std::lock_guard lock(mutex);
            heard = true;
            wake.notify_all();
        });
        widget.resize(1200, widget.height());
        widget.show();
        REQUIRE(QTest::qWaitForWindowExposed(&widget));
    }
    template <typename Widget>
    Widget* find(const char* name) {
        auto* found = widget.findChild<Widget*>(QString::fromLatin1(name));
        REQUIRE(found != nullptr);
        return found;
    }
    void click(const char* name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    services::JobId longJob(const QString& title) {
        return longJob(title, [](const engine::RunContext& context, int turn) {
            context.report("score", std::min(turn, 83), 83);
        });
    }
    // Reports whenever the last report has been heard, until it is cancelled.
    template <typename Report>
    services::JobId longJob(const QString& title, Report report) {
        return jobs.start(
            title,
            [this, report](const engine::RunContext& context) -> bool {
                for (int turn = 1;; ++turn) {
                    {
                        const std::lock_guard lock(mutex);
                        heard = false;
                    }
                    report(context, turn);
                    std::unique_lock lock(mutex);
                    wake.wait(lock, context.stopToken(), [this] { return heard; });
                }
            },
            [](bool) {});
    }
    void failJob(const QString& title) {
        jobs.start(
            title,
            [](const engine::RunContext&) -> bool {
                throw engine::Error(engine::ErrorCode::NotFound, "is gone; bring it back", "/a/folder");
            },
            [](bool) {});
    }

    std::mutex mutex;
    std::condition_variable_any wake;
    bool heard = false;
    services::JobRunner jobs;
    ui::JobBar widget{&jobs};
};

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

TEST_CASE("several jobs are counted, and listed with what can be done about each") {
    Bar bar;
    bar.longJob(QStringLiteral("Scoring images"));
    bar.longJob(QStringLiteral("Training PatchCore"));
    bar.longJob(QStringLiteral("Reading a folder"));
    auto* more = bar.find<QAbstractButton>("jobMore");
    CHECK(more->isVisible());
    CHECK(more->text() == QStringLiteral("2 more"));
    bar.click("jobMore");
    auto* popup = bar.find<QWidget>("jobPopup");
    REQUIRE(QTest::qWaitFor([&] { return popup->isVisible(); }));
    const auto rows = [&] {
        int count = 0;
        for (auto* row : popup->findChildren<QWidget*>(QStringLiteral("jobRow"))) count += row->isHidden() ? 0 : 1;
        return count;
    };
    CHECK(QTest::qWaitFor([&] { return rows() == 3; }));
    for (auto* cancel : popup->findChildren<QAbstractButton*>(QStringLiteral("rowCancel")))
        if (cancel->accessibleName().contains(QStringLiteral("Reading a folder")))
            QTest::mouseClick(cancel, Qt::LeftButton);
    CHECK(QTest::qWaitFor([&] { return rows() == 2; }));
    CHECK(more->text() == QStringLiteral("1 more"));
    bar.jobs.cancelAll();
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    CHECK(QTest::qWaitFor([&] { return rows() == 0; }));
    popup->hide();
}

TEST_CASE("a training that learns has its losses by epoch in its row") {
    Bar bar;
    bar.longJob(QStringLiteral("Training CFA"), [](const engine::RunContext& context, int turn) {
        const std::int64_t epoch = std::min(3, turn);
        const double loss = 1.0 / static_cast<double>(epoch);
        context.report("training", epoch, 5, engine::EpochLoss{loss, epoch, loss + 0.5});
    });
    auto* stage = bar.find<ui::ElidedLabel>("jobStage");
    CHECK(QTest::qWaitFor([&] { return stage->text() == QStringLiteral("Training CFA \u00B7 Training the network"); }));
    bar.click("jobLog");
    auto* popup = bar.find<QWidget>("jobPopup");
    REQUIRE(QTest::qWaitFor([&] { return popup->isVisible(); }));
    // Rows are made anew when something changes; those of before are on their way out.
    const auto plotted = [&]() -> ui::LossPlot* {
        for (auto* plot : popup->findChildren<ui::LossPlot*>(QStringLiteral("rowLosses")))
            if (plot->isVisible()) return plot;
        return nullptr;
    };
    REQUIRE(QTest::qWaitFor([&] { return plotted() != nullptr && plotted()->losses().training.size() == 3; }));
    const auto* plot = plotted();
    CHECK(plot->losses() == services::LossCurve{{1.0, 0.5, 1.0 / 3}, {1.5, 1.0, 1.0 / 3 + 0.5}});
    CHECK(plot->accessibleName() == QStringLiteral("Loss 0.3333 in epoch 3, held out 0.8333"));
    bar.jobs.cancelAll();
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    popup->hide();
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
    CHECK(failure->x() > cancel->geometry().right());
    CHECK(failure->x() < cancel->geometry().right() + 40);
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

TEST_CASE("the log tells everything and can be copied") {
    Bar bar;
    bar.jobs.start(
        QStringLiteral("Training"),
        [](const engine::RunContext& context) {
            context.warn("computing on the CPU");
            return true;
        },
        [](bool) {});
    bar.failJob(QStringLiteral("Scoring"));
    bar.jobs.start(
        {},
        [](const engine::RunContext& context) {
            context.warn("of no interest");
            return true;
        },
        [](bool) {}, true);
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    bar.click("jobLog");
    auto* popup = bar.find<QWidget>("jobPopup");
    REQUIRE(QTest::qWaitFor([&] { return popup->isVisible(); }));
    bar.click("copyLog");
    const QString log = QGuiApplication::clipboard()->text();
    CHECK(log.contains(QStringLiteral("Training: started")));
    CHECK(log.contains(QStringLiteral("Training: computing on the CPU")));
    CHECK(log.contains(QStringLiteral("Training: done")));
    CHECK(log.contains(QStringLiteral("Scoring: failed. /a/folder: is gone; bring it back")));
    CHECK_FALSE(log.contains(QStringLiteral("of no interest")));
    CHECK(bar.find<QTextEdit>("jobLogText")->toPlainText() == log);
    CHECK(bar.widget.logText() == log);
    popup->hide();
}

TEST_CASE("the log is as high as its lines, up to a height, and ends at the bottom line") {
    Bar bar;
    bar.failJob(QStringLiteral("Scoring"));
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    bar.click("jobLog");
    auto* popup = bar.find<QWidget>("jobPopup");
    const auto* log = bar.find<QTextEdit>("jobLogText");
    REQUIRE(QTest::qWaitFor([&] { return popup->isVisible(); }));
    CHECK(log->height() >= 2 * log->fontMetrics().height());  // started, failed
    CHECK(log->height() < 4 * log->fontMetrics().height());
    // What a markup would be is a text like others.
    bar.failJob(QStringLiteral("<b>Scoring</b> images"));
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    CHECK(log->toPlainText().contains(QStringLiteral("<b>Scoring</b> images: started")));
    for (int i = 0; i < 30; ++i) bar.failJob(QStringLiteral("Reading a folder"));
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    CHECK(log->height() <= 160);
    CHECK(log->verticalScrollBar()->maximum() > 0);
    CHECK(log->verticalScrollBar()->value() == log->verticalScrollBar()->maximum());
    popup->hide();
}
