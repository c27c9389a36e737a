// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/project_schema.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include "app/services/project/durable.h"

namespace services {

const int projectApplicationId = 0x414e4f4d;  // "ANOM"

const Schema& currentSchema() {
    static const Schema schema{
        4,
        {{2,
          {QStringLiteral("ALTER TABLE model ADD COLUMN fit_s REAL"),
           QStringLiteral("ALTER TABLE model ADD COLUMN image_times_ms BLOB")}},
         // Until then every project was trained on the full range.
         {3,
          {QStringLiteral("ALTER TABLE model ADD COLUMN sixteen_bit_low REAL NOT NULL DEFAULT 0"),
           QStringLiteral("ALTER TABLE model ADD COLUMN sixteen_bit_high REAL NOT NULL DEFAULT 65535")}},
         {4,
          {QStringLiteral("ALTER TABLE score ADD COLUMN modified_ms INTEGER NOT NULL DEFAULT 0"),
           QStringLiteral("ALTER TABLE score ADD COLUMN size_bytes INTEGER NOT NULL DEFAULT 0"),
           QStringLiteral("UPDATE score SET (modified_ms, size_bytes) ="
                          " (SELECT modified_ms, size_bytes FROM image WHERE id = score.image)"
                          " WHERE image IN (SELECT id FROM image)")}}}};
    return schema;
}

// score and failure of an image belong to a model; NULL stands for NaN, for "root/name" as path, for "as imported" as
// drawn mask, "not recorded" as time. AUTOINCREMENT: the number of an image or a model is never given again.
void createTables(Connection& connection) {
    const QStringList statements = {
        QStringLiteral("CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE image (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, path TEXT,"
                       " split INTEGER NOT NULL, label INTEGER NOT NULL, defect_type TEXT, mask TEXT,"
                       " modified_ms INTEGER NOT NULL, size_bytes INTEGER NOT NULL,"
                       " drawn_mask TEXT)"),
        QStringLiteral(
            "CREATE TABLE model (id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, name TEXT NOT NULL,"
            " method TEXT NOT NULL, created_ms INTEGER NOT NULL, map_low REAL NOT NULL,"
            " map_high REAL NOT NULL, folds INTEGER NOT NULL, good_scores BLOB NOT NULL,"
            " good_map_maxima BLOB NOT NULL, operating_point TEXT NOT NULL, fit_s REAL,"
            " image_times_ms BLOB, sixteen_bit_low REAL NOT NULL, sixteen_bit_high REAL NOT NULL)"),
        QStringLiteral(
            "CREATE TABLE score (model INTEGER NOT NULL, image INTEGER NOT NULL, score REAL, failure TEXT,"
            " modified_ms INTEGER NOT NULL, size_bytes INTEGER NOT NULL, PRIMARY KEY (model, image)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, when_ms INTEGER NOT NULL,"
                       " who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, before TEXT NOT NULL,"
                       " after TEXT NOT NULL)"),
        QStringLiteral("CREATE INDEX audit_what ON audit (what)"),
        QStringLiteral("PRAGMA application_id = %1").arg(projectApplicationId),
        QStringLiteral("PRAGMA user_version = %1").arg(currentSchema().version)};
    for (const QString& statement : statements) connection.run(statement);
}

void copyDatabase(const QString& from, const QString& to) {
    const QString part = to + QStringLiteral(".part");
    QFile::remove(part);
    try {
        {
            Connection connection(from, Connection::Access::ReadOnly, 2000);
            Statement(connection, QStringLiteral("VACUUM INTO ?")).run(part);
        }
        syncFile(part);
        renameDurably(part, to);
    } catch (...) {
        QFile::remove(part);
        throw;
    }
}

void migrate(Connection& connection, int from, const Schema& schema) {
    Transaction transaction(connection);
    for (const Migration& step : schema.migrations) {
        if (step.to <= from) continue;
        for (const QString& statement : step.statements) connection.run(statement);
    }
    connection.run(QStringLiteral("PRAGMA user_version = %1").arg(schema.version));
    transaction.commit();
}

QString backupName(const QString& database, int version) {
    const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    const QString stem = QStringLiteral("%1.version-%2.%3").arg(database).arg(version).arg(stamp);
    QString name = stem + QStringLiteral(".backup");
    for (int i = 2; QFileInfo::exists(name); ++i) name = QStringLiteral("%1-%2.backup").arg(stem).arg(i);
    return name;
}

}  // namespace services
