// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>

#include "app/services/jobs/job_runner.h"
#include "engine/core/error.h"
#include "ui/training/job_bar.h"

namespace test {

// The bottom line over its own jobs.
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
    void failJob(const QString& title, const char* why = "is gone; bring it back") {
        jobs.start(
            title,
            [why](const engine::RunContext&) -> bool {
                throw engine::Error(engine::ErrorCode::NotFound, why, "/a/folder");
            },
            [](bool) {});
    }

    std::mutex mutex;
    std::condition_variable_any wake;
    bool heard = false;
    services::JobRunner jobs;
    ui::JobBar widget{&jobs};
};

}  // namespace test
