// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/html_blocks.h"

#include "app/services/report/html_text.h"
#include "app/services/report/svg_writer.h"

namespace services {

namespace {

constexpr std::size_t rowsShownAtOnce = 500;  // a longer table is folded, so that paper and eye are spared

std::string wrapped(const std::string& html, const char* cssClass, const std::string& hint) {
    const std::string title = hint.empty() ? "" : " title=\"" + escaped("Not defined: " + hint) + "\"";
    return "<span class=\"" + std::string(cssClass) + "\"" + title + ">" + html + "</span>";
}

std::string htmlOf(const Run& run) {
    const std::string text = escaped(run.text);
    switch (run.tone) {
        case Tone::Plain:
            return text;
        case Tone::Quiet:
            return wrapped(text, "quiet", run.hint);
        case Tone::Strong:
            return "<strong>" + text + "</strong>";
        case Tone::Mono:
            return wrapped(text, "mono", run.hint);
        case Tone::Name:
            return "<bdi>" + text + "</bdi>";
        case Tone::Pass:
            return wrapped(text, "pass", run.hint);
        case Tone::Review:
            return wrapped(text, "review", run.hint);
        case Tone::Fail:
            return wrapped(text, "fail", run.hint);
    }
    return text;
}

std::string rowHtml(const Table& table, const Row& row) {
    std::string out = "<tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].onlyInData) continue;
        const bool number = table.columns[i].isNumber();
        out += i == 0 && !table.large ? "<th scope=\"row\"" : "<td";
        if (number) out += " class=\"number\"";
        if (i == 0 && table.large) out += " class=\"name\"";
        if (table.large && row[i].number) out += " data-value=\"" + fixed(*row[i].number, 9) + "\"";
        out += ">" + services::htmlOf(row[i].text) + (i == 0 && !table.large ? "</th>" : "</td>");
    }
    return out + "</tr>\n";
}

constexpr const char* hatch =
    "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern id=\"hatch\" width=\"5\" "
    "height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line x1=\"1\" y1=\"0\" x2=\"1\" "
    "y2=\"5\" class=\"hatch\"/></pattern></defs></svg>\n";

std::string legendHtml(const Drawings& drawings) {
    if (drawings.legend.empty() && drawings.note.empty()) return {};
    std::string out = "<p class=\"legend note\">";
    for (const LegendEntry& entry : drawings.legend) {
        Chart sample{.name = entry.text, .width = 12, .height = 12, .shapes = {}};
        sample.box(1, 1, 10, 10, entry.ink);
        out += "<span>" + svgOf(sample) + escaped(entry.text) + "</span>";
    }
    if (!drawings.note.empty()) out += "<span>" + escaped(drawings.note) + "</span>";
    return out + "</p>\n";
}

}  // namespace

std::string htmlOf(const Text& text) {
    std::string out;
    for (const Run& run : text.runs) out += htmlOf(run);
    return out;
}

std::int64_t piecesOf(const Document& document) {
    std::int64_t pieces = 0;
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block))
                pieces += static_cast<std::int64_t>(table->rows.size());
            else if (const auto* gallery = std::get_if<Gallery>(&block))
                pieces += static_cast<std::int64_t>(gallery->plates.size());
        }
    }
    return pieces;
}

HtmlBlocks::HtmlBlocks(engine::AtomicFile& file, const Document& document, const engine::RunContext& context)
    : m_file(file), m_document(document), m_context(context), m_total(piecesOf(document)) {}

void HtmlBlocks::write(const Block& block) {
    std::visit([this](const auto& known) { put(known); }, block);
}

void HtmlBlocks::put(const Heading& heading) {
    m_file.write("<h3>" + escaped(heading.text) + "</h3>\n");
}

void HtmlBlocks::put(const Paragraph& paragraph) {
    m_file.write((paragraph.note ? "<p class=\"note\">" : "<p>") + htmlOf(paragraph.text) + "</p>\n");
}

void HtmlBlocks::put(const Bullets& bullets) {
    std::string out = "<ul>\n";
    for (const Text& item : bullets.items) out += "<li>" + htmlOf(item) + "</li>\n";
    m_file.write(out + "</ul>\n");
}

void HtmlBlocks::put(const Facts& facts) {
    std::string out = "<dl class=\"facts\">\n";
    for (const Fact& fact : facts.facts)
        out += "<dt>" + escaped(fact.name) + "</dt><dd>" + htmlOf(fact.value) + "</dd>\n";
    m_file.write(out + "</dl>\n");
}

void HtmlBlocks::put(const Figures& figures) {
    std::string out = "<dl class=\"figures\">\n";
    for (const Figure& figure : figures.figures) {
        out += "<div><dt>" + escaped(figure.name) + "</dt><dd><span class=\"value\">" + htmlOf(figure.value) +
               "</span><span class=\"note\">";
        for (std::size_t i = 0; i < figure.notes.size(); ++i) out += (i > 0 ? "<br/>" : "") + escaped(figure.notes[i]);
        out += "</span></dd></div>\n";
    }
    m_file.write(out + "</dl>\n");
}

void HtmlBlocks::put(const Table& table) {
    if (table.rows.empty()) return;
    const bool folded = table.rows.size() > rowsShownAtOnce;
    std::string out;
    if (folded)
        out += "<details><summary>Show " + grouped(static_cast<std::int64_t>(table.rows.size())) + " rows</summary>\n";
    out += table.large ? "<div class=\"scroll\">\n<table class=\"sortable\">\n" : "<div class=\"wide\">\n<table>\n";
    out += "<thead><tr>";
    for (const Column& column : table.columns) {
        if (!column.onlyInData)
            out += (column.isNumber() ? "<th class=\"number\">" : "<th>") + escaped(column.name) + "</th>";
    }
    out += "</tr></thead>\n<tbody>\n";
    for (const Row& row : table.rows) {
        out += rowHtml(table, row);
        if (out.size() > 1 << 16) {
            m_file.write(out);
            out.clear();
        }
        m_context.report("report", ++m_done, m_total);
    }
    m_file.write(out + "</tbody>\n</table>\n</div>\n" + (folded ? "</details>\n" : ""));
}

void HtmlBlocks::put(const Drawings& drawings) {
    std::string out;
    if (!m_hatched) out += hatch;
    m_hatched = true;
    out += drawings.drawings.size() > 1 ? "<div class=\"columns keep\">\n" : "<div class=\"keep\">\n";
    for (const Drawing& drawing : drawings.drawings) {
        out += "<div>" + (drawing.title.empty() ? "" : "<h3>" + escaped(drawing.title) + "</h3>\n") +
               svgOf(drawing.chart) + "</div>\n";
    }
    m_file.write(out + "</div>\n" + legendHtml(drawings));
}

void HtmlBlocks::put(const Gallery& gallery) {
    std::size_t most = 0;
    for (const Plate& plate : gallery.plates) most = std::max(most, plate.pictures.size());
    m_file.write(std::string(most > 2 ? "<div class=\"gallery full\">\n" : "<div class=\"gallery\">\n"));
    for (const Plate& shown : gallery.plates) {
        m_file.write(plate(shown));
        m_context.report("report", ++m_done, m_total);
    }
    m_file.write(std::string_view("</div>\n"));
}

std::string HtmlBlocks::plate(const Plate& plate) const {
    std::string out = "<figure><div class=\"pair\">";
    for (std::size_t i = 0; i < plate.pictures.size(); ++i) {
        const SpooledPicture& picture = plate.pictures[i];
        out += "<img width=\"" + std::to_string(picture.width) + "\" height=\"" + std::to_string(picture.height) +
               "\" loading=\"lazy\" alt=\"" + escaped(plate.name.plain() + ", " + plate.titles[i]) + "\" title=\"" +
               escaped(plate.titles[i]) + "\" src=\"data:image/jpeg;base64," + base64(m_document.spool->jpeg(picture)) +
               "\"/>";
    }
    out += "</div><figcaption><span>" + htmlOf(plate.name) + "</span>";
    if (!plate.result.empty()) out += "<span>" + htmlOf(plate.result) + "</span>";
    if (!plate.note.empty()) out += "<span class=\"note\">" + htmlOf(plate.note) + "</span>";
    return out + "</figcaption></figure>\n";
}

void HtmlBlocks::put(const SignOff& signOff) {
    std::string out =
        "<table class=\"sign-off keep\">\n<thead><tr><th></th><th>Name</th><th>Date</th><th>Signature</th></tr></thead>"
        "\n<tbody>\n";
    for (const std::string& role : signOff.roles)
        out += "<tr><th scope=\"row\">" + escaped(role) + "</th><td></td><td></td><td></td></tr>\n";
    m_file.write(out + "</tbody>\n</table>\n");
}

}  // namespace services
