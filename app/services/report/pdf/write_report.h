// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "app/services/report/document.h"
#include "app/services/report/pdf/pdf_writer.h"
#include "engine/core/run_context.h"

namespace services {

enum class ReportFormat { Pdf, Html, Csv, Xlsx };

// By the ending of the name, in any case; nothing for another one.
std::optional<ReportFormat> reportFormatOf(const std::filesystem::path& path);

// Throws what the writer throws. A PDF needs PdfSurroundings.
void writeReport(const std::filesystem::path& path, ReportFormat format, const Document& document, PaperSize paper,
                 const engine::RunContext& context);

}  // namespace services
