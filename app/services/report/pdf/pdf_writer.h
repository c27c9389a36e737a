// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/services/report/document.h"
#include "engine/core/run_context.h"

namespace services {

enum class PaperSize { A4, Letter };

// Vector charts, fonts within, contents with links, bookmarks, page numbers. Atomic. Same document, same bytes, with
// the same fonts installed. Needs PdfSurroundings or a QGuiApplication. Throws Cancelled, engine::Error{WriteFailed}.
void writePdf(const std::filesystem::path& path, const Document& document, PaperSize paper,
              const engine::RunContext& context);

}  // namespace services
