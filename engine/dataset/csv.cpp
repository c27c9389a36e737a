// SPDX-License-Identifier: Apache-2.0
#include "engine/dataset/csv.h"

#include <utility>

#include "engine/core/error.h"

namespace engine {

namespace {

class CsvParser {
public:
    CsvParser(std::string_view text, const std::filesystem::path& name) : m_text(text), m_name(name) {
        if (m_text.starts_with("\xef\xbb\xbf")) m_at = 3;
    }

    std::vector<CsvRecord> parse() {
        std::vector<CsvRecord> records;
        while (m_at < m_text.size()) {
            CsvRecord record = parseRecord();
            if (record.fields.size() > 1 || !record.fields.front().empty()) records.push_back(std::move(record));
        }
        return records;
    }

private:
    bool atLineBreak() const {
        return m_text[m_at] == '\n' || (m_text[m_at] == '\r' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '\n');
    }

    CsvRecord parseRecord() {
        CsvRecord record{m_line, {}};
        for (;;) {
            record.fields.push_back(m_at < m_text.size() && m_text[m_at] == '"' ? quotedField() : plainField());
            if (m_at == m_text.size()) return record;
            if (m_text[m_at] == ',') {
                ++m_at;
                continue;
            }
            m_at += m_text[m_at] == '\r' ? 2 : 1;
            ++m_line;
            return record;
        }
    }

    std::string plainField() {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && m_text[m_at] != ',' && !atLineBreak()) ++m_at;
        return std::string(m_text.substr(start, m_at - start));
    }

    std::string quotedField() {
        const int start = m_line;
        std::string field;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n') ++m_line;
            if (c != '"') {
                field += c;
            } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == '"') {
                field += '"';
                ++m_at;
            } else {
                ++m_at;
                if (m_at < m_text.size() && m_text[m_at] != ',' && !atLineBreak())
                    fail(m_line, "there is text after a closing quote");
                return field;
            }
        }
        fail(start, "a quote is never closed");
    }

    [[noreturn]] void fail(int line, const std::string& fault) const {
        throw Error(ErrorCode::Corrupt, "line " + std::to_string(line) + ": " + fault + "; correct the list", m_name);
    }

    std::string_view m_text;
    const std::filesystem::path& m_name;
    std::size_t m_at = 0;
    int m_line = 1;
};

}  // namespace

std::vector<CsvRecord> parseCsv(std::string_view text, const std::filesystem::path& name) {
    return CsvParser(text, name).parse();
}

}  // namespace engine
