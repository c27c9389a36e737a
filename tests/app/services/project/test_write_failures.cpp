// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>
#include <fstream>
#include <semaphore>
#include <thread>

#include "app/services/project/store_writer.h"
#include "tests/app/services/project/project_fixture.h"

using engine::Label;
using services::Connection;
using services::Project;

namespace {

struct Watch {
    explicit Watch(const Project& project)
        : failed(&project, &Project::writeFailed), recovered(&project, &Project::writeRecovered) {}

    bool waitFailed() {
        return QTest::qWaitFor([&] { return !failed.isEmpty(); }, 10'000);
    }
    bool waitRecovered() {
        return QTest::qWaitFor([&] { return !recovered.isEmpty(); }, 10'000);
    }
    QString message() const { return failed.last().first().toString(); }

    QSignalSpy failed, recovered;
};

class ForeignLock {
public:
    explicit ForeignLock(const test::ProjectFolder& folder)
        : m_connection(test::toQString(folder.database()), Connection::Access::ReadWrite, 5000) {
        m_connection.run(test::qs("BEGIN IMMEDIATE"));
    }
    void release() { m_connection.run(test::qs("ROLLBACK")); }

private:
    Connection m_connection;
};

}  // namespace

TEST_CASE("A locked database: the change stays, is said once, and is written when the lock is gone") {
    const test::ProjectFolder folder;
    auto project = folder.open();
    Watch watch(*project);
    ForeignLock lock(folder);
    test::label(*project, 0, Label::Unlabelled);
    REQUIRE(watch.waitFailed());
    CHECK(watch.message().contains(test::qs("Another program")));
    CHECK(watch.message().contains(folder.path()));
    test::label(*project, 1, Label::Defect, test::qs("dent"));
    test::label(*project, 0, Label::Defect, test::qs("hole"));
    CHECK(project->unwrittenChanges() == 3);
    // Questions are answered meanwhile.
    CHECK(test::history(*project, test::qs("label")).isEmpty());
    const services::ImageId id = test::image(*project, 2).id;
    project->setMask(id, test::disc(30, 30, 4));
    CHECK(test::maskOf(*project, id) == test::disc(30, 30, 4));
    project->addModel(test::makeModel(*project, test::qs("first")));
    project->addScores(project->currentModel()->id, {{id, 3.5, {}}});
    project->addModel(test::makeModel(*project, test::qs("second")));
    QSignalSpy scores(project.get(), &Project::scoresChanged);
    project->setCurrentModel(project->models()[0].id);
    REQUIRE(QTest::qWaitFor([&] { return scores.count() == 2; }));
    CHECK(test::image(*project, 2).score == 3.5);
    CHECK(watch.failed.count() == 1);
    CHECK(watch.recovered.isEmpty());

    lock.release();
    REQUIRE(watch.waitRecovered());
    CHECK(project->unwrittenChanges() == 0);
    CHECK(watch.failed.count() == 1);
    // In the order in which they were made.
    const auto lines = test::history(*project, test::qs("label"));
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].to == test::qs("defect: hole"));
    CHECK(lines[0].from == test::qs("unlabelled"));
    CHECK(lines[2].to == test::qs("unlabelled"));
    project.reset();
    const auto again = folder.open();
    CHECK(test::image(*again, 0).defectType == test::qs("hole"));
    CHECK(test::image(*again, 2).score == 3.5);
    CHECK(test::maskOf(*again, id) == test::disc(30, 30, 4));
}

TEST_CASE("The next change tries again at once, without waiting for the clock") {
    const test::ProjectFolder folder;
    services::OpenedProject opened = folder.opened();
    opened.store->retryInterval = std::chrono::hours(1);
    Project project(std::move(opened));
    Watch watch(project);
    ForeignLock lock(folder);
    test::label(project, 0, Label::Unlabelled);
    REQUIRE(watch.waitFailed());
    lock.release();
    test::label(project, 1, Label::Unlabelled);
    REQUIRE(watch.waitRecovered());
    CHECK(test::history(project, test::qs("label")).size() == 2);
}

TEST_CASE("A full disk: labels and drawings stay, and are written when there is room") {
    const test::TemporaryFolder disk;
    const test::SmallDisk small(disk.path(), 1024);
    if (!small.ok()) return;
    const engine::ImageSet set = test::makeImageSet(disk / "images", 6);
    const QString path = test::toQString(disk / "project");
    services::createProject(path, test::qs("name"), set, engine::RunContext());
    services::OpenedProject opened = services::openProject(path, engine::RunContext());
    opened.store->retryInterval = std::chrono::milliseconds(50);
    auto project = std::make_unique<Project>(std::move(opened));
    Watch watch(*project);
    {
        std::ofstream filler(disk / "filler");
        while (filler << std::string(4096, 'x') << std::flush) {
        }
    }
    const services::ImageId id = test::image(*project, 3).id;
    SECTION("labels") {
        // Until what was set aside for the log is used up, there is room.
        for (int i = 0; i < 2000 && watch.failed.isEmpty(); ++i) {
            test::label(*project, 0, i % 2 == 0 ? Label::Unlabelled : Label::Good);
            QTest::qWait(1);
        }
        REQUIRE(watch.waitFailed());
        INFO(watch.message().toStdString());
        CHECK(watch.message().contains(test::qs("disk is full")));
    }
    SECTION("a drawing") {
        project->setMask(id, test::disc(900, 900, 400));
        REQUIRE(watch.waitFailed());
        INFO(watch.message().toStdString());
        CHECK(watch.message().contains(test::qs("disk is full")));
        CHECK(test::image(*project, 3).maskEdited);
    }
    test::label(*project, 1, Label::Defect, test::qs("dent"));
    std::filesystem::remove(disk / "filler");
    REQUIRE(watch.waitRecovered());
    REQUIRE(test::allWritten(*project));
    const bool drawn = test::image(*project, 3).maskEdited;
    const Label first = test::image(*project, 0).label;
    project.reset();
    Project again(services::openProject(path, engine::RunContext()));
    CHECK(test::image(again, 0).label == first);
    CHECK(test::image(again, 1).defectType == test::qs("dent"));
    CHECK((test::maskOf(again, id) == test::disc(900, 900, 400)) == drawn);
}

TEST_CASE("A folder that vanishes: nothing is written into nowhere, all of it when the folder is back") {
    const test::ProjectFolder folder;
    const auto place = folder.folder / "project", elsewhere = folder.folder / "elsewhere";
    auto project = folder.open();
    Watch watch(*project);
    test::label(*project, 0, Label::Unlabelled);
    REQUIRE(test::allWritten(*project));
    std::filesystem::rename(place, elsewhere);
    test::label(*project, 1, Label::Unlabelled);
    project->setMask(test::image(*project, 2).id, test::disc(9, 9, 3));
    REQUIRE(watch.waitFailed());
    CHECK(watch.message().contains(test::qs("is gone")));
    CHECK_FALSE(std::filesystem::exists(place));

    SECTION("the same folder") {
        std::filesystem::rename(elsewhere, place);
    }
    SECTION("a copy of it") {
        std::filesystem::copy(elsewhere, place, std::filesystem::copy_options::recursive);
    }
    SECTION("after another project stood there") {
        services::createProject(folder.path(), test::qs("another"), folder.set, engine::RunContext());
        REQUIRE(QTest::qWaitFor([&] { return watch.failed.count() == 2; }, 10'000));
        CHECK(watch.message().contains(test::qs("Another project")));
        {
            const auto other = services::openProject(folder.path(), engine::RunContext());
            CHECK(other.content.images[1].label == Label::Good);
        }
        std::filesystem::remove_all(place);
        std::filesystem::rename(elsewhere, place);
    }
    REQUIRE(watch.waitRecovered());
    project.reset();
    const auto again = folder.open();
    CHECK(test::image(*again, 0).label == Label::Unlabelled);
    CHECK(test::image(*again, 1).label == Label::Unlabelled);
    CHECK(test::image(*again, 2).maskEdited);
}

TEST_CASE("Closing writes what is on its way") {
    const test::ProjectFolder folder(200);
    {
        const auto project = folder.open();
        for (int row = 0; row < 200; ++row) test::label(*project, row, Label::Defect, test::qs("dent"));
    }
    const auto project = folder.open();
    for (int row = 0; row < 200; ++row) CHECK(test::image(*project, row).defectType == test::qs("dent"));
}

TEST_CASE("Closing does not wait for ever for a lock that stays") {
    const test::ProjectFolder folder;
    ForeignLock lock(folder);
    services::OpenedProject opened = folder.opened();
    CHECK_FALSE(opened.content.readOnly);
    opened.store->closeTimeout = std::chrono::milliseconds(400);
    auto project = std::make_unique<Project>(std::move(opened));
    test::label(*project, 0, Label::Unlabelled);
    QElapsedTimer timer;
    timer.start();
    project.reset();
    CHECK(timer.elapsed() >= 350);
    CHECK(timer.elapsed() < 5000);
    lock.release();
    CHECK(test::image(*folder.open(), 0).label == Label::Good);
}

TEST_CASE("Closing waits for a lock that goes away") {
    const test::ProjectFolder folder;
    const std::filesystem::path away = folder.folder / "away";
    std::binary_semaphore held(0), refused(0);
    bool firstRefused = false, closingRefused = false;
    {
        services::OpenedProject opened = folder.opened();
        opened.store->retryInterval = std::chrono::hours(1);  // the second attempt is that of the closing
        const services::ImageRecord& image = opened.content.images[1];
        services::LabelsChange labels{{{image.id, image.name, {image.label, image.defectType}, {}}}};
        std::filesystem::rename(folder.database(), away);  // told otherwise than the lock is
        services::StoreWriter::Listener listener;
        listener.failed = [&](const QString&) { refused.release(); };
        listener.recovered = [] {};
        auto writer = std::make_unique<services::StoreWriter>(*opened.store, std::move(listener));
        writer->write({0, std::move(labels)});
        firstRefused = refused.try_acquire_for(std::chrono::seconds(20));
        std::filesystem::rename(away, folder.database());
        std::thread other([&] {
            ForeignLock lock(folder);
            held.release();
            closingRefused = refused.try_acquire_for(std::chrono::seconds(20));
            lock.release();
        });
        held.acquire();
        writer.reset();
        other.join();
    }
    CHECK(firstRefused);
    CHECK(closingRefused);
    CHECK(test::image(*folder.open(), 1).label == Label::Unlabelled);
}

TEST_CASE("A damaged database is told apart while writing, too") {
    const test::ProjectFolder folder(500);
    services::OpenedProject opened = folder.opened();
    opened.store->closeTimeout = std::chrono::milliseconds(10);
    const auto project = std::make_unique<Project>(std::move(opened));
    Watch watch(*project);
    {
        std::fstream file(folder.database(), std::ios::in | std::ios::out | std::ios::binary);
        file << std::string(100, 'x');
    }
    test::label(*project, 0, Label::Unlabelled);
    REQUIRE(watch.waitFailed());
    INFO(watch.message().toStdString());
    CHECK(watch.message().contains(test::qs("damaged")));
    CHECK(watch.message().contains(test::qs("backup")));
}
