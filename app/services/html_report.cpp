// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/html_report.h"

#include <cstddef>
#include <vector>

#include "app/services/html_text.h"
#include "app/services/report_sections.h"
#include "app/services/report_style.h"
#include "engine/core/atomic_file.h"
#include "engine/core/sha256.h"

namespace services {

namespace {

// The only script that a browser may run in the report, whatever a file name smuggles in.
std::string digestForPolicy(std::string_view script) {
    engine::Sha256 sha;
    sha.update(script);
    const std::string hex = sha.hex();
    std::vector<std::byte> digest;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        digest.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return "'sha256-" + base64(digest) + "'";
}

std::string opening(const ReportData& data) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
           "'unsafe-inline'; script-src " +
           digestForPolicy(reportScript()) +
           "\"/>\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
           "<meta name=\"generator\" content=\"Anomaloscope\"/>\n<title>" +
           escaped(data.content.title) + "</title>\n<style>" + std::string(reportStyle()) +
           "</style>\n</head>\n<body>\n";
}

}  // namespace

void writeHtmlReport(const std::filesystem::path& path, const ReportContent& content) {
    const ReportData data(content);
    engine::AtomicFile file(path);
    file.write(opening(data));
    for (const auto section : {headHtml, resultHtml, operatingPointHtml, defectTypesHtml, chartsHtml, galleryHtml,
                               unreadableHtml, imageTableHtml, modelHtml}) {
        file.write(section(data));
    }
    file.write("<script>");
    file.write(reportScript());
    file.write("</script>\n</body>\n</html>\n");
    file.commit();
}

}  // namespace services
