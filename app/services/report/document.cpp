// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/document.h"

#include "engine/core/error.h"

namespace services {

std::string Text::plain() const {
    std::string all;
    for (const Run& run : runs) all += run.text;
    return all;
}

const Table& tableOf(const Document& document, std::string_view sheet) {
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) {
            const auto* table = std::get_if<Table>(&block);
            if (table != nullptr && table->sheet == sheet) return *table;
        }
    }
    throw engine::Error(engine::ErrorCode::InvalidArgument,
                        "the report has no table '" + std::string(sheet) + "'; choose one that it has");
}

}  // namespace services
