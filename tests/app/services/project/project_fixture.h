// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/services/project/project.h"
#include "app/services/project/project_store.h"
#include "engine/core/error.h"
#include "tests/support/small_disk.h"
#include "tests/support/test_data.h"

namespace test {

QString toQString(const std::filesystem::path& path);
QString qs(const char* utf8);

// Files that no test decodes, and that are missing after the first thousand: <root>/part_000000.png and so on, the
// first half for training, the last one a defect with a mask of the image set.
engine::ImageSet makeImageSet(const std::filesystem::path& root, int count);

// A project of `count` images in a folder of its own.
class ProjectFolder {
public:
    explicit ProjectFolder(int count = 6);

    QString path() const;
    std::filesystem::path database() const;
    services::OpenedProject opened() const;  // with short waits, for tests of what fails
    std::unique_ptr<services::Project> open() const;

    TemporaryFolder folder;
    engine::ImageSet set;
};

// Turns the event loop until all changes are on the disk; false after ten seconds.
bool allWritten(const services::Project& project);

services::ModelRecord makeModel(const services::Project& project, const QString& name);
std::vector<services::ImageId> idsOf(const services::Project& project, const std::vector<int>& rows);
void label(services::Project& project, int row, engine::Label label, const QString& type = {});
const services::ImageRecord& image(const services::Project& project, int row);
QImage disc(int width, int height, int radius);

// The history as the project answers it.
QVector<services::AuditEntry> history(services::Project& project, const QString& what = {}, int limit = 1000);
QImage maskOf(services::Project& project, services::ImageId id);
// What opening is refused with; nothing if it is not.
std::optional<engine::Error> refusal(const QString& folder);
void runSql(const ProjectFolder& folder, const QString& sql);

}  // namespace test
