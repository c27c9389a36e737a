// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "engine/core/random.h"
#include "tests/app/services/project/project_fixture.h"

using engine::Label;

namespace {

const char* const folderVariable = "ANOMALOSCOPE_TEST_LABELLER_FOLDER";
const char* const hurryVariable = "ANOMALOSCOPE_TEST_LABELLER_HURRY";
constexpr int images = 400;

// Another process of this program, that labels one image after the other until it is killed.
class Labeller {
public:
    Labeller(const QString& folder, bool hurry) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(folderVariable), folder);
        if (hurry) environment.insert(QString::fromLatin1(hurryVariable), QStringLiteral("1"));
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral("/proc/self/exe"), {QStringLiteral("[.labeller]")});
    }
    ~Labeller() {
        m_process.kill();
        m_process.waitForFinished();
    }

    // Waits for the stroke of that number; -1 when the process has ended before.
    bool waitForStroke(int number) {
        while (m_strokes < number) {
            if (!m_process.canReadLine() && !m_process.waitForReadyRead(20'000)) return false;
            read();
        }
        return true;
    }
    // Kills it and returns the number of the last stroke that it had begun.
    int kill() {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
        m_process.waitForFinished(20'000);
        CHECK(m_process.exitStatus() == QProcess::CrashExit);
        read();
        return m_strokes;
    }

private:
    void read() {
        while (m_process.canReadLine()) {
            const QByteArray line = m_process.readLine();
            if (line.startsWith("stroke ")) m_strokes = line.mid(7).trimmed().toInt();
        }
    }

    QProcess m_process;
    int m_strokes = 0;
};

// How many strokes are on the disk: they were made in order, so no later one may be there without an earlier one.
int strokesIn(const test::ProjectFolder& folder) {
    {
        services::Connection connection(test::toQString(folder.database()), services::Connection::Access::ReadOnly,
                                        1000);
        CHECK(connection.value(QStringLiteral("PRAGMA integrity_check")).toString() == QStringLiteral("ok"));
    }
    const auto project = folder.open();
    CHECK_FALSE(project->isReadOnly());  // the lock of a process that is no more hinders nobody
    const auto& rows = project->images();
    const auto labelled = [](const services::ImageRecord& image) { return image.defectType == QStringLiteral("dent"); };
    const auto first = std::find_if_not(rows.begin(), rows.end(), labelled);
    CHECK(std::none_of(first, rows.end(), labelled));
    const auto strokes = static_cast<int>(first - rows.begin());
    CHECK(test::history(*project, QStringLiteral("label")).size() == strokes);
    return strokes;
}

}  // namespace

TEST_CASE("Labels one image after the other until it is killed", "[.labeller]") {
    const QString folder = qEnvironmentVariable(folderVariable);
    REQUIRE_FALSE(folder.isEmpty());
    const bool hurry = qEnvironmentVariableIsSet(hurryVariable);
    services::Project project(services::openProject(folder, engine::RunContext()));
    for (int row = 0; row < images; ++row) {
        std::printf("stroke %d\n", row + 1);
        std::fflush(stdout);
        test::label(project, row, Label::Defect, QStringLiteral("dent"));
        if (!hurry) REQUIRE(test::allWritten(project));
    }
    REQUIRE(test::allWritten(project));
    for (;;) QTest::qWait(1000);
}

TEST_CASE("kill -9 while labelling loses at most the stroke in hand") {
    engine::Random random(11);
    for (int round = 0; round < 6; ++round) {
        const test::ProjectFolder folder(images);
        Labeller labeller(folder.path(), false);
        REQUIRE(labeller.waitForStroke(5 + round * 7));
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(8000)));
        const int begun = labeller.kill();
        const int written = strokesIn(folder);
        INFO("begun " << begun << ", on the disk " << written);
        CHECK(written >= begun - 1);
        CHECK(written <= begun);
    }
}

TEST_CASE("kill -9 in a hurry of strokes leaves a whole database with the first of them") {
    engine::Random random(12);
    for (int round = 0; round < 4; ++round) {
        const test::ProjectFolder folder(images);
        Labeller labeller(folder.path(), true);
        REQUIRE(labeller.waitForStroke(images));
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(100'000)));
        labeller.kill();
        CHECK(strokesIn(folder) <= images);
    }
}

TEST_CASE("How long a stroke takes until it is on the disk") {
    const test::ProjectFolder folder(200);
    const auto project = folder.open();
    std::vector<double> times;
    for (int row = 0; row < 200; ++row) {
        QElapsedTimer timer;
        timer.start();
        test::label(*project, row, Label::Defect, QStringLiteral("dent"));
        while (project->unwrittenChanges() > 0) std::this_thread::yield();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    std::cout << "a stroke is on the disk in " << times[100] << " ms (median), " << times[197]
              << " ms (99th percentile)\n";
    CHECK(times[100] < 1000);
}
