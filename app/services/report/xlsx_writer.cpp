// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/xlsx_writer.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <string>

#include "app/services/report/html_blocks.h"
#include "app/services/report/html_text.h"
#include "app/services/report/scratch_file.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"

namespace services {

namespace {

constexpr std::size_t longestCell = 32'000;  // bytes; the format allows 32 767 characters
constexpr double widestColumn = 80;

std::string cellText(std::string_view words) {
    std::string text = readable(words);
    if (text.size() <= longestCell) return text;
    std::size_t end = longestCell;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + " \u2026";
}

// libxlsxwriter reports by numbers; only what depends on the machine can go wrong here.
void require(lxw_error error, const std::filesystem::path& path) {
    if (error == LXW_NO_ERROR) return;
    const auto code =
        error == LXW_ERROR_MEMORY_MALLOC_FAILED ? engine::ErrorCode::OutOfMemory : engine::ErrorCode::WriteFailed;
    throw engine::Error(
        code,
        std::string("the workbook cannot be written: ") + lxw_strerror(error) + "; free some space or write a CSV file",
        path);
}

class Workbook {
public:
    Workbook(const std::filesystem::path& path, const Document& document, const engine::RunContext& context)
        : m_path(path), m_document(document), m_context(context), m_total(piecesOf(document)) {
        // One row at a time in memory.
        lxw_workbook_options options{LXW_TRUE, nullptr, LXW_FALSE};
        m_book = workbook_new_opt(m_file.path().c_str(), &options);
        if (m_book == nullptr) throw engine::Error(engine::ErrorCode::OutOfMemory, "no memory for a workbook", path);
        describe();
        addFormats();
    }
    ~Workbook() {
        if (m_book != nullptr) lxw_workbook_free(m_book);
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    void write() {
        writeReportSheet();
        for (const Section& section : m_document.sections) {
            for (const Block& block : section.blocks) {
                const auto* table = std::get_if<Table>(&block);
                if (table != nullptr && !table->sheet.empty() && !(table->rows.empty() && table->dataRows.empty()))
                    writeTableSheet(*table);
            }
        }
        m_context.checkCancelled();
        lxw_workbook* book = std::exchange(m_book, nullptr);
        require(workbook_close(book), m_path);
        m_file.takeOver();
        engine::AtomicFile file(m_path);
        m_file.copyTo([&](const std::vector<std::byte>& bytes) { file.write(bytes); });
        file.commit();
    }

private:
    void describe() {
        std::string title = cellText(m_document.title);
        std::string author = cellText(m_document.author);
        std::string subject = m_document.subject;
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.author = author.data();
        properties.subject = subject.data();
        properties.created = m_document.created.secondsUtc;
        require(workbook_set_properties(m_book, &properties), m_path);
    }

    lxw_format* format(const char* number = nullptr) {
        lxw_format* made = workbook_add_format(m_book);
        if (number != nullptr) format_set_num_format(made, number);
        return made;
    }

    void addFormats() {
        m_bold = format();
        format_set_bold(m_bold);
        m_title = format();
        format_set_bold(m_title);
        format_set_font_size(m_title, 16);
        m_quiet = format();
        format_set_font_color(m_quiet, 0x59636E);
        m_count = format("#,##0");
        m_share = format("0.0%");
        m_number = format("0.0000");
        m_fail = coloured(0xC23A12, 0xFBE9E4);
        m_review = coloured(0x9A5B00, 0xFBF1DF);
        m_pass = coloured(0x00795F, 0xE3F3EF);
    }

    lxw_format* coloured(lxw_color_t ink, lxw_color_t ground) {
        lxw_format* made = format();
        format_set_font_color(made, ink);
        format_set_bg_color(made, ground);
        return made;
    }

    lxw_worksheet* addSheet(const std::string& name) {
        lxw_worksheet* sheet = workbook_add_worksheet(m_book, name.c_str());
        if (sheet == nullptr)
            throw engine::Error(engine::ErrorCode::Internal,
                                "a workbook cannot have a sheet '" + name + "'; report it");
        return sheet;
    }

    void put(lxw_worksheet* sheet, lxw_row_t row, std::size_t column, const std::string& text, lxw_format* look) {
        if (!text.empty())
            require(worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column), cellText(text).c_str(), look),
                    m_path);
    }
    void put(lxw_worksheet* sheet, lxw_row_t row, std::size_t column, double value, lxw_format* look) {
        require(worksheet_write_number(sheet, row, static_cast<lxw_col_t>(column), value, look), m_path);
    }

    lxw_format* lookOf(ColumnKind kind) const {
        switch (kind) {
            case ColumnKind::Count:
                return m_count;
            case ColumnKind::Share:
                return m_share;
            case ColumnKind::Number:
                return m_number;
            default:
                return nullptr;
        }
    }

    void writeReportSheet() {
        lxw_worksheet* sheet = addSheet("Report");
        worksheet_set_column(sheet, 0, 0, 36, nullptr);
        worksheet_set_column(sheet, 1, 1, 48, nullptr);
        worksheet_set_column(sheet, 2, 2, 60, nullptr);
        lxw_row_t row = 0;
        put(sheet, row++, 0, m_document.title, m_title);
        for (const Text& text : m_document.head) put(sheet, row++, 0, text.plain(), m_quiet);
        put(sheet, row, 0, "Made", nullptr);
        put(sheet, row++, 1, m_document.created.iso(), nullptr);
        for (const Section& section : m_document.sections) {
            ++row;
            put(sheet, row++, 0, section.title, m_title);
            for (const Block& block : section.blocks)
                std::visit([&](const auto& known) { describe(sheet, row, known); }, block);
        }
    }

    void describe(lxw_worksheet* sheet, lxw_row_t& row, const Heading& heading) {
        put(sheet, row++, 0, heading.text, m_bold);
    }
    void describe(lxw_worksheet* sheet, lxw_row_t& row, const Paragraph& paragraph) {
        put(sheet, row++, 0, paragraph.text.plain(), paragraph.note ? m_quiet : nullptr);
    }
    void describe(lxw_worksheet* sheet, lxw_row_t& row, const Bullets& bullets) {
        for (const Text& item : bullets.items) put(sheet, row++, 0, item.plain(), nullptr);
    }
    void describe(lxw_worksheet* sheet, lxw_row_t& row, const Facts& facts) {
        for (const Fact& fact : facts.facts) {
            put(sheet, row, 0, fact.name, nullptr);
            put(sheet, row++, 1, fact.value.plain(), nullptr);
        }
    }
    void describe(lxw_worksheet* sheet, lxw_row_t& row, const Figures& figures) {
        for (const Figure& figure : figures.figures) {
            put(sheet, row, 0, figure.name, nullptr);
            if (figure.number)
                put(sheet, row, 1, *figure.number, figure.isShare ? m_share : m_number);
            else
                put(sheet, row, 1, figure.value.plain(), nullptr);
            std::string notes;
            for (const std::string& note : figure.notes) notes += (notes.empty() ? "" : "; ") + note;
            put(sheet, row++, 2, notes, m_quiet);
        }
    }
    void describe(lxw_worksheet* sheet, lxw_row_t& row, const Table& table) {
        put(sheet, row++, 0, "see the sheet \"" + table.sheet + "\"", m_quiet);
    }
    void describe(lxw_worksheet*, lxw_row_t&, const Drawings&) {}
    void describe(lxw_worksheet* sheet, lxw_row_t& row, const Gallery& gallery) {
        for (const Plate& plate : gallery.plates) {
            put(sheet, row, 0, plate.name.plain(), nullptr);
            put(sheet, row, 1, plate.result.plain(), nullptr);
            put(sheet, row++, 2, plate.note.plain(), m_quiet);
        }
    }
    void describe(lxw_worksheet* sheet, lxw_row_t& row, const SignOff& signOff) {
        for (const std::string& role : signOff.roles) put(sheet, row++, 0, role, nullptr);
    }

    void writeTableSheet(const Table& table) {
        constexpr std::size_t mostRows = 1'048'575;
        const std::size_t count = table.rows.size() + table.dataRows.size();
        if (count > mostRows)
            throw engine::Error(engine::ErrorCode::Unsupported,
                                "a sheet holds 1 048 575 rows and the report has more; write a CSV file", m_path);
        lxw_worksheet* sheet = addSheet(table.sheet);
        setWidths(sheet, table);
        for (std::size_t i = 0; i < table.columns.size(); ++i) put(sheet, 0, i, table.columns[i].name, m_bold);
        lxw_row_t line = 1;
        for (const auto* rows : {&table.rows, &table.dataRows}) {
            for (const Row& row : *rows) {
                for (std::size_t i = 0; i < row.size(); ++i) writeCell(sheet, line, i, row[i], table.columns[i].kind);
                ++line;
                m_context.report("report", std::min(++m_done, m_total), m_total);
            }
        }
        const auto lastColumn = static_cast<lxw_col_t>(table.columns.size() - 1);
        worksheet_freeze_panes(sheet, 1, 1);
        require(worksheet_autofilter(sheet, 0, 0, line - 1, lastColumn), m_path);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (table.columns[i].kind == ColumnKind::Verdict)
                colourVerdicts(sheet, static_cast<lxw_col_t>(i), line - 1);
        }
    }

    void setWidths(lxw_worksheet* sheet, const Table& table) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            auto width = static_cast<double>(table.columns[i].name.size()) + 4;
            for (std::size_t row = 0; row < std::min<std::size_t>(table.rows.size(), 200); ++row)
                width = std::max(width, static_cast<double>(table.rows[row][i].text.plain().size()) + 2);
            const auto column = static_cast<lxw_col_t>(i);
            require(worksheet_set_column(sheet, column, column, std::min(width, widestColumn), nullptr), m_path);
        }
    }

    void writeCell(lxw_worksheet* sheet, lxw_row_t row, std::size_t column, const Cell& cell, ColumnKind kind) {
        if (cell.number)
            put(sheet, row, column, *cell.number, lookOf(kind));
        else
            put(sheet, row, column, cell.word.empty() ? cell.text.plain() : cell.word, nullptr);
    }

    void colourVerdicts(lxw_worksheet* sheet, lxw_col_t column, lxw_row_t lastRow) {
        const auto colour = [&](std::string formula, lxw_format* look) {
            lxw_conditional_format rule{};
            rule.type = LXW_CONDITIONAL_TYPE_CELL;
            rule.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
            rule.value_string = formula.data();
            rule.format = look;
            require(worksheet_conditional_format_range(sheet, 1, column, lastRow, column, &rule), m_path);
        };
        colour("\"fail\"", m_fail);
        colour("\"error\"", m_fail);
        colour("\"review\"", m_review);
        colour("\"pass\"", m_pass);
    }

    std::filesystem::path m_path;
    const Document& m_document;
    const engine::RunContext& m_context;
    ScratchFile m_file;
    lxw_workbook* m_book = nullptr;
    std::int64_t m_done = 0;
    std::int64_t m_total = 0;
    lxw_format *m_bold = nullptr, *m_title = nullptr, *m_quiet = nullptr, *m_count = nullptr, *m_share = nullptr,
               *m_number = nullptr, *m_fail = nullptr, *m_review = nullptr, *m_pass = nullptr;
};

}  // namespace

void writeXlsx(const std::filesystem::path& path, const Document& document, const engine::RunContext& context) {
    Workbook(path, document, context).write();
}

}  // namespace services
