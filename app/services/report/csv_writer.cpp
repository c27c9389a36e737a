// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/csv_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/services/report/html_text.h"
#include "engine/core/atomic_file.h"

namespace services {

namespace {

// "Image set SHA-256" is image_set_sha256.
std::string columnName(const std::string& name) {
    std::string out;
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter)
            out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        else if ((c == ' ' || c == '-') && !out.empty())
            out += '_';
    }
    return out;
}

std::string number(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::string line(const Row& row) {
    std::string out;
    for (const Cell& cell : row) {
        if (&cell != &row.front()) out += ',';
        if (cell.number)
            out += number(*cell.number);
        else
            out += csvWords(cell.word.empty() ? cell.text.plain() : cell.word);
    }
    return out + "\r\n";
}

}  // namespace

std::string csvWords(std::string_view words) {
    std::string text = validUtf8(words);
    constexpr std::string_view formula = "=+-@\t\r";
    if (!text.empty() && formula.find(text.front()) != std::string_view::npos) text.insert(0, 1, '\'');
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

void writeCsv(const std::filesystem::path& path, const Document& document, const engine::RunContext& context) {
    const Table& table = tableOf(document, document.csvTable);
    engine::AtomicFile file(path);
    std::string out;
    for (const Column& column : table.columns) out += (out.empty() ? "" : ",") + columnName(column.name);
    out += "\r\n";
    const auto total = static_cast<std::int64_t>(table.rows.size() + table.dataRows.size());
    std::int64_t done = 0;
    for (const auto* rows : {&table.rows, &table.dataRows}) {
        for (const Row& row : *rows) {
            out += line(row);
            if (out.size() > 1 << 16) {
                file.write(out);
                out.clear();
            }
            context.report("report", ++done, total);
        }
    }
    file.write(out);
    file.commit();
}

}  // namespace services
