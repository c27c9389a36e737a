// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <catch2/catch.hpp>
#include <fstream>

#include "engine/core/error.h"
#include "tests/app/services/project/project_fixture.h"
#include "tests/support/test_data.h"

using engine::ErrorCode;

namespace {

ErrorCode codeOfCreating(const QString& folder, const engine::ImageSet& set) {
    try {
        services::createProject(folder, QStringLiteral("name"), set, engine::RunContext());
    } catch (const engine::Error& error) {
        CHECK(std::string(error.what()).find('\n') == std::string::npos);
        return error.code();
    }
    FAIL("made");
    return {};
}

}  // namespace

TEST_CASE("A new project holds the images of the set, and copies none") {
    const test::ProjectFolder folder(6);
    const auto project = folder.open();
    CHECK(project->name() == QStringLiteral("Bottle line 3"));
    CHECK(project->folder() == folder.path());
    CHECK(project->imageRoot() == test::toQString(folder.set.root));
    CHECK_FALSE(project->isReadOnly());
    CHECK(project->notices().isEmpty());
    REQUIRE(project->images().size() == 6);
    for (int row = 0; row < 6; ++row) {
        const auto& item = folder.set.items[static_cast<std::size_t>(row)];
        const auto& image = test::image(*project, row);
        CHECK(image.name.toStdString() == item.name);
        CHECK(image.path == test::toQString(item.path));
        CHECK(image.split == item.split);
        CHECK(image.label == item.label);
        CHECK(image.defectType.toStdString() == item.defectType);
        CHECK(image.mask == test::toQString(item.mask));
        CHECK(image.file.sizeBytes == static_cast<qint64>(item.name.size()));
        CHECK(image.file.modifiedMs == QFileInfo(image.path).lastModified().toMSecsSinceEpoch());
        CHECK_FALSE(image.isScored());
        CHECK_FALSE(image.maskEdited);
        CHECK(project->rowOf(image.id) == row);
    }
    CHECK(project->rowOf(12345) == -1);
    CHECK(project->defectTypes() == QStringList{QStringLiteral("scratch")});
    CHECK(project->currentModel() == nullptr);
    CHECK(project->region().isNull());
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.folder / "project"))
        files.push_back(entry.path().filename().string());
    std::sort(files.begin(), files.end());
    files.erase(std::remove_if(files.begin(), files.end(),
                               [](const std::string& name) {
                                   return name == "project.sqlite-wal" || name == "project.sqlite-shm";
                               }),
                files.end());
    CHECK(files == std::vector<std::string>{"project.lock", "project.sqlite"});
}

TEST_CASE("Names of every language, and paths outside the root, come back") {
    const test::TemporaryFolder folder;
    engine::ImageSet set = test::makeImageSet(folder / "images", 4);
    set.items[0].name = "a 'quoted' %20 name?.png";
    set.items[1].name = "병 사진/瓶.png";
    set.items[2].name = "Gehäuse.png";
    set.items[3].name = "z.png";
    set.items[3].path = folder / "else where/z.png";
    for (int i = 0; i < 3; ++i)
        set.items[static_cast<std::size_t>(i)].path = set.root / set.items[static_cast<std::size_t>(i)].name;
    std::sort(set.items.begin(), set.items.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    const QString path = test::toQString(folder / "Prüf #1 100%?");
    services::createProject(path, QStringLiteral("라인"), set, engine::RunContext());
    const auto opened = services::openProject(path, engine::RunContext());
    CHECK(opened.content.name == QStringLiteral("라인"));
    REQUIRE(opened.content.images.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(opened.content.images[i].name.toStdString() == set.items[i].name);
        CHECK(opened.content.images[i].path == test::toQString(set.items[i].path));
    }
}

TEST_CASE("An image whose name is no text is passed over with a warning") {
    const test::TemporaryFolder folder;
    engine::ImageSet set = test::makeImageSet(folder / "images", 3);
    set.items[1].name = "bad \xff\xfe.png";
    std::vector<std::string> warnings;
    const engine::RunContext context({}, {}, [&](const std::string& line) { warnings.push_back(line); });
    const QString path = test::toQString(folder / "project");
    services::createProject(path, QStringLiteral("name"), set, context);
    CHECK(services::openProject(path, engine::RunContext()).content.images.size() == 2);
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].find("rename") != std::string::npos);
}

TEST_CASE("A folder that holds something else is refused and left as it was") {
    const test::TemporaryFolder folder;
    const engine::ImageSet set = test::makeImageSet(folder / "images", 3);
    CHECK(codeOfCreating(test::toQString(folder / "images"), set) == ErrorCode::InvalidArgument);
    CHECK(std::distance(std::filesystem::directory_iterator(folder / "images"), {}) == 3);
    std::ofstream(folder / "file") << "text";
    CHECK(codeOfCreating(test::toQString(folder / "file"), set) == ErrorCode::InvalidArgument);
    CHECK(test::contentOf(folder / "file") == "text");

    const QString path = test::toQString(folder / "project");
    services::createProject(path, QStringLiteral("first"), set, engine::RunContext());
    CHECK(codeOfCreating(path, set) == ErrorCode::InvalidArgument);
    CHECK(services::openProject(path, engine::RunContext()).content.name == QStringLiteral("first"));
}

TEST_CASE("A cancelled import leaves nothing, and what a killed one left is no hindrance") {
    const test::TemporaryFolder folder;
    const engine::ImageSet set = test::makeImageSet(folder / "images", 1000);
    std::stop_source stop;
    std::int64_t reported = 0;
    const engine::RunContext context(stop.get_token(), [&](const engine::Progress& progress) {
        CHECK(progress.stage == "import");
        CHECK(progress.total == 1000);
        reported = progress.done;
        if (progress.done > 500) stop.request_stop();
    });
    const QString path = test::toQString(folder / "new/deeper/project");
    CHECK_THROWS_AS(services::createProject(path, QStringLiteral("name"), set, context), engine::Cancelled);
    CHECK(reported > 500);
    CHECK_FALSE(std::filesystem::exists(folder / "new"));

    std::filesystem::create_directories(folder / "new/deeper/project");
    std::ofstream(folder / "new/deeper/project/project.sqlite.part") << "half a database";
    std::ofstream(folder / "new/deeper/project/project.sqlite.part-journal") << "half a journal";
    services::createProject(path, QStringLiteral("name"), set, engine::RunContext());
    CHECK(services::openProject(path, engine::RunContext()).content.images.size() == 1000);
    CHECK_FALSE(std::filesystem::exists(folder / "new/deeper/project/project.sqlite.part-journal"));
}

TEST_CASE("A disk too small for a project is said so, and left empty") {
    const test::TemporaryFolder folder;
    const engine::ImageSet set = test::makeImageSet(folder / "images", 5000);
    const test::SmallDisk disk(folder / "disk", 128);
    if (!disk.ok()) return;
    CHECK(codeOfCreating(test::toQString(folder / "disk/project"), set) == ErrorCode::WriteFailed);
    CHECK(std::filesystem::is_empty(folder / "disk"));
}
