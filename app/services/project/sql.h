// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <stdexcept>
#include <type_traits>

namespace services {

// What SQLite answered, by its primary result code (https://www.sqlite.org/rescode.html).
class SqlError : public std::runtime_error {
public:
    SqlError(int code, const QString& text);

    int code() const noexcept { return m_code; }
    bool isDamage() const noexcept;  // the file is not a database, or no longer a whole one

private:
    int m_code;
};

// One connection to a database file. Qt ties a connection to the thread that made it. Everything throws SqlError.
class Connection {
public:
    enum class Access {
        ReadOnly,
        ReadWrite,  // an existing file: one that has vanished is not made anew
        Create
    };
    Connection(const QString& path, Access access, int busyTimeoutMs);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void run(const QString& sql);
    QVariant value(const QString& sql);  // the first column of the first row; invalid if there is no row

private:
    friend class Statement;
    QString m_name;
};

class Statement {
public:
    Statement(const Connection& connection, const QString& sql);

    // Values in the order of the question marks. A null string is an empty one; NULL is an invalid QVariant.
    template <typename... Values>
    Statement& run(const Values&... values) {
        int position = 0;
        (m_query.bindValue(position++, toVariant(values)), ...);
        execute();
        return *this;
    }
    bool next();
    QVariant value(int column) const { return m_query.value(column); }
    QString text(int column) const { return m_query.value(column).toString(); }
    qint64 integer(int column) const { return m_query.value(column).toLongLong(); }

private:
    template <typename Value>
    static QVariant toVariant(const Value& value) {
        if constexpr (std::is_same_v<Value, QString>)
            return value.isNull() ? QVariant(QLatin1String("")) : QVariant(value);
        else
            return QVariant(value);
    }
    void execute();

    QSqlQuery m_query;
};

// Rolled back unless committed.
class Transaction {
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    Connection& m_connection;
    bool m_open = true;
};

}  // namespace services
