// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/html_writer.h"

#include <cstddef>
#include <vector>

#include "app/services/report/html_blocks.h"
#include "app/services/report/html_text.h"
#include "app/services/report/report_style.h"
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

std::string opening(const Document& document) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
           "'unsafe-inline'; script-src " +
           digestForPolicy(reportScript()) +
           "\"/>\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
           "<meta name=\"generator\" content=\"Anomaloscope\"/>\n<meta name=\"author\" content=\"" +
           escaped(document.author) + "\"/>\n<title>" + escaped(document.title) + "</title>\n<style>" +
           std::string(reportStyle()) + "</style>\n</head>\n<body>\n";
}

std::string head(const Document& document) {
    std::string out = "<header>\n<h1><bdi>" + escaped(document.title) + "</bdi></h1>\n";
    for (const Text& text : document.head) out += "<p>" + htmlOf(text) + "</p>\n";
    out += "<nav>";
    for (const Section& section : document.sections)
        out += "<a href=\"#" + section.id + "\">" + escaped(section.title) + "</a> ";
    return out + "</nav>\n</header>\n";
}

}  // namespace

void writeHtml(const std::filesystem::path& path, const Document& document, const engine::RunContext& context) {
    engine::AtomicFile file(path);
    HtmlBlocks blocks(file, document, context);
    file.write(opening(document));
    file.write(head(document));
    for (const Section& section : document.sections) {
        file.write("<section id=\"" + section.id + "\">\n<h2>" + escaped(section.title) + "</h2>\n");
        for (const Block& block : section.blocks) blocks.write(block);
        file.write(std::string_view("</section>\n"));
    }
    file.write("<script>" + std::string(reportScript()) + "</script>\n</body>\n</html>\n");
    file.commit();
}

}  // namespace services
