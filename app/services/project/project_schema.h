// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "app/services/project/sql.h"

namespace services {

// The step from the version before to `to`, by SQL alone.
struct Migration {
    int to = 0;
    QStringList statements;
};

// The format of the database that this program writes, and how an older one is brought to it. PRAGMA user_version holds
// the number; PRAGMA application_id says whose database it is.
struct Schema {
    int version = 0;
    std::vector<Migration> migrations;  // in order, without a gap, the last one to `version`
};

extern const int projectApplicationId;

const Schema& currentSchema();

// The tables of currentSchema() in an empty database.
void createTables(Connection& connection);

// A whole copy of the database, changes in the write-ahead log included; synced, under its name only when complete.
// Throws SqlError, engine::Error{WriteFailed}.
void copyDatabase(const QString& from, const QString& to);

// All steps in one transaction: either the new version or the old one. Throws SqlError.
void migrate(Connection& connection, int from, const Schema& schema);

// The backup beside the database is named after its version and the time, and never overwritten.
QString backupName(const QString& database, int version);

}  // namespace services
