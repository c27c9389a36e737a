// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <catch2/catch.hpp>
#include <set>

#include "app/services/inspection/folder_preview.h"
#include "engine/core/error.h"
#include "tests/support/parts.h"
#include "tests/support/test_data.h"

namespace {

QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

}  // namespace

TEST_CASE("a folder is counted, described and sampled before anything is imported") {
    const test::TemporaryFolder folder;
    test::writeParts(folder / "set", 7, 3, 2);
    const auto preview = services::previewFolder(text(folder / "set"), engine::RunContext());
    CHECK(preview.trainGood == 7);
    CHECK(preview.testGood == 3);
    CHECK(preview.unlabelled == 0);
    CHECK(preview.masks == 2);
    CHECK(preview.total() == 12);
    REQUIRE(preview.defectTypes.size() == 1);
    CHECK(preview.defectTypes[0].type == QStringLiteral("blot"));
    CHECK(preview.defectTypes[0].images == 2);
    CHECK(preview.layout.contains(QStringLiteral("MVTec")));
    CHECK(preview.warnings.isEmpty());
    REQUIRE(preview.samples.size() == 5);
    int defects = 0;
    for (const QString& sample : preview.samples) {
        CHECK(QFileInfo::exists(sample));
        defects += sample.contains(QStringLiteral("/blot/"));
    }
    CHECK(defects == 2);
    CHECK(std::set<QString>(preview.samples.begin(), preview.samples.end()).size() == 5);
}

TEST_CASE("a small folder has fewer samples, an empty one says what it should hold") {
    const test::TemporaryFolder folder;
    test::writeParts(folder / "set", 2, 0, 0);
    const auto preview = services::previewFolder(text(folder / "set/train/good"), engine::RunContext());
    CHECK(preview.samples.size() == 2);
    CHECK(preview.layout.contains(QStringLiteral("One folder")));
    std::filesystem::create_directories(folder / "empty");
    CHECK_THROWS_AS(services::previewFolder(text(folder / "empty"), engine::RunContext()), engine::Error);
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(services::previewFolder(text(folder / "set"), engine::RunContext(stop.get_token())),
                    engine::Cancelled);
}
