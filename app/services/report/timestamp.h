// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace services {

// A moment and the zone in which it is to be read.
struct Timestamp {
    std::int64_t secondsUtc = 0;  // since 1970-01-01T00:00:00Z
    int offsetMinutes = 0;        // of local time, east is positive

    std::string iso() const;     // "2026-11-25T12:40:05+09:00", for files
    std::string people() const;  // "2026-11-25 12:40:05 (UTC+09:00)"
    std::string pdf() const;     // "D:20261125124005+09'00'"
};

// Now, in the zone of this computer.
Timestamp timestampNow();
// "2026-11-25T12:40:05+09:00" or "...Z". Throws engine::Error{InvalidArgument} for anything else, such as a 30
// February.
Timestamp timestampFromIso(std::string_view text);

}  // namespace services
