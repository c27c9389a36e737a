// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <new>
#include <numeric>
#include <semaphore>
#include <set>
#include <stop_token>

#include "app/services/jobs/job_runner.h"
#include "engine/core/error.h"

using services::JobId;
using services::JobRunner;
using services::JobState;

namespace {

// What a runner says, in order.
struct Listener {
    explicit Listener(JobRunner& runner) {
        QObject::connect(&runner, &JobRunner::stateChanged, &context, [this](JobId id, JobState state) {
            states.emplace_back(id, state);
            threads.insert(QThread::currentThread());
        });
        QObject::connect(&runner, &JobRunner::failed, &context,
                         [this](JobId, const QString& message) { failures.push_back(message); });
        QObject::connect(&runner, &JobRunner::warned, &context,
                         [this](JobId, const QString& message) { warnings.push_back(message); });
        QObject::connect(&runner, &JobRunner::progressed, &context,
                         [this](JobId, const services::JobProgress& progress) { reports.push_back(progress); });
    }
    bool has(JobId id, JobState state) const {
        return std::find(states.begin(), states.end(), std::pair(id, state)) != states.end();
    }

    std::vector<JobState> of(JobId id) const {
        std::vector<JobState> found;
        for (const auto& [job, state] : states)
            if (job == id) found.push_back(state);
        return found;
    }

    QObject context;
    std::vector<std::pair<JobId, JobState>> states;
    std::set<QThread*> threads;
    std::vector<QString> failures;
    std::vector<QString> warnings;
    std::vector<services::JobProgress> reports;
};

// Work that goes on until it is asked to stop, as the engine does.
bool untilStopped(const engine::RunContext& context) {
    std::binary_semaphore stopped(0);
    const std::stop_callback release(context.stopToken(), [&] { stopped.release(); });
    stopped.acquire();
    context.checkCancelled();
    return true;
}

bool nothing(const engine::RunContext&) {
    return true;
}

}  // namespace

TEST_CASE("jobs run one after another, elsewhere, and their results come back here") {
    JobRunner runner;
    Listener heard(runner);
    std::atomic<int> atOnce = 0;
    std::atomic<int> most = 0;
    std::atomic<int> here = 0;
    std::vector<int> order;
    std::set<QThread*> doneOn;
    for (int i = 0; i < 20; ++i)
        runner.start(
            QStringLiteral("job"),
            [&, i](const engine::RunContext&) {
                most = std::max(most.load(), ++atOnce);
                if (QThread::currentThread() == qApp->thread()) ++here;
                --atOnce;
                return i;
            },
            [&](int result) {
                order.push_back(result);
                doneOn.insert(QThread::currentThread());
            });
    CHECK_FALSE(runner.isIdle());
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    std::vector<int> expected(20);
    std::iota(expected.begin(), expected.end(), 0);
    CHECK(order == expected);
    CHECK(most == 1);
    CHECK(here == 0);
    CHECK(doneOn == std::set<QThread*>{qApp->thread()});
    CHECK(heard.threads == std::set<QThread*>{qApp->thread()});
    REQUIRE(heard.states.size() == 40);
    CHECK(heard.states[0] == std::pair(JobId{1}, JobState::Running));
    CHECK(heard.states[1] == std::pair(JobId{1}, JobState::Done));
}

TEST_CASE("a cancel is acknowledged at once, and the job ends when the engine looks") {
    JobRunner runner;
    Listener heard(runner);
    bool finished = false;
    const JobId id = runner.start(QStringLiteral("long"), untilStopped, [&](bool) { finished = true; });
    REQUIRE(QTest::qWaitFor([&] { return heard.has(id, JobState::Running); }));
    QElapsedTimer clock;
    clock.start();
    runner.cancel(id);
    CHECK(heard.states.back() == std::pair(id, JobState::Cancelling));
    REQUIRE(QTest::qWaitFor([&] { return heard.has(id, JobState::Cancelled); }, 200));
    CHECK(clock.elapsed() < 200);
    CHECK_FALSE(finished);
    CHECK(heard.failures.empty());
    runner.cancel(id);  // it is over: nothing more is said
    CHECK(heard.states.back() == std::pair(id, JobState::Cancelled));
}

TEST_CASE("a waiting job is cancelled without having run") {
    JobRunner runner;
    Listener heard(runner);
    std::atomic<bool> ran = false;
    const JobId first = runner.start(QStringLiteral("long"), untilStopped, [](bool) {});
    const JobId second = runner.start(
        QStringLiteral("waits"), [&](const engine::RunContext&) { return ran = true; }, [](bool) {});
    runner.cancel(second);
    CHECK(heard.states == std::vector{std::pair(second, JobState::Cancelled)});
    runner.cancelAll();
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    CHECK(heard.has(first, JobState::Cancelled));
    CHECK_FALSE(ran);
}

TEST_CASE("a result that came before the cancel was seen is not handed on") {
    JobRunner runner;
    Listener heard(runner);
    std::binary_semaphore posted(0);
    bool finished = false;
    const JobId id = runner.start(QStringLiteral("quick"), nothing, [&](bool) { finished = true; });
    runner.start(
        QStringLiteral("next"),
        [&](const engine::RunContext&) {
            posted.release();
            return true;
        },
        [](bool) {});
    posted.acquire();  // the result of the first is there; this thread has not read it
    runner.cancel(id);
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    CHECK(heard.of(id) == std::vector{JobState::Cancelling, JobState::Cancelled});
    CHECK_FALSE(finished);
}

TEST_CASE("what a job throws is told with what to do, and the next one runs") {
    JobRunner runner;
    Listener heard(runner);
    const auto fail = [&](auto fault) {
        return runner.start(
            QStringLiteral("fails"), [fault](const engine::RunContext&) -> bool { throw fault; }, [](bool) {});
    };
    fail(engine::Error(engine::ErrorCode::NotFound, "is not there; put it back", "/a/b"));
    fail(std::bad_alloc());
    fail(std::runtime_error("surprise"));
    const JobId odd = fail(42);
    bool ran = false;
    runner.start(QStringLiteral("next"), nothing, [&](bool) { ran = true; });
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    REQUIRE(heard.failures.size() == 4);
    CHECK(heard.failures[0] == QStringLiteral("/a/b: is not there; put it back"));
    CHECK(heard.failures[1].contains(QStringLiteral("smaller")));
    CHECK(heard.failures[2].startsWith(QStringLiteral("An internal fault: surprise")));
    CHECK(heard.failures[3].startsWith(QStringLiteral("An internal fault")));
    CHECK(heard.has(odd, JobState::Failed));
    CHECK(ran);
}

TEST_CASE("what is thrown while a result is taken over fails the job") {
    JobRunner runner;
    Listener heard(runner);
    const JobId id = runner.start(QStringLiteral("publish"), nothing, [](bool) {
        throw engine::Error(engine::ErrorCode::WriteFailed, "is gone; choose another", "/out");
    });
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    CHECK(heard.states.back() == std::pair(id, JobState::Failed));
    CHECK(heard.failures == std::vector{QStringLiteral("/out: is gone; choose another")});
}

TEST_CASE("thousands of reports become at most twenty a second, and the last one arrives") {
    JobRunner runner;
    Listener heard(runner);
    std::atomic<int> arrived = 0;
    QObject::connect(&runner, &JobRunner::progressed, &heard.context, [&] { ++arrived; });
    std::atomic<int> made = 0;
    QElapsedTimer clock;
    clock.start();
    runner.start(
        QStringLiteral("reports"),
        [&](const engine::RunContext& context) {
            for (int i = 0; arrived < 10; ++i, ++made) context.report("score", std::min(i, 4999), 5000);
            context.report("score", 5000, 5000);
            return true;
        },
        [](bool) {});
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }, 20'000));
    const double seconds = static_cast<double>(clock.elapsed()) / 1000;
    INFO(heard.reports.size() << " reports in " << seconds << " s");
    CHECK(static_cast<double>(heard.reports.size()) <= 20 * seconds + 2);
    CHECK(made > 1000);
    CHECK(heard.reports.back().done == 5000);
    CHECK(heard.reports.back().stage == QStringLiteral("score"));
    CHECK(heard.reports.back().perSecond > 0);
}

TEST_CASE("the only report of a stage that goes on is not held back") {
    JobRunner runner;
    Listener heard(runner);
    runner.start(
        QStringLiteral("reports"),
        [](const engine::RunContext& context) {
            context.report("first", 1, 2);
            context.report("second", 0, 5);
            return untilStopped(context);
        },
        [](bool) {});
    REQUIRE(QTest::qWaitFor(
        [&] { return !heard.reports.empty() && heard.reports.back().stage == QStringLiteral("second"); }, 1000));
    runner.cancelAll();
}

TEST_CASE("a flood of warnings is summed up") {
    JobRunner runner;
    Listener heard(runner);
    runner.start(
        QStringLiteral("warns"),
        [](const engine::RunContext& context) {
            for (int i = 0; i < 10000; ++i) context.warn("bad image " + std::to_string(i));
            return true;
        },
        [](bool) {});
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    CHECK(heard.warnings.size() == 50);
    CHECK(heard.warnings.front() == QStringLiteral("bad image 0"));
    CHECK(heard.warnings.back().contains(QStringLiteral("9951")));
}

TEST_CASE("a runner that is destroyed while it works joins, and calls nothing afterwards") {
    std::atomic<bool> stopped = false;
    bool called = false;
    std::binary_semaphore running(0);
    {
        JobRunner runner;
        QObject::connect(&runner, &JobRunner::stateChanged, &runner, [&] { called = true; });
        runner.start(
            QStringLiteral("long"),
            [&](const engine::RunContext& context) {
                running.release();
                try {
                    return untilStopped(context);
                } catch (const engine::Cancelled&) {
                    stopped = true;
                    throw;
                }
            },
            [&](bool) { called = true; });
        runner.start(QStringLiteral("waits"), nothing, [&](bool) { called = true; });
        running.acquire();
    }
    CHECK(stopped);
    QCoreApplication::processEvents();
    CHECK_FALSE(called);
}

TEST_CASE("a quiet job is not announced") {
    JobRunner runner;
    QSignalSpy added(&runner, &JobRunner::jobAdded);
    QSignalSpy idle(&runner, &JobRunner::idleChanged);
    bool done = false;
    runner.start(
        {}, nothing, [&](bool) { done = true; }, true);
    const JobId loud = runner.start(QStringLiteral("Training"), nothing, [](bool) {});
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    CHECK(done);
    REQUIRE(added.size() == 1);
    CHECK(added[0][0].value<JobId>() == loud);
    CHECK(added[0][1].toString() == QStringLiteral("Training"));
    REQUIRE(idle.size() == 2);
    CHECK_FALSE(idle[0][0].toBool());
    CHECK(idle[1][0].toBool());
}

TEST_CASE("a failed job is begun again by whoever knows how") {
    JobRunner runner;
    int attempts = 0;
    std::function<void()> begin = [&] {
        const JobId id = runner.start(
            QStringLiteral("tries"),
            [attempt = ++attempts](const engine::RunContext&) -> bool {
                if (attempt == 1) throw engine::Error(engine::ErrorCode::NotFound, "not yet");
                return true;
            },
            [](bool) {});
        runner.setRetry(id, begin);
    };
    begin();
    CHECK_FALSE(runner.canRetry(1));  // it has not failed yet
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    REQUIRE(runner.canRetry(1));
    runner.retry(1);
    CHECK(attempts == 2);
    CHECK_FALSE(runner.canRetry(1));
    REQUIRE(QTest::qWaitFor([&] { return runner.isIdle(); }));
    CHECK_FALSE(runner.canRetry(2));  // it is done
}
