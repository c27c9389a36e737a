// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/services/report/document.h"
#include "app/services/report/pdf/write_report.h"
#include "app/services/reporting/draft_folder.h"
#include "engine/core/run_context.h"

namespace services {

// "pdf", "html", "csv", "xlsx".
QString endingOf(ReportFormat format);

// Several files of one report: all of them, or none, and none before publish(), so that a report that is cancelled at
// its last moment is not there. Makes the folder if it is missing. Throws engine::Error{WriteFailed}, which says what
// to do.
class ReportFiles {
public:
    // A report never takes the place of another one: it is called "name (2)" then. What was chosen in a dialog that has
    // asked does.
    enum class Existing { Keep, Replace };

    // At the start, so that a folder that cannot be written to is known before the work.
    ReportFiles(const QString& folder, const QString& name, const std::vector<ReportFormat>& formats,
                Existing existing);

    // Where nobody sees them yet. Throws Cancelled.
    void write(const Document& document, PaperSize paper, const engine::RunContext& context);
    // Puts them in their place: only renames. Their paths, in the order of the formats.
    QStringList publish();

private:
    std::string fileName(const std::string& name, ReportFormat format) const;
    std::string freeName() const;

    std::filesystem::path m_folder;
    std::optional<DraftFolder> m_draft;
    std::string m_name;
    std::vector<ReportFormat> m_formats;
    Existing m_existing;
};

}  // namespace services
