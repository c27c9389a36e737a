// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

struct CsvRecord {
    int line = 0;  // where it starts, from 1
    std::vector<std::string> fields;
};

// RFC 4180: quoted fields may hold commas, line breaks and doubled quotes; CRLF or LF; a byte order mark and empty
// lines are passed over. Throws Error{Corrupt} with the line: a quote that is never closed, text after a closing quote.
std::vector<CsvRecord> parseCsv(std::string_view text, const std::filesystem::path& name);

}  // namespace engine
