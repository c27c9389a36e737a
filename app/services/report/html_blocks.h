// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "app/services/report/document.h"
#include "engine/core/atomic_file.h"
#include "engine/core/run_context.h"

namespace services {

std::string htmlOf(const Text& text);

// Writes the blocks of a document one after another; a picture is in memory only while it is written.
class HtmlBlocks {
public:
    HtmlBlocks(engine::AtomicFile& file, const Document& document, const engine::RunContext& context);

    // Throws Cancelled, engine::Error{WriteFailed}.
    void write(const Block& block);

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
    std::string plate(const Plate& plate) const;

    engine::AtomicFile& m_file;
    const Document& m_document;
    const engine::RunContext& m_context;
    std::int64_t m_done = 0;  // rows and plates
    std::int64_t m_total = 0;
    bool m_hatched = false;  // the pattern of defects is defined once a page
};

// Rows and plates of a document: what progress is counted in.
std::int64_t piecesOf(const Document& document);

}  // namespace services
