// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/report_files.h"

#include <QCoreApplication>
#include <algorithm>
#include <system_error>

#include "app/services/inspection/train_request.h"
#include "engine/core/error.h"

namespace services {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& folder, const std::error_code& reason) {
    const bool isForbidden = reason == std::errc::permission_denied || reason == std::errc::operation_not_permitted;
    const QString text =
        isForbidden ? QCoreApplication::translate("Reports",
                                                  "cannot be written to (%1). Choose another folder, or ask for the "
                                                  "right to write there.")
                    : QCoreApplication::translate("Reports", "cannot be written to (%1). Choose another folder.");
    throw engine::Error(engine::ErrorCode::WriteFailed,
                        text.arg(QString::fromStdString(reason.message())).toStdString(), folder);
}

}  // namespace

QString endingOf(ReportFormat format) {
    switch (format) {
        case ReportFormat::Pdf:
            return QStringLiteral("pdf");
        case ReportFormat::Html:
            return QStringLiteral("html");
        case ReportFormat::Csv:
            return QStringLiteral("csv");
        case ReportFormat::Xlsx:
            return QStringLiteral("xlsx");
    }
    return {};
}

ReportFiles::ReportFiles(const QString& folder, const QString& name, const std::vector<ReportFormat>& formats,
                         Existing existing)
    : m_folder(pathOf(folder)), m_name(name.toStdString()), m_formats(formats), m_existing(existing) {
    std::error_code fault;
    std::filesystem::create_directories(m_folder, fault);
    if (fault) refuse(m_folder, fault);
    try {
        m_draft.emplace(m_folder);
    } catch (const std::system_error& error) {
        refuse(m_folder, error.code());
    }
}

std::string ReportFiles::fileName(const std::string& name, ReportFormat format) const {
    return name + "." + endingOf(format).toStdString();
}

std::string ReportFiles::freeName() const {
    const auto taken = [this](const std::string& name) {
        return std::any_of(m_formats.begin(), m_formats.end(), [&](ReportFormat format) {
            std::error_code ignored;
            return std::filesystem::exists(m_folder / fileName(name, format), ignored);
        });
    };
    std::string name = m_name;
    for (int copy = 2; taken(name); ++copy) name = m_name + " (" + std::to_string(copy) + ")";
    return name;
}

void ReportFiles::write(const Document& document, PaperSize paper, const engine::RunContext& context) {
    for (const ReportFormat format : m_formats)
        writeReport(m_draft->path() / fileName(m_name, format), format, document, paper, context);
    context.checkCancelled();
}

QStringList ReportFiles::publish() {
    QStringList written;
    const std::string name = m_existing == Existing::Keep ? freeName() : m_name;
    for (const ReportFormat format : m_formats) {
        const auto destination = m_folder / fileName(name, format);
        std::error_code fault;
        std::filesystem::rename(m_draft->path() / fileName(m_name, format), destination, fault);
        if (fault) {
            std::error_code ignored;
            for (const QString& file : written) std::filesystem::remove(pathOf(file), ignored);
            refuse(destination, fault);
        }
        written.append(QString::fromStdString(destination.string()));
    }
    return written;
}

}  // namespace services
