// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/sql.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

namespace services {

namespace {

constexpr int corrupt = 11, notADatabase = 26;

[[noreturn]] void fail(const QSqlError& error) {
    const QString text = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    throw SqlError(error.nativeErrorCode().toInt() & 0xff, text);
}

}  // namespace

SqlError::SqlError(int code, const QString& text) : std::runtime_error(text.toStdString()), m_code(code) {}

bool SqlError::isDamage() const noexcept {
    return m_code == corrupt || m_code == notADatabase;
}

Connection::Connection(const QString& path, Access access, int busyTimeoutMs)
    : m_name(QUuid::createUuid().toString(QUuid::Id128)) {
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        const QString mode = access == Access::ReadOnly    ? QStringLiteral("ro")
                             : access == Access::ReadWrite ? QStringLiteral("rw")
                                                           : QStringLiteral("rwc");
        const QByteArray encoded = QUrl::toPercentEncoding(path, "/");
        database.setDatabaseName(QStringLiteral("file:%1?mode=%2").arg(QLatin1String(encoded), mode));
        database.setConnectOptions(
            QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1").arg(QString::number(busyTimeoutMs)));
        if (database.open()) return;
        const QSqlError error = database.lastError();
        database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
        fail(error);
    }
}

Connection::~Connection() {
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

void Connection::run(const QString& sql) {
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    if (!query.exec(sql)) fail(query.lastError());
    // Until it is stepped to its end a statement such as VACUUM has not done its work.
    while (query.next()) {
    }
    if (query.lastError().isValid()) fail(query.lastError());
}

QVariant Connection::value(const QString& sql) {
    Statement statement(*this, sql);
    return statement.run().next() ? statement.value(0) : QVariant();
}

Statement::Statement(const Connection& connection, const QString& sql)
    : m_query(QSqlDatabase::database(connection.m_name, false)) {
    m_query.setForwardOnly(true);
    if (!m_query.prepare(sql)) fail(m_query.lastError());
}

bool Statement::next() {
    if (m_query.next()) return true;
    if (m_query.lastError().isValid()) fail(m_query.lastError());
    return false;
}

void Statement::execute() {
    if (!m_query.exec()) fail(m_query.lastError());
}

Transaction::Transaction(Connection& connection) : m_connection(connection) {
    // Not deferred: that another program writes is noticed before anything has been done.
    m_connection.run(QStringLiteral("BEGIN IMMEDIATE"));
}

Transaction::~Transaction() {
    if (!m_open) return;
    try {
        m_connection.run(QStringLiteral("ROLLBACK"));
    } catch (const SqlError&) {
        // SQLite has rolled back of its own accord, as it does when the disk is full.
    }
}

void Transaction::commit() {
    m_connection.run(QStringLiteral("COMMIT"));
    m_open = false;
}

}  // namespace services
