// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/pdf/pdf_blocks.h"

#include <algorithm>

namespace services {

namespace {

const QColor hairline(0xd8, 0xde, 0xe4);
constexpr Setting body{.sizePt = 9};
constexpr Setting note{.sizePt = 8, .quiet = true};
constexpr double gap = 14;            // between what stands side by side
constexpr double headingHeight = 24;  // with the room around it

}  // namespace

PdfBlocks::PdfBlocks(Paper& paper, const Document& document, const engine::RunContext& context, std::int64_t done,
                     std::int64_t total)
    : m_paper(paper), m_document(document), m_context(context), m_done(done), m_total(total) {}

void PdfBlocks::step() {
    m_context.report("report", ++m_done, m_total);
}

void PdfBlocks::writeSection(const Section& section) {
    m_paper.ensure(130);
    m_paper.skip(10);
    m_paper.rule(m_paper.left(), m_paper.left() + m_paper.width(), m_paper.y(), hairline);
    m_paper.skip(10);
    m_bookmarks.push_back({section.title, false, {m_paper.page(), m_paper.y() - 6}});
    m_paper.flow(Text(section.title), m_paper.left(), m_paper.width(), {.sizePt = 13, .bold = true});
    m_paper.skip(4);
    for (std::size_t i = 0; i < section.blocks.size(); ++i) {
        const auto* heading = std::get_if<Heading>(&section.blocks[i]);
        const auto* gallery = i + 1 < section.blocks.size() ? std::get_if<Gallery>(&section.blocks[i + 1]) : nullptr;
        // A heading stands over its first pictures, not alone at the foot of a page.
        if (heading != nullptr && gallery != nullptr && !gallery->plates.empty())
            m_paper.ensure(headingHeight + rowOf(*gallery, 0).height);
        std::visit([this](const auto& known) { put(known); }, section.blocks[i]);
    }
}

void PdfBlocks::put(const Heading& heading) {
    m_paper.ensure(100);
    m_paper.skip(6);
    m_bookmarks.push_back({heading.text, true, {m_paper.page(), m_paper.y() - 4}});
    m_paper.flow(Text(heading.text), m_paper.left(), m_paper.width(), {.sizePt = 9, .bold = true, .quiet = true});
    m_paper.skip(3);
}

void PdfBlocks::put(const Paragraph& paragraph) {
    m_paper.flow(paragraph.text, m_paper.left(), m_paper.width(), paragraph.note ? note : body);
    m_paper.skip(5);
}

void PdfBlocks::put(const Bullets& bullets) {
    for (const Text& item : bullets.items) {
        m_paper.ensure(13);
        m_paper.draw(Text("\u2022"), m_paper.left(), m_paper.y(), 10, body);
        m_paper.flow(item, m_paper.left() + 10, m_paper.width() - 10, body);
        m_paper.skip(2);
    }
    m_paper.skip(4);
}

void PdfBlocks::put(const Facts& facts) {
    double names = 0;
    for (const Fact& fact : facts.facts) names = std::max(names, m_paper.widthOf(Text(fact.name), body));
    names = std::min(names + gap, m_paper.width() / 2);
    for (const Fact& fact : facts.facts) {
        m_paper.ensure(std::min(60.0, m_paper.heightOf(fact.value, m_paper.width() - names, body)));
        m_paper.draw(Text(fact.name, Tone::Quiet), m_paper.left(), m_paper.y(), names - 4, body);
        m_paper.flow(fact.value, m_paper.left() + names, m_paper.width() - names, body);
        m_paper.skip(2);
    }
    m_paper.skip(5);
}

void PdfBlocks::put(const Figures& figures) {
    constexpr int perRow = 4;
    const double width = (m_paper.width() - (perRow - 1) * gap) / perRow;
    constexpr Setting large{.sizePt = 17, .bold = true};
    for (std::size_t first = 0; first < figures.figures.size(); first += perRow) {
        const std::size_t last = std::min(first + perRow, figures.figures.size());
        double height = 0;
        for (std::size_t i = first; i < last; ++i) {
            const Figure& figure = figures.figures[i];
            double own =
                m_paper.heightOf(Text(figure.name), width, note) + m_paper.heightOf(figure.value, width, large);
            for (const std::string& words : figure.notes) own += m_paper.heightOf(Text(words), width, note);
            height = std::max(height, own);
        }
        m_paper.ensure(height);
        for (std::size_t i = first; i < last; ++i) {
            const Figure& figure = figures.figures[i];
            const double x = m_paper.left() + static_cast<double>(i - first) * (width + gap);
            double y = m_paper.y();
            y += m_paper.draw(Text(figure.name), x, y, width, note);
            y += m_paper.draw(figure.value, x, y, width, large);
            for (const std::string& words : figure.notes) y += m_paper.draw(Text(words), x, y, width, note);
        }
        m_paper.skip(height + 6);
    }
}

void PdfBlocks::put(const Drawings& drawings) {
    const auto count = static_cast<double>(std::max<std::size_t>(drawings.drawings.size(), 1));
    const double column = (m_paper.width() - (count - 1) * gap) / count;
    const bool titled = std::any_of(drawings.drawings.begin(), drawings.drawings.end(),
                                    [](const Drawing& drawing) { return !drawing.title.empty(); });
    double height = titled ? 14 : 0;
    const auto widthOf = [&](const Chart& chart) { return std::min(column, chart.wide ? column : 250.0); };
    for (const Drawing& drawing : drawings.drawings) {
        const Chart& chart = drawing.chart;
        if (!chart.empty()) height = std::max(height, (titled ? 14 : 0) + widthOf(chart) * chart.height / chart.width);
    }
    m_paper.ensure(height + 20);
    double x = m_paper.left();
    for (const Drawing& drawing : drawings.drawings) {
        if (titled) m_paper.draw(Text(drawing.title), x, m_paper.y(), column, {.bold = true, .quiet = true});
        m_paper.chart(drawing.chart, x, m_paper.y() + (titled ? 14 : 0), widthOf(drawing.chart));
        x += column + gap;
    }
    m_paper.skip(height + 2);
    x = m_paper.left();
    for (const LegendEntry& entry : drawings.legend) {
        m_paper.sample(entry.ink, x, m_paper.y() + 1.5, 8);
        x += 11;
        m_paper.draw(Text(entry.text), x, m_paper.y(), 200, note);
        x += m_paper.widthOf(Text(entry.text), note) + 12;
    }
    if (!drawings.note.empty())
        m_paper.draw(Text(drawings.note), x, m_paper.y(), m_paper.width() - (x - m_paper.left()), note);
    if (!drawings.legend.empty() || !drawings.note.empty()) m_paper.skip(16);
}

double PdfBlocks::plateHeight(const Plate& plate, double width) const {
    constexpr double tallest = 210;
    const double column =
        (width - 3 * static_cast<double>(plate.pictures.size() - 1)) / static_cast<double>(plate.pictures.size());
    double height = 0;
    for (const SpooledPicture& picture : plate.pictures)
        height = std::max(height, std::min(tallest, column * picture.height / std::max(1, picture.width)));
    return height;
}

void PdfBlocks::plate(const Plate& plate, double x, double y, double width) {
    const auto count = static_cast<double>(plate.pictures.size());
    const double column = (width - 3 * (count - 1)) / count;
    const double height = plateHeight(plate, width);
    for (std::size_t i = 0; i < plate.pictures.size(); ++i) {
        const SpooledPicture& picture = plate.pictures[i];
        const double shownWidth = std::min(column, height * picture.width / std::max(1, picture.height));
        const double shownHeight = shownWidth * picture.height / std::max(1, picture.width);
        if (m_paper.measures()) continue;
        m_paper.picture(m_document.spool->jpeg(picture), x + static_cast<double>(i) * (column + 3), y, shownWidth,
                        shownHeight);
    }
    const double result = m_paper.widthOf(plate.result, note) + 4;
    const double names = width - result;
    const double under = y + height + 3;
    const double nameHeight = m_paper.draw(plate.name, x, under, names, {.sizePt = 8});
    m_paper.draw(plate.result, x + names, under, result, {.sizePt = 8, .alignment = Qt::AlignRight});
    m_paper.draw(plate.note, x, under + nameHeight, width, note);
}

PdfBlocks::GalleryRow PdfBlocks::rowOf(const Gallery& gallery, std::size_t first) const {
    std::size_t most = 1;
    for (const Plate& shown : gallery.plates) most = std::max(most, shown.pictures.size());
    const std::size_t perRow = most > 2 ? 1 : 2;
    GalleryRow row{.last = std::min(first + perRow, gallery.plates.size()),
                   .width = perRow == 1 ? m_paper.width() : (m_paper.width() - gap) / 2};
    for (std::size_t i = first; i < row.last; ++i) {
        const Plate& shown = gallery.plates[i];
        const double names = row.width - m_paper.widthOf(shown.result, note) - 4;
        row.height = std::max(row.height, plateHeight(shown, row.width) + 3 +
                                              m_paper.heightOf(shown.name, names, {.sizePt = 8}) +
                                              m_paper.heightOf(shown.note, row.width, note));
    }
    return row;
}

void PdfBlocks::put(const Gallery& gallery) {
    for (std::size_t first = 0; first < gallery.plates.size();) {
        const GalleryRow row = rowOf(gallery, first);
        m_paper.ensure(row.height);
        for (std::size_t i = first; i < row.last; ++i) {
            plate(gallery.plates[i], m_paper.left() + static_cast<double>(i - first) * (row.width + gap), m_paper.y(),
                  row.width);
            step();
        }
        m_paper.skip(row.height + 9);
        first = row.last;
    }
}

void PdfBlocks::put(const SignOff& signOff) {
    m_paper.ensure(40.0 * static_cast<double>(signOff.roles.size()) + 20);
    const double column = m_paper.width() / 4;
    const std::vector<std::string> heads{"", "Name", "Date", "Signature"};
    for (std::size_t i = 0; i < heads.size(); ++i)
        m_paper.draw(Text(heads[i]), m_paper.left() + static_cast<double>(i) * column, m_paper.y(), column, note);
    m_paper.skip(14);
    for (const std::string& role : signOff.roles) {
        m_paper.draw(Text(role), m_paper.left(), m_paper.y() + 18, column, body);
        m_paper.skip(36);
        m_paper.rule(m_paper.left(), m_paper.left() + m_paper.width(), m_paper.y(), hairline);
    }
    m_paper.skip(10);
}

}  // namespace services
