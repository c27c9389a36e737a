// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include "app/services/report/pdf/pdf_blocks.h"

namespace services {

namespace {

constexpr double gap = 10;
constexpr double rowAir = 3;
constexpr Setting cellSetting{.sizePt = 8};
constexpr Setting headSetting{.sizePt = 7.5, .bold = true, .quiet = true};
const QColor hairline(0xe4, 0xe8, 0xec);

// A name without end would push all else off the page.
Text shortened(const Text& text) {
    constexpr std::size_t longest = 400;
    const std::string all = text.plain();
    if (all.size() <= longest) return text;
    const QString words = QString::fromStdString(all);
    return Text((words.left(180) + QStringLiteral(" \u2026 ") + words.right(180)).toStdString(), Tone::Name);
}

class Columns {
public:
    Columns(const Paper& paper, const Table& table) : m_table(table) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (!table.columns[i].onlyInData) m_shown.push_back(i);
        }
        measure(paper);
        fit(paper.width() - gap * static_cast<double>(m_shown.size() - 1));
    }

    std::size_t count() const { return m_shown.size(); }
    const Column& column(std::size_t i) const { return m_table.columns[m_shown[i]]; }
    const Text& text(const Row& row, std::size_t i) const { return row[m_shown[i]].text; }
    double width(std::size_t i) const { return m_widths[i]; }
    double total() const {
        return std::accumulate(m_widths.begin(), m_widths.end(), gap * static_cast<double>(m_shown.size() - 1));
    }

private:
    void measure(const Paper& paper) {
        constexpr std::size_t looked = 500;  // the rest of a column is much like its start, and a long name wraps
        for (const std::size_t column : m_shown) {
            double cells = 0;
            for (std::size_t row = 0; row < std::min(looked, m_table.rows.size()); ++row)
                cells = std::max(cells, paper.widthOf(m_table.rows[row][column].text, cellSetting));
            double word = 0;  // the longest of the heading
            const QString name = QString::fromStdString(m_table.columns[column].name);
            for (const QString& part : name.split(QLatin1Char(' ')))
                word = std::max(word, paper.widthOf(Text(part.toStdString()), headSetting));
            m_widths.push_back(std::max(cells, paper.widthOf(Text(m_table.columns[column].name), headSetting)) + 1);
            m_least.push_back(std::max(word, m_table.columns[column].isNumber() ? cells : 24.0) + 1);
        }
    }

    // The widest gives way first, down to its numbers and the words of its heading; below that only if all have.
    void fit(double room) {
        for (int i = 0; i < 128; ++i) {
            const double all = std::accumulate(m_widths.begin(), m_widths.end(), 0.0);
            if (all <= room) return;
            std::size_t widest = m_widths.size();
            for (std::size_t c = 0; c < m_widths.size(); ++c) {
                const bool yields = m_widths[c] > m_least[c] + 0.01;
                if (yields && (widest == m_widths.size() || m_widths[c] > m_widths[widest])) widest = c;
            }
            if (widest < m_widths.size()) {
                m_widths[widest] = std::max({m_widths[widest] - (all - room), m_widths[widest] * 0.8, m_least[widest]});
            } else {
                double& most = *std::max_element(m_widths.begin(), m_widths.end());
                most = std::max({most - (all - room), most * 0.8, 24.0});
            }
        }
    }

    const Table& m_table;
    std::vector<std::size_t> m_shown;
    std::vector<double> m_widths, m_least;
};

class Rows {
public:
    Rows(Paper& paper, const Columns& columns) : m_paper(paper), m_columns(columns) {}

    void head() {
        double height = 0;
        for (std::size_t i = 0; i < m_columns.count(); ++i)
            height =
                std::max(height, m_paper.heightOf(Text(m_columns.column(i).name), m_columns.width(i), headSetting));
        draw([&](std::size_t i) { return Text(m_columns.column(i).name); }, headSetting);
        m_paper.skip(height + rowAir);
        rule();
    }

    void row(const Row& row) {
        double height = 0;
        for (std::size_t i = 0; i < m_columns.count(); ++i)
            height =
                std::max(height, m_paper.heightOf(shortened(m_columns.text(row, i)), m_columns.width(i), cellSetting));
        if (m_paper.room() < height + 2 * rowAir) {
            m_paper.newPage();
            head();
        }
        m_paper.skip(rowAir);
        draw([&](std::size_t i) { return shortened(m_columns.text(row, i)); }, cellSetting);
        m_paper.skip(height + rowAir);
        rule();
    }

private:
    template <typename TextAt>
    void draw(const TextAt& textAt, Setting setting) {
        double x = m_paper.left();
        for (std::size_t i = 0; i < m_columns.count(); ++i) {
            setting.alignment = m_columns.column(i).isNumber() ? Qt::AlignRight : Qt::AlignLeft;
            m_paper.draw(textAt(i), x, m_paper.y(), m_columns.width(i), setting);
            x += m_columns.width(i) + gap;
        }
    }
    void rule() { m_paper.rule(m_paper.left(), m_paper.left() + m_columns.total(), m_paper.y(), hairline); }

    Paper& m_paper;
    const Columns& m_columns;
};

}  // namespace

void PdfBlocks::put(const Table& table) {
    if (table.rows.empty()) return;
    const Columns columns(m_paper, table);
    Rows rows(m_paper, columns);
    m_paper.ensure(60);
    rows.head();
    for (const Row& row : table.rows) {
        rows.row(row);
        step();
    }
    m_paper.skip(8);
}

}  // namespace services
