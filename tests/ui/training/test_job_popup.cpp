// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollBar>
#include <QTextEdit>

#include "tests/ui/training/job_bar_fixture.h"
#include "ui/common/elided_label.h"
#include "ui/training/loss_plot.h"

using test::Bar;

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
    bar.widget.move(0, 500);
    bar.failJob(QStringLiteral("Scoring"));
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    bar.click("jobLog");
    auto* popup = bar.find<QWidget>("jobPopup");
    const auto* log = bar.find<QTextEdit>("jobLogText");
    REQUIRE(QTest::qWaitFor([&] { return popup->isVisible(); }));
    CHECK(log->height() >= 2 * log->fontMetrics().height());  // started, failed
    CHECK(log->height() < 4 * log->fontMetrics().height());
    CHECK(popup->geometry().bottom() + 1 == bar.widget.mapToGlobal(QPoint()).y());
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

TEST_CASE("what is listed in the popup is as high as its words") {
    Bar bar;
    bar.widget.move(0, 500);
    bar.failJob(QStringLiteral("Scoring images"),
                "the folder of images is not there, nor is the one beside it. Connect its drive, or put it back where "
                "it was, and try again; what has been scored until now is kept and is not scored a second time.");
    REQUIRE(QTest::qWaitFor([&] { return bar.jobs.isIdle(); }));
    bar.click("jobLog");
    auto* popup = bar.find<QWidget>("jobPopup");
    REQUIRE(QTest::qWaitFor([&] { return popup->isVisible(); }));
    QTest::qWait(50);
    const QWidget* row = nullptr;
    for (const auto* each : popup->findChildren<QWidget*>(QStringLiteral("jobRow")))
        if (each->isVisible()) row = each;
    REQUIRE(row != nullptr);
    int words = 0;
    for (const auto* label : row->findChildren<QLabel*>())
        words += label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
    CHECK(row->height() <= words + 4);
    CHECK(popup->geometry().bottom() + 1 == bar.widget.mapToGlobal(QPoint()).y());
    popup->hide();
}
