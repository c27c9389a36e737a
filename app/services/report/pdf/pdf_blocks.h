// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/services/report/document.h"
#include "app/services/report/pdf/paper.h"
#include "app/services/report/pdf/pdf_finish.h"
#include "engine/core/run_context.h"

namespace services {

// Lays the blocks of a document on paper, one after another, and remembers where its headings came to stand.
class PdfBlocks {
public:
    // pieces: what was done before, and all; see piecesOf.
    PdfBlocks(Paper& paper, const Document& document, const engine::RunContext& context, std::int64_t done,
              std::int64_t total);

    // Throw Cancelled.
    void writeSection(const Section& section);
    const std::vector<PdfBookmark>& bookmarks() const { return m_bookmarks; }
    std::int64_t done() const { return m_done; }

private:
    void put(const Heading& heading);
    void put(const Paragraph& paragraph);
    void put(const Bullets& bullets);
    void put(const Facts& facts);
    void put(const Figures& figures);
    void put(const Table& table);
    void put(const Drawings& drawings);
    void put(const Gallery& gallery);
    void put(const SignOff& signOff);
    double plateHeight(const Plate& plate, double width) const;
    struct GalleryRow {
        std::size_t last = 0;  // behind its plates
        double width = 0;      // of each
        double height = 0;
    };
    GalleryRow rowOf(const Gallery& gallery, std::size_t first) const;
    void plate(const Plate& plate, double x, double y, double width);
    void step();

    Paper& m_paper;
    const Document& m_document;
    const engine::RunContext& m_context;
    std::int64_t m_done;
    std::int64_t m_total;
    std::vector<PdfBookmark> m_bookmarks;
};

}  // namespace services
