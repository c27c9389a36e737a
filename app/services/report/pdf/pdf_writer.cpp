// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/pdf/pdf_writer.h"

#include <QFile>
#include <QPainter>
#include <QPdfWriter>

#include "app/services/report/html_blocks.h"
#include "app/services/report/html_text.h"
#include "app/services/report/pdf/paper.h"
#include "app/services/report/pdf/pdf_blocks.h"
#include "app/services/report/pdf/pdf_finish.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"

namespace services {

namespace {

// Where the sections are, as the first pass found it.
struct Plan {
    std::vector<PdfBookmark> bookmarks;
    int pages = 0;
    std::int64_t done = 0;
};

constexpr double contentsLine = 14;

void writeContents(Paper& paper, const Plan& plan, std::vector<PdfLink>& links) {
    const Setting setting{.sizePt = 9};
    paper.skip(8);
    paper.flow(Text("Contents"), paper.left(), paper.width(), {.sizePt = 9, .bold = true, .quiet = true});
    paper.skip(2);
    for (const PdfBookmark& bookmark : plan.bookmarks) {
        if (bookmark.isChild) continue;
        paper.ensure(contentsLine);
        const std::string page = std::to_string(bookmark.place.page + 1);
        const double right = paper.left() + 300;
        paper.draw(Text(bookmark.title), paper.left(), paper.y(), 260, setting);
        const double from = paper.left() + paper.widthOf(Text(bookmark.title), setting) + 6;
        const double to = right - paper.widthOf(Text(page), setting) - 6;
        paper.rule(from, to, paper.y() + 9, QColor(0xd8, 0xde, 0xe4));
        paper.draw(Text(page), to + 4, paper.y(), right - to, setting);
        links.push_back({paper.page(), paper.left(), paper.y(), right, paper.y() + contentsLine, bookmark.place});
        paper.skip(contentsLine);
    }
}

Plan lay(Paper& paper, const Document& document, const Plan& known, std::vector<PdfLink>& links,
         const engine::RunContext& context) {
    paper.flow(Text(document.title, Tone::Name), paper.left(), paper.width(), {.sizePt = 20, .bold = true});
    paper.skip(4);
    for (const Text& text : document.head) paper.flow(text, paper.left(), paper.width(), {.sizePt = 9});
    writeContents(paper, known, links);
    // Both passes count: the first measures what the second draws.
    PdfBlocks blocks(paper, document, context, known.done, 2 * piecesOf(document));
    for (const Section& section : document.sections) blocks.writeSection(section);
    paper.finish();
    return {blocks.bookmarks(), paper.page() + 1, blocks.done()};
}

// As many lines of contents as there are sections, for the first pass.
Plan blank(const Document& document) {
    Plan plan;
    for (const Section& section : document.sections) plan.bookmarks.push_back({section.title, false, {}});
    return plan;
}

void setUp(QPdfWriter& writer, PaperSize paper) {
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
    writer.setResolution(static_cast<int>(72 * Paper::unit));
    writer.setPageLayout(QPageLayout(QPageSize(paper == PaperSize::A4 ? QPageSize::A4 : QPageSize::Letter),
                                     QPageLayout::Portrait, QMarginsF()));
}

}  // namespace

void writePdf(const std::filesystem::path& path, const Document& document, PaperSize paperSize,
              const engine::RunContext& context) {
    { const engine::AtomicFile probe(path); }  // before minutes of work
    ScratchFile written;
    QFile file(QString::fromStdString(written.path().string()));
    if (!file.open(QIODevice::WriteOnly))
        throw engine::Error(engine::ErrorCode::WriteFailed, "a temporary file cannot be opened; point TMPDIR elsewhere",
                            path);
    const QString footer = QString::fromStdString(readable(document.title + " \u00B7 " + document.created.people()));
    PdfExtras extras{document.title, document.author, document.subject, "en", document.created, {}, {}};
    {
        QPdfWriter writer(&file);
        setUp(writer, paperSize);
        Paper measured(writer, nullptr, footer, 0);
        const Plan plan = lay(measured, document, blank(document), extras.links, context);
        extras.links.clear();
        QPainter painter;
        if (!painter.begin(&writer))
            throw engine::Error(engine::ErrorCode::Internal, "Qt cannot begin a PDF; write HTML instead", path);
        Paper paper(writer, &painter, footer, plan.pages);
        extras.bookmarks = lay(paper, document, plan, extras.links, context).bookmarks;
        painter.end();
    }
    file.close();
    if (file.error() != QFileDevice::NoError)
        throw engine::Error(engine::ErrorCode::WriteFailed,
                            "its temporary file cannot be written: " + file.errorString().toStdString() +
                                "; free some space or point TMPDIR elsewhere",
                            path);
    written.takeOver();
    finishPdf(written, path, extras, context);
}

}  // namespace services
