// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/services/project/project_fixture.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace test {

QString toQString(const std::filesystem::path& path) {
    return QFile::decodeName(path.c_str());
}

QString qs(const char* utf8) {
    return QString::fromUtf8(utf8);
}

engine::ImageSet makeImageSet(const std::filesystem::path& root, int count) {
    constexpr int filesAtMost = 1000;  // of a large set: making them takes longer than the test
    std::filesystem::create_directories(root);
    engine::ImageSet set;
    set.root = root;
    set.layout = engine::Layout::Mvtec;
    for (int i = 0; i < count; ++i) {
        char name[32];
        std::snprintf(name, sizeof name, "part_%06d.png", i);
        engine::ImageItem item;
        item.name = name;
        item.path = root / name;
        item.split = i < count / 2 ? engine::Split::Train : engine::Split::Test;
        item.label = engine::Label::Good;
        if (i < filesAtMost) std::ofstream(item.path) << name;
        set.items.push_back(std::move(item));
    }
    engine::ImageItem& last = set.items.back();
    last.label = engine::Label::Defect;
    last.defectType = "scratch";
    last.mask = root / "masks" / "last.png";
    return set;
}

ProjectFolder::ProjectFolder(int count) : set(makeImageSet(folder / "images", count)) {
    services::createProject(path(), QStringLiteral("Bottle line 3"), set, engine::RunContext());
}

QString ProjectFolder::path() const {
    return toQString(folder / "project");
}

std::filesystem::path ProjectFolder::database() const {
    return folder / "project/project.sqlite";
}

services::OpenedProject ProjectFolder::opened() const {
    services::OpenedProject opened = services::openProject(path(), engine::RunContext());
    opened.store->busyTimeout = std::chrono::milliseconds(20);
    opened.store->retryInterval = std::chrono::milliseconds(50);
    return opened;
}

std::unique_ptr<services::Project> ProjectFolder::open() const {
    return std::make_unique<services::Project>(opened());
}

bool allWritten(const services::Project& project) {
    return QTest::qWaitFor([&] { return project.unwrittenChanges() == 0; }, 10'000);
}

services::ModelRecord makeModel(const services::Project& project, const QString& name) {
    services::ModelRecord model;
    model.file = project.modelFolder() + QStringLiteral("/1.anomaly");
    model.name = name;
    model.method = QStringLiteral("patchcore");
    model.created = QDateTime(QDate(2026, 11, 21), QTime(14, 2, 3, 456), Qt::UTC);
    model.mapLow = 1.15;
    model.mapHigh = 2.93;
    model.sixteenBitLow = 180;
    model.sixteenBitHigh = 3900;
    model.operatingPoint.fail = 1.95;
    model.operatingPoint.rule = "false-reject";
    model.operatingPoint.basis = "209 good training images, cross-validated in 5 folds";
    model.operatingPoint.failInterval = engine::Interval{1.9, 2.1};
    model.operatingPoint.expectedFalseRejects = engine::rate(2, 209);
    model.goodScores = {0.1, 1.0 / 3, 1e300};
    model.goodMapMaxima = {0.2, 0.7};
    model.folds = 5;
    return model;
}

std::vector<services::ImageId> idsOf(const services::Project& project, const std::vector<int>& rows) {
    std::vector<services::ImageId> ids;
    for (const int row : rows) ids.push_back(project.images().at(static_cast<std::size_t>(row)).id);
    return ids;
}

void label(services::Project& project, int row, engine::Label label, const QString& type) {
    project.setLabels(idsOf(project, {row}), label, type);
}

const services::ImageRecord& image(const services::Project& project, int row) {
    return project.images().at(static_cast<std::size_t>(row));
}

QImage disc(int width, int height, int radius) {
    QImage drawing(width, height, QImage::Format_Grayscale8);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const int dx = x - width / 2, dy = y - height / 2;
            drawing.scanLine(y)[x] = dx * dx + dy * dy < radius * radius ? 255 : 0;
        }
    return drawing;
}

QVector<services::AuditEntry> history(services::Project& project, const QString& what, int limit) {
    QVector<services::AuditEntry> result;
    QSignalSpy spy(&project, &services::Project::historyRead);
    const quint64 request = project.requestHistory(what, limit);
    if (spy.isEmpty() && !spy.wait(10'000)) throw std::runtime_error("no history");
    if (spy.first().first().value<quint64>() != request) throw std::runtime_error("the answer to another question");
    return spy.first().at(1).value<QVector<services::AuditEntry>>();
}

QImage maskOf(services::Project& project, services::ImageId id) {
    QSignalSpy spy(&project, &services::Project::maskRead);
    project.requestMask(id);
    if (spy.isEmpty() && !spy.wait(10'000)) throw std::runtime_error("no mask");
    if (spy.first().first().toLongLong() != id) throw std::runtime_error("the mask of another image");
    return spy.first().at(1).value<QImage>();
}

std::optional<engine::Error> refusal(const QString& folder) {
    try {
        services::openProject(folder, engine::RunContext());
    } catch (const engine::Error& error) {
        if (std::string(error.what()).find('\n') != std::string::npos) throw std::runtime_error("more than a line");
        return error;
    }
    return {};
}

void runSql(const ProjectFolder& folder, const QString& sql) {
    services::Connection(toQString(folder.database()), services::Connection::Access::ReadWrite, 1000).run(sql);
}

}  // namespace test
