// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/services/report/scratch_file.h"
#include "app/services/report/timestamp.h"
#include "engine/core/run_context.h"

namespace services {

struct PdfPlace {
    int page = 0;      // from 0
    double topPt = 0;  // from the page's upper edge
};

struct PdfBookmark {
    std::string title;
    bool isChild = false;  // of the last one that is none
    PdfPlace place;
};

struct PdfLink {
    int page = 0;
    double leftPt = 0, topPt = 0, rightPt = 0, bottomPt = 0;  // from the page's upper left corner
    PdfPlace target;
};

struct PdfExtras {
    std::string title, author, subject, language;
    Timestamp created;
    std::vector<PdfBookmark> bookmarks;
    std::vector<PdfLink> links;
};

// Takes over what QPdfWriter has written and gives it what Qt 6.4 cannot: author, time of creation, bookmarks, links
// within the document. The objects are numbered anew in the order in which they are reached from the first page, since
// QPdfWriter writes fonts in the order of a hash table that differs from run to run: so the same content gives the same
// bytes. Atomic. Throws Cancelled, engine::Error{WriteFailed}, Error{Internal} for what is not as QPdfWriter writes it.
void finishPdf(const ScratchFile& written, const std::filesystem::path& path, const PdfExtras& extras,
               const engine::RunContext& context);

}  // namespace services
