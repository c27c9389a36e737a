// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "app/services/report/timestamp.h"
#include "engine/core/error.h"

using namespace services;

TEST_CASE("a moment is written with its zone, and read back") {
    const Timestamp seoul = timestampFromIso("2026-11-25T12:40:05+09:00");
    CHECK(seoul.secondsUtc == 1795578005);  // date -u -d 2026-11-25T03:40:05Z +%s
    CHECK(seoul.iso() == "2026-11-25T12:40:05+09:00");
    CHECK(seoul.people() == "2026-11-25 12:40:05 (UTC+09:00)");
    CHECK(seoul.pdf() == "D:20261125124005+09'00'");
    CHECK(timestampFromIso("2026-11-25T03:40:05Z").secondsUtc == seoul.secondsUtc);
    // Behind Greenwich, on the day before, half an hour off.
    CHECK(timestampFromIso("2026-11-25T00:10:05-03:30").secondsUtc == seoul.secondsUtc);
    CHECK(Timestamp{1772420399, -210}.iso() == "2026-03-01T23:29:59-03:30");
    CHECK(timestampFromIso("1969-12-31T23:59:59Z").iso() == "1969-12-31T23:59:59+00:00");
    CHECK(timestampFromIso(timestampNow().iso()).secondsUtc == timestampNow().secondsUtc);
}

TEST_CASE("what is no moment is refused") {
    for (const char* text :
         {"", "2026-11-25", "2026-02-30T00:00:00Z", "2026-11-25T24:00:00Z", "2026-11-25T12:60:00Z",
          "2026-11-25T12:40:05", "2026-11-25T12:40:05+15:00", "2026-11-25 12:40:05Z", "2026-11-25T12:40:05+09:60"}) {
        INFO(text);
        CHECK_THROWS_AS(timestampFromIso(text), engine::Error);
    }
}
