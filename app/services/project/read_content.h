// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/services/project/project.h"
#include "app/services/project/sql.h"

namespace services {

class ProjectStore;

// Everything that a window shows, and what the store keeps beside it. Every value is checked: throws
// engine::Error{Corrupt}, SqlError, Cancelled.
void readContent(Connection& connection, ProjectStore& store, ProjectContent& content,
                 const engine::RunContext& context);

std::vector<ImageScore> readScores(Connection& connection, ModelId model);
// Of one kind, or of every kind if `what` is empty.
QVector<AuditEntry> readHistory(Connection& connection, const QString& what, int limit);

}  // namespace services
