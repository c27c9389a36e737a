// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>

#include "app/services/project/drawing.h"
#include "app/services/project/project_errors.h"
#include "app/services/project/project_store.h"
#include "app/services/project/read_content.h"
#include "app/services/project/user_name.h"
#include "engine/core/error.h"

namespace services {

namespace {

using Access = Connection::Access;

void copyAside(ProjectStore& store) {
    auto copy = std::make_unique<QTemporaryDir>();
    const QString target = copy->filePath(QFileInfo(store.database).fileName());
    const QString log = QStringLiteral("-wal");
    if (!copy->isValid() || !QFile::copy(store.database, target) ||
        (QFileInfo::exists(store.database + log) && !QFile::copy(store.database + log, target + log)))
        throw engine::Error(engine::ErrorCode::Unreadable,
                            "cannot be opened in its place, nor copied to the folder for temporary files; make room "
                            "there or make the project's folder writable",
                            store.database.toStdString());
    for (const char* ending : {"", "-wal"})
        QFile::setPermissions(target + QLatin1String(ending), QFile::ReadOwner | QFile::WriteOwner);
    store.database = target;
    store.copy = std::move(copy);
}

// SQLite must be able to put two files beside a database to read its write-ahead log: where it cannot, a copy is read.
void chooseDatabase(ProjectStore& store) {
    try {
        Connection connection(store.database, Access::ReadOnly, 2000);
        connection.value(QStringLiteral("SELECT count(*) FROM sqlite_schema"));
    } catch (const SqlError& error) {
        constexpr int readOnly = 8, io = 10, full = 13, cannotOpen = 14;
        const bool inPlace =
            error.code() != readOnly && error.code() != io && error.code() != full && error.code() != cannotOpen;
        if (inPlace) throw;
        copyAside(store);
        store.readOnly = true;
    }
}

// Nothing has been written to the database by then, and nothing is if it throws.
void check(Connection& connection, const ProjectStore& store) {
    const QString verdict = connection.value(QStringLiteral("PRAGMA quick_check(1)")).toString();
    if (verdict != QLatin1String("ok")) throwDamaged(databaseFile(store.folder), verdict.simplified());
    if (connection.value(QStringLiteral("PRAGMA application_id")).toInt() != projectApplicationId)
        throwDamaged(databaseFile(store.folder), QStringLiteral("it is not the database of a project"));
}

void bringUpToDate(ProjectStore& store, const Schema& schema, ProjectContent& content) {
    const QString original = store.database;
    if (store.readOnly && !store.copy) {
        store.copy = std::make_unique<QTemporaryDir>();
        store.database = store.copy->filePath(QFileInfo(original).fileName());
        copyDatabase(original, store.database);
    } else if (!store.readOnly) {
        const QString backup = backupName(original, store.version);
        copyDatabase(original, backup);
        content.notices << ProjectText::tr(
                               "This project was made by an earlier version and has been brought up to "
                               "date; as it was before, its database is kept in %1.")
                               .arg(backup);
    }
    try {
        Connection connection(store.database, Access::ReadWrite, 2000);
        migrate(connection, store.version, schema);
    } catch (const SqlError& error) {
        throw engine::Error(
            engine::ErrorCode::Unsupported,
            ProjectText::tr("could not be brought up to date (%1) and is as it was; open it with the version that made "
                            "it, or report this")
                .arg(QString::fromUtf8(error.what()))
                .toStdString(),
            original.toStdString());
    }
    store.version = schema.version;
}

void refuseChanges(ProjectStore& store, ProjectContent& content, const QString& reason) {
    store.readOnly = true;
    content.readOnlyReason = reason;
}

void takeLock(ProjectStore& store, ProjectContent& content) {
    if (!QFileInfo(store.database).isWritable()) {
        refuseChanges(store, content,
                      ProjectText::tr("The project's database is write-protected, so it can be looked at but not "
                                      "changed; allow writing to %1 and open it again.")
                          .arg(store.database));
        return;
    }
    store.lock = std::make_unique<ProjectLock>(store.folder);
    if (store.lock->state() == ProjectLock::State::Held) return;
    refuseChanges(store, content, store.lock->reason());
    store.lock.reset();
}

// Files of drawings that an undone or lost stroke left behind go; the numbers go on after the largest.
void lookThroughDrawings(ProjectStore& store) {
    QSet<QString> inUse(store.drawnMasks.cbegin(), store.drawnMasks.cend());
    inUse.insert(store.regionFile);
    static const QRegularExpression pattern(QStringLiteral("^(?:\\d+|region)\\.(\\d{1,18})\\.png$"));
    const auto look = [&](const QString& name) {
        const QRegularExpressionMatch match = pattern.match(name);
        if (match.hasMatch()) store.lastDrawn = std::max(store.lastDrawn, match.captured(1).toLongLong());
        return match.hasMatch();
    };
    for (const QString& name : inUse) look(name);
    QDir masks(QFileInfo(drawingFile(store.folder, QStringLiteral("x"))).absolutePath());
    for (const QString& name : masks.entryList(QDir::Files))
        if (look(name) && !inUse.contains(name) && !store.readOnly) masks.remove(name);
}

void load(ProjectStore& store, ProjectContent& content, const Schema& schema, const engine::RunContext& context) {
    chooseDatabase(store);
    {
        Connection connection(store.database, Access::ReadOnly, 2000);
        check(connection, store);
        store.version = connection.value(QStringLiteral("PRAGMA user_version")).toInt();
    }
    context.checkCancelled();
    const bool newer = store.version > schema.version;
    if (newer) {
        refuseChanges(store, content,
                      ProjectText::tr("This project was made by a newer version of Anomaloscope (format %1, this "
                                      "version knows %2), so it can be looked at but not changed; update Anomaloscope.")
                          .arg(store.version)
                          .arg(schema.version));
        store.lock.reset();
    }
    if (store.version < schema.version) bringUpToDate(store, schema, content);
    try {
        Connection connection(store.database, Access::ReadOnly, 2000);
        readContent(connection, store, content, context);
    } catch (const SqlError& error) {
        constexpr int noSuchTableOrColumn = 1;
        if (error.code() != noSuchTableOrColumn) throw;
        if (!newer) throwDamaged(databaseFile(store.folder), QString::fromUtf8(error.what()));
        throw engine::Error(engine::ErrorCode::Unsupported,
                            "was made by a newer version, in a format that this one cannot read; update Anomaloscope",
                            store.database.toStdString());
    }
    lookThroughDrawings(store);
    if (!store.regionFile.isEmpty()) {
        content.region = readDrawing(drawingFile(store.folder, store.regionFile));
        if (content.region.isNull())
            content.notices << ProjectText::tr(
                                   "The region of interest %1 cannot be read, so the whole image counts; "
                                   "draw it again or put the file back.")
                                   .arg(drawingFile(store.folder, store.regionFile));
    }
}

}  // namespace

OpenedProject::OpenedProject() = default;
OpenedProject::OpenedProject(OpenedProject&&) noexcept = default;
OpenedProject& OpenedProject::operator=(OpenedProject&&) noexcept = default;
OpenedProject::~OpenedProject() = default;

QString databaseFile(const QString& folder) {
    return folder + QStringLiteral("/project.sqlite");
}

bool isProjectFolder(const QString& folder) {
    return QFileInfo(databaseFile(folder)).isFile();
}

QString drawingFile(const QString& folder, const QString& name) {
    return folder + QStringLiteral("/masks/") + name;
}

OpenedProject openProject(const QString& folder, const engine::RunContext& context) {
    return openProject(folder, currentSchema(), context);
}

OpenedProject openProject(const QString& folder, const Schema& schema, const engine::RunContext& context) {
    OpenedProject opened;
    opened.store = std::make_unique<ProjectStore>();
    ProjectStore& store = *opened.store;
    ProjectContent& content = opened.content;
    store.folder = content.folder = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    store.database = databaseFile(store.folder);
    store.who = userName();
    const QString original = store.database;
    if (!QFileInfo(store.folder).isDir())
        throw engine::Error(engine::ErrorCode::NotFound, "there is no such folder; was it moved, or its drive removed?",
                            store.folder.toStdString());
    if (!QFileInfo::exists(original))
        throw engine::Error(engine::ErrorCode::NotFound, "there is no project in this folder; make a new one from it",
                            store.folder.toStdString());
    takeLock(store, content);
    try {
        load(store, content, schema, context);
    } catch (const SqlError& error) {
        throwOpenError(original, error);
    }
    if (store.readOnly && content.readOnlyReason.isEmpty())
        content.readOnlyReason = ProjectText::tr(
            "The project's folder cannot be written, so it can be looked at but not changed; make it writable and open "
            "it again.");
    content.readOnly = store.readOnly;
    return opened;
}

}  // namespace services
