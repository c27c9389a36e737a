// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/services/project/sql.h"

namespace services {

// What went wrong while a change was written, and what to do, in one or two sentences.
QString writeMessage(const QString& folder, const std::exception& error);
bool isPassing(const std::exception& error);  // the connection itself is well: no room, or another program's turn
QString vanishedMessage(const QString& folder);

// While a project is opened or made. Throw engine::Error{Corrupt | Unreadable | WriteFailed}.
[[noreturn]] void throwDamaged(const QString& database, const QString& detail);
[[noreturn]] void throwOpenError(const QString& database, const SqlError& error);

}  // namespace services
