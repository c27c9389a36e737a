// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QRegularExpression>
#include <catch2/catch.hpp>
#include <fstream>

#include "engine/core/error.h"
#include "tests/app/services/project/project_fixture.h"
#include "tests/support/test_data.h"

using engine::ErrorCode;
using engine::Label;
using services::Connection;
using services::Project;

namespace {

// A project that may be looked at only, and does nothing that would change it.
void checkReadOnly(const test::ProjectFolder& folder, const QString& reason) {
    Project project(folder.opened());
    INFO(project.readOnlyReason().toStdString());
    CHECK(project.isReadOnly());
    CHECK(project.readOnlyReason().contains(reason));
    CHECK(project.images().size() == folder.set.items.size());
    test::label(project, 0, Label::Unlabelled);
    project.setMask(test::image(project, 0).id, test::disc(9, 9, 2));
    project.setRegion(test::disc(9, 9, 2));
    project.addModel(test::makeModel(project, test::qs("model")));
    CHECK(test::image(project, 0).label == Label::Good);
    CHECK(project.models().empty());
    CHECK(project.region().isNull());
    CHECK(project.undoStack()->count() == 0);
    CHECK(project.unwrittenChanges() == 0);
    CHECK_FALSE(test::history(project).isEmpty());
}

const int current = services::currentSchema().version;

// What two versions from now might be.
const services::Schema later{
    current + 2,
    {{current + 1, {QStringLiteral("ALTER TABLE image ADD COLUMN note TEXT NOT NULL DEFAULT 'none'")}},
     {current + 2,
      {QStringLiteral("CREATE TABLE station (name TEXT)"),
       QStringLiteral("INSERT INTO station SELECT value FROM project WHERE key = 'name'")}}}};

}  // namespace

TEST_CASE("A second window opens a project read-only until the first one is closed") {
    const test::ProjectFolder folder;
    auto first = folder.open();
    CHECK_FALSE(first->isReadOnly());
    checkReadOnly(folder, test::qs("open in another window"));
    test::label(*first, 0, Label::Unlabelled);  // and does not hinder it
    REQUIRE(test::allWritten(*first));
    first.reset();
    const auto second = folder.open();
    CHECK_FALSE(second->isReadOnly());
    CHECK(test::image(*second, 0).label == Label::Unlabelled);
}

TEST_CASE("A project of a newer version is read-only, and its database stays as it is") {
    const test::ProjectFolder folder;
    test::runSql(folder, test::qs("ALTER TABLE image ADD COLUMN station TEXT"));
    test::runSql(folder, test::qs("PRAGMA user_version = 7"));
    const std::string before = test::contentOf(folder.database());
    checkReadOnly(folder, test::qs("newer version"));
    CHECK(test::contentOf(folder.database()) == before);
    CHECK(folder.open()->readOnlyReason().contains(test::qs("update Anomaloscope")));

    test::runSql(folder, test::qs("ALTER TABLE image RENAME COLUMN label TO verdict"));
    CHECK(test::refusal(folder.path())->code() == ErrorCode::Unsupported);
}

TEST_CASE("An older project is migrated, and its database as it was is kept beside it") {
    const test::ProjectFolder folder;
    {
        const auto project = folder.open();
        test::label(*project, 0, Label::Unlabelled);
    }
    QString backup;
    {
        const auto opened = services::openProject(folder.path(), later, engine::RunContext());
        CHECK_FALSE(opened.content.readOnly);
        REQUIRE(opened.content.notices.size() == 1);
        const auto match =
            QRegularExpression(test::qs("(/\\S+project\\.sqlite\\.version-%1\\.\\S+\\.backup)").arg(current))
                .match(opened.content.notices[0]);
        REQUIRE(match.hasMatch());
        backup = match.captured(1);
        CHECK(opened.content.images[0].label == Label::Unlabelled);
    }
    {
        Connection now(test::toQString(folder.database()), Connection::Access::ReadOnly, 1000);
        CHECK(now.value(test::qs("PRAGMA user_version")).toInt() == current + 2);
        CHECK(now.value(test::qs("SELECT name FROM station")).toString() == test::qs("Bottle line 3"));
        CHECK(now.value(test::qs("SELECT note FROM image")).toString() == test::qs("none"));
    }
    {
        Connection kept(backup, Connection::Access::ReadOnly, 1000);
        CHECK(kept.value(test::qs("PRAGMA user_version")).toInt() == current);
        CHECK(kept.value(test::qs("PRAGMA quick_check")).toString() == test::qs("ok"));
        CHECK(kept.value(test::qs("SELECT label FROM image ORDER BY name")).toInt() ==
              static_cast<int>(Label::Unlabelled));
    }
    CHECK(services::openProject(folder.path(), later, engine::RunContext()).content.notices.isEmpty());

    // Put back in its place the backup is a project again, that can be written.
    REQUIRE(QFile::remove(test::toQString(folder.database())));
    REQUIRE(QFile::rename(backup, test::toQString(folder.database())));
    const auto project = folder.open();
    CHECK_FALSE(project->isReadOnly());
    test::label(*project, 1, Label::Unlabelled);
    CHECK(test::allWritten(*project));
}

TEST_CASE("A project of version 1 is migrated: times to be given, the full range, scores of the files as imported") {
    const test::ProjectFolder folder;
    {
        const auto project = folder.open();
        services::ModelRecord model = test::makeModel(*project, test::qs("PatchCore"));
        model.fitSeconds = 12.5;
        project->addModel(model);
        project->addScores(project->currentModel()->id, {{test::image(*project, 1).id, 3.5, {}}});
        REQUIRE(test::allWritten(*project));
    }
    for (const char* column : {"modified_ms", "size_bytes"})
        test::runSql(folder, test::qs("ALTER TABLE score DROP COLUMN %1").arg(test::qs(column)));
    for (const char* column : {"fit_s", "image_times_ms", "sixteen_bit_low", "sixteen_bit_high"})
        test::runSql(folder, test::qs("ALTER TABLE model DROP COLUMN %1").arg(test::qs(column)));
    test::runSql(folder, test::qs("PRAGMA user_version = 1"));
    {
        const auto project = folder.open();
        CHECK_FALSE(project->isReadOnly());
        CHECK(project->notices().size() == 1);
        REQUIRE(project->models().size() == 1);
        CHECK_FALSE(project->models()[0].fitSeconds);
        CHECK_FALSE(project->models()[0].imageTimes);
        CHECK(project->models()[0].sixteenBitLow == 0);
        CHECK(project->models()[0].sixteenBitHigh == 65535);
        CHECK(test::image(*project, 1).score == 3.5);
        CHECK(test::image(*project, 1).scoredFile.isKnown());
        CHECK(test::image(*project, 1).scoredFile == test::image(*project, 1).file);
        project->setImageTimes(project->models()[0].id, {1, 2, 30, 4, 5, 42});
        REQUIRE(test::allWritten(*project));
    }
    const auto project = folder.open();
    CHECK(project->notices().isEmpty());
    REQUIRE(project->models()[0].imageTimes);
    CHECK(project->models()[0].imageTimes->backbone == 30);
    CHECK(project->models()[0].imageTimes->total == 42);
}

TEST_CASE("A migration that fails half-way leaves the project as it was") {
    const test::ProjectFolder folder;
    services::Schema broken = later;
    broken.migrations[1].statements << test::qs("INSERT INTO nowhere VALUES (1)");
    CHECK_THROWS_AS(services::openProject(folder.path(), broken, engine::RunContext()), engine::Error);
    CHECK_FALSE(folder.open()->isReadOnly());
    Connection now(test::toQString(folder.database()), Connection::Access::ReadOnly, 1000);
    CHECK(now.value(test::qs("PRAGMA user_version")).toInt() == current);
    CHECK(now.value(test::qs("SELECT count(*) FROM sqlite_schema WHERE name = 'station'")).toInt() == 0);
}

TEST_CASE("An older project that may not be written is migrated in a copy, to be looked at") {
    const test::ProjectFolder folder;
    const auto first = folder.open();
    const std::string before = test::contentOf(folder.database());
    const auto opened = services::openProject(folder.path(), later, engine::RunContext());
    CHECK(opened.content.readOnly);
    CHECK(opened.content.images.size() == 6);
    CHECK(test::contentOf(folder.database()) == before);
    for (const auto& entry : std::filesystem::directory_iterator(folder.folder / "project"))
        CHECK(entry.path().extension() != ".backup");
}

TEST_CASE("A project on a write-protected disk is read-only, what a killed window left in its log included") {
    const test::TemporaryFolder disk;
    test::SmallDisk small(disk.path(), 4096);
    if (!small.ok()) return;
    const test::ProjectFolder folder;
    std::filesystem::copy(folder.folder / "project", disk / "project", std::filesystem::copy_options::recursive);
    {
        // As kill -9 leaves them: the database, and the log that was never brought back into it.
        const auto project = folder.open();
        test::label(*project, 0, Label::Unlabelled);
        REQUIRE(test::allWritten(*project));
        std::filesystem::copy_file(folder.folder / "project/project.sqlite-wal", disk / "project/project.sqlite-wal");
    }
    REQUIRE(small.setReadOnly(true));
    {
        Project project(services::openProject(test::toQString(disk / "project"), engine::RunContext()));
        CHECK(project.isReadOnly());
        CHECK(project.readOnlyReason().contains(test::qs("write-protected")));
        CHECK(test::image(project, 0).label == Label::Unlabelled);
        CHECK(test::history(project).size() == 2);
        test::label(project, 0, Label::Good);
        CHECK(test::image(project, 0).label == Label::Unlabelled);
    }
    REQUIRE(small.setReadOnly(false));
    std::filesystem::remove(disk / "project/project.sqlite-wal");
    REQUIRE(small.setReadOnly(true));
    CHECK(services::openProject(test::toQString(disk / "project"), engine::RunContext()).content.images[0].label ==
          Label::Good);
}

TEST_CASE("A project on a full disk can be looked at") {
    const test::TemporaryFolder disk;
    const test::SmallDisk small(disk.path(), 512);
    if (!small.ok()) return;
    const test::ProjectFolder folder;
    std::filesystem::copy(folder.folder / "project", disk / "project", std::filesystem::copy_options::recursive);
    std::filesystem::remove(disk / "project/project.lock");
    std::ofstream filler(disk / "filler");
    while (filler << std::string(4096, 'x') << std::flush) {
    }
    const auto opened = services::openProject(test::toQString(disk / "project"), engine::RunContext());
    CHECK(opened.content.readOnly);
    CHECK(opened.content.readOnlyReason.contains(test::qs("free some space")));
    CHECK(opened.content.images.size() == 6);
}

TEST_CASE("A database that another program holds is said so") {
    const test::ProjectFolder folder;
    Connection other(test::toQString(folder.database()), Connection::Access::ReadWrite, 1000);
    other.run(test::qs("PRAGMA locking_mode = EXCLUSIVE"));
    other.run(test::qs("BEGIN IMMEDIATE"));
    other.run(test::qs("UPDATE image SET label = 1"));
    const auto error = test::refusal(folder.path());
    REQUIRE(error);
    CHECK(error->code() == ErrorCode::Unreadable);
    CHECK(std::string(error->what()).find("another program") != std::string::npos);
}

TEST_CASE("A region whose file is gone is a notice, not a refusal") {
    const test::ProjectFolder folder;
    folder.open()->setRegion(test::disc(20, 20, 5));
    std::filesystem::remove_all(folder.folder / "project/masks");
    const auto project = folder.open();
    CHECK(project->region().isNull());
    REQUIRE(project->notices().size() == 1);
    CHECK(project->notices()[0].contains(test::qs("draw it again")));
}

TEST_CASE("Images that are gone are still part of the project") {
    const test::ProjectFolder folder;
    std::filesystem::remove_all(folder.set.root);
    CHECK(folder.open()->images().size() == 6);
}

TEST_CASE("Opening can be cancelled") {
    const test::ProjectFolder folder;
    std::stop_source stop;
    stop.request_stop();
    const engine::RunContext context(stop.get_token());
    CHECK_THROWS_AS(services::openProject(folder.path(), context), engine::Cancelled);
    CHECK_FALSE(folder.open()->isReadOnly());
}
