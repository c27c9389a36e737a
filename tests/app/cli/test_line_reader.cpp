// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "app/cli/line_reader.h"

using Lines = std::vector<std::string>;

TEST_CASE("Lines come as soon as they are whole, together if they have piled up") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const auto give = [&](const std::string& text) {
        REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    };
    cli::LineReader reader(ends[0]);
    const engine::RunContext context;
    give("one\ntw");
    CHECK(reader.next(context) == Lines{"one"});
    give("o\n\nthree\nfour");
    CHECK(reader.next(context) == Lines{"two", "three"});
    ::close(ends[1]);
    CHECK(reader.next(context) == Lines{"four"});
    CHECK(reader.next(context).empty());
    CHECK(reader.next(context).empty());
    ::close(ends[0]);
}

TEST_CASE("A wait for lines ends when a stop is asked for") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    std::stop_source stop;
    stop.request_stop();
    const engine::RunContext context(stop.get_token());
    CHECK_THROWS_AS(cli::LineReader(ends[0]).next(context), engine::Cancelled);
    ::close(ends[0]);
    ::close(ends[1]);
}
