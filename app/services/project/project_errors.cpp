// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/project_errors.h"

#include <QStorageInfo>

#include "app/services/project/project_store.h"
#include "engine/core/error.h"

namespace services {

namespace {

// https://www.sqlite.org/rescode.html
enum Code { Permission = 3, Busy = 5, Locked = 6, OutOfMemory = 7, ReadOnly = 8, Io = 10, Full = 13, CannotOpen = 14 };

QString detail(const std::exception& error) {
    return QString::fromUtf8(error.what());
}

// However SQLite puts it: without room it cannot grow its shared memory either, and calls that another error.
bool isFull(const QString& folder) {
    constexpr qint64 onePage = 65536;
    const QStorageInfo storage(folder);
    return storage.isValid() && storage.bytesAvailable() < onePage;
}

}  // namespace

bool isPassing(const std::exception& error) {
    const auto* sql = dynamic_cast<const SqlError*>(&error);
    return sql != nullptr && (sql->code() == Full || sql->code() == Busy || sql->code() == Locked);
}

QString vanishedMessage(const QString& folder) {
    return ProjectText::tr(
               "The project's folder %1 is gone: bring it back, or connect its drive again. Changes are kept in memory "
               "until then.")
        .arg(folder);
}

QString writeMessage(const QString& folder, const std::exception& error) {
    const auto* sql = dynamic_cast<const SqlError*>(&error);
    if (sql == nullptr)
        return ProjectText::tr("Changes cannot be written: %1. They are kept in memory until they can.")
            .arg(detail(error));
    switch (isFull(folder) ? static_cast<int>(Full) : sql->code()) {
        case Full:
            return ProjectText::tr(
                       "The disk is full: free some space where %1 is. Changes are kept in memory until there is room.")
                .arg(folder);
        case Busy:
        case Locked:
            return ProjectText::tr(
                       "Another program holds the database in %1: close it. Changes are kept in memory until then.")
                .arg(folder);
        case Permission:
        case ReadOnly:
        case CannotOpen:
            return ProjectText::tr(
                       "The database in %1 cannot be written: make the folder and what is in it writable. Changes are "
                       "kept in memory until then.")
                .arg(folder);
        case OutOfMemory:
            return ProjectText::tr(
                "Memory is short: close other programs. Changes are written as soon as there is some.");
        default:
            break;
    }
    if (sql->isDamage())
        return ProjectText::tr(
                   "The database in %1 has been damaged (%2): copy the folder away, put a backup in its place and open "
                   "it again. Changes since are only in memory.")
            .arg(folder, detail(error));
    return ProjectText::tr(
               "The database in %1 cannot be written (%2): check the drive that it is on. Changes are kept in memory "
               "until it can.")
        .arg(folder, detail(error));
}

void throwDamaged(const QString& database, const QString& what) {
    throw engine::Error(
        engine::ErrorCode::Corrupt,
        ProjectText::tr("the project's database is damaged (%1) and has been left as it is; copy the "
                        "folder away, then put a backup in its place, such as a *.backup file beside it")
            .arg(what)
            .toStdString(),
        database.toStdString());
}

void throwOpenError(const QString& database, const SqlError& error) {
    if (error.isDamage()) throwDamaged(database, detail(error));
    const auto fail = [&](engine::ErrorCode code, const QString& message) {
        throw engine::Error(code, message.toStdString(), database.toStdString());
    };
    switch (error.code()) {
        case Busy:
        case Locked:
            fail(engine::ErrorCode::Unreadable, ProjectText::tr("is held by another program; close it and try again"));
            break;
        case Full:
            fail(engine::ErrorCode::WriteFailed, ProjectText::tr("the disk is full; free some space and try again"));
            break;
        default:
            break;
    }
    throw engine::Error(
        engine::ErrorCode::Unreadable,
        ProjectText::tr("cannot be read (%1); check the drive and the permissions").arg(detail(error)).toStdString(),
        database.toStdString());
}

}  // namespace services
