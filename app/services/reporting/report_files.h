// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>
#include <string>
#include <vector>

#include "app/services/report/document.h"
#include "app/services/report/pdf/write_report.h"
#include "engine/core/run_context.h"

namespace services {

// "pdf", "html", "csv", "xlsx".
QString endingOf(ReportFormat format);

// Several files of one report: all of them, or none. Makes the folder if it is not there. Throws Cancelled,
// engine::Error{WriteFailed}, which says what to do.
class ReportFiles {
public:
    // A report never takes the place of another one: it is called "name (2)" then. What was chosen in a dialog that has
    // asked does.
    enum class Existing { Keep, Replace };

    // At the start, so that a folder that cannot be written to is known before the work.
    ReportFiles(const QString& folder, const QString& name, const std::vector<ReportFormat>& formats,
                Existing existing);
    ~ReportFiles();
    ReportFiles(const ReportFiles&) = delete;
    ReportFiles& operator=(const ReportFiles&) = delete;

    // The paths that were written, in the order of the formats.
    QStringList write(const Document& document, PaperSize paper, const engine::RunContext& context);

private:
    std::string fileName(const std::string& name, ReportFormat format) const;
    std::string freeName() const;

    std::filesystem::path m_folder;
    std::filesystem::path m_draft;  // a folder within, so that renaming is all that is left to do
    std::string m_name;
    std::vector<ReportFormat> m_formats;
    Existing m_existing;
};

}  // namespace services
