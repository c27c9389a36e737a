// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSettings>
#include <catch2/catch.hpp>

#include "app/services/project/recent_projects.h"
#include "tests/app/services/project/project_fixture.h"

using services::RecentProjects;

TEST_CASE("Recent projects: the newest first, each once, twelve at most") {
    const test::TemporaryFolder folder;
    const QString file = test::toQString(folder / "settings.ini");
    {
        QSettings settings(file, QSettings::IniFormat);
        RecentProjects recent(settings);
        CHECK(recent.list().empty());
        for (int i = 0; i < 15; ++i)
            recent.add(QStringLiteral("/projects/%1").arg(i), QStringLiteral("Line %1").arg(i));
        recent.add(QStringLiteral("/projects/9/"), QStringLiteral("Line 9, renamed"));
        recent.remove(QStringLiteral("/projects/12"));
    }
    QSettings settings(file, QSettings::IniFormat);
    const auto list = RecentProjects(settings).list();
    REQUIRE(list.size() == 11);
    CHECK(list[0].folder == QStringLiteral("/projects/9"));
    CHECK(list[0].name == QStringLiteral("Line 9, renamed"));
    CHECK(qAbs(list[0].opened.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    CHECK(list[1].folder == QStringLiteral("/projects/14"));
    CHECK(list[3].folder == QStringLiteral("/projects/11"));
    CHECK(list[10].folder == QStringLiteral("/projects/3"));
}

TEST_CASE("Recent projects: one that is not there is kept and marked") {
    const test::ProjectFolder folder(2);
    QSettings settings(test::toQString(folder.folder / "settings.ini"), QSettings::IniFormat);
    RecentProjects recent(settings);
    recent.add(folder.path(), QStringLiteral("here"));
    recent.add(folder.path() + QStringLiteral("-gone"), QStringLiteral("gone"));
    const auto list = services::withMissing(recent.list());
    REQUIRE(list.size() == 2);
    CHECK(list[0].missing);
    CHECK_FALSE(list[1].missing);
    CHECK(recent.list().size() == 2);
}

TEST_CASE("Recent projects: settings that another program has spoilt are no list") {
    const test::TemporaryFolder folder;
    QSettings settings(test::toQString(folder / "settings.ini"), QSettings::IniFormat);
    settings.setValue(QStringLiteral("recent_projects/size"), 1'000'000);
    settings.setValue(QStringLiteral("recent_projects/1/name"), QStringLiteral("without a folder"));
    CHECK(RecentProjects(settings).list().empty());
}
