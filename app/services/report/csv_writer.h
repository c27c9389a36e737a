// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/services/report/document.h"
#include "engine/core/run_context.h"

namespace services {

// The document's csvTable: UTF-8, RFC 4180, numbers exact, times by ISO 8601. Atomic. Same document, same bytes.
// Throws Cancelled, engine::Error{WriteFailed}.
void writeCsv(const std::filesystem::path& path, const Document& document, const engine::RunContext& context);

// A field of words. What a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return)
// has an apostrophe before it, as OWASP advises; what is not UTF-8 becomes U+FFFD.
std::string csvWords(std::string_view words);

}  // namespace services
