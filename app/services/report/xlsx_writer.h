// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/services/report/document.h"
#include "engine/core/run_context.h"

namespace services {

// A workbook: the report in words on the first sheet, and a sheet for each table that has a name, with typed cells, a
// filter, a frozen heading and verdicts in their colours. Text is never a formula. Atomic. Same document, same bytes.
// Throws Cancelled, engine::Error{WriteFailed}.
void writeXlsx(const std::filesystem::path& path, const Document& document, const engine::RunContext& context);

}  // namespace services
