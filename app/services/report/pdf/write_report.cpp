// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/pdf/write_report.h"

#include <algorithm>
#include <string>

#include "app/services/report/csv_writer.h"
#include "app/services/report/html_writer.h"
#include "app/services/report/xlsx_writer.h"

namespace services {

std::optional<ReportFormat> reportFormatOf(const std::filesystem::path& path) {
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    if (ending == ".pdf") return ReportFormat::Pdf;
    if (ending == ".html" || ending == ".htm") return ReportFormat::Html;
    if (ending == ".csv") return ReportFormat::Csv;
    if (ending == ".xlsx") return ReportFormat::Xlsx;
    return std::nullopt;
}

void writeReport(const std::filesystem::path& path, ReportFormat format, const Document& document, PaperSize paper,
                 const engine::RunContext& context) {
    switch (format) {
        case ReportFormat::Pdf:
            return writePdf(path, document, paper, context);
        case ReportFormat::Html:
            return writeHtml(path, document, context);
        case ReportFormat::Csv:
            return writeCsv(path, document, context);
        case ReportFormat::Xlsx:
            return writeXlsx(path, document, context);
    }
}

}  // namespace services
