// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/services/report/document.h"
#include "engine/core/run_context.h"

namespace services {

// One self-contained file: no network, no script needed to read it, light and dark, prints well. Atomic. The same
// document gives the same bytes. Throws Cancelled, engine::Error{WriteFailed}.
void writeHtml(const std::filesystem::path& path, const Document& document, const engine::RunContext& context);

}  // namespace services
