// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <vector>

#include "app/cli/bench_timing.h"
#include "app/cli/json_output.h"
#include "app/cli/output_file.h"
#include "app/cli/output_names.h"
#include "app/cli/score_output.h"
#include "app/cli/text.h"
#include "engine/core/error.h"
#include "tests/support/test_data.h"

TEST_CASE("Two images never share the name of what is written for them") {
    cli::OutputNames names("out", ".png");
    CHECK(names.nameFor("in/a/foo.png", "in") == "out/a/foo.png");
    CHECK(names.nameFor("in/a/foo.jpg", "in") == "out/a/foo-2.png");
    CHECK(names.nameFor("in/a/foo-2.png", "in") == "out/a/foo-2-2.png");
    CHECK(names.nameFor("in/foo.png", "in") == "out/foo.png");
    CHECK(names.nameFor("elsewhere/foo.png", "elsewhere") == "out/foo-2.png");
    CHECK(names.nameFor("../up/bar.tiff", "../up") == "out/bar.png");
    CHECK(names.nameFor("baz.bmp", "") == "out/baz.png");
    CHECK(names.nameFor("/tmp/x/deep.bmp", "in") == "out/deep.png");
}

TEST_CASE("The slope of a line is found through its noise, and what is flat has none") {
    CHECK(cli::slopeOf({}) == 0);
    CHECK(cli::slopeOf(std::vector<double>{7}) == 0);
    CHECK(cli::slopeOf(std::vector<double>{5, 5, 5, 5}) == 0);
    CHECK(cli::slopeOf(std::vector<double>{1, 3, 5, 7}) == Approx(2));
    CHECK(cli::slopeOf(std::vector<double>{0, 3, 1, 4}) ==
          Approx(1));  // -1.5 * 0 - 0.5 * 3 + 0.5 * 1 + 1.5 * 4, over 5
    CHECK(cli::residentBytes() > 1'000'000);
    CHECK(cli::residentBytes() < 2 * cli::peakResidentBytes());  // the system counts the one later than the other
}

TEST_CASE("CSV fields are quoted by RFC 4180") {
    CHECK(cli::csvField("plain name.png") == "plain name.png");
    CHECK(cli::csvField("a,b") == "\"a,b\"");
    CHECK(cli::csvField("say \"x\"") == "\"say \"\"x\"\"\"");
    CHECK(cli::csvField("two\nlines") == "\"two\nlines\"");
}

TEST_CASE("Numbers read back as they were") {
    CHECK(std::stod(cli::exactNumber(0.1 + 0.2)) == 0.1 + 0.2);
    CHECK(cli::exactNumber(3) == "3");
    CHECK(cli::exactNumber(std::numeric_limits<double>::infinity()).empty());
    CHECK(cli::grouped(163856) == "163 856");
    CHECK(cli::grouped(-1234) == "-1 234");
    CHECK(cli::grouped(12) == "12");
    CHECK(cli::byteSize(999) == "999 B");
    CHECK(cli::byteSize(1'234'567) == "1.2 MB");
    CHECK(cli::byteSize(45'000'000'000) == "45 GB");
    CHECK(cli::padded("부품", 4) == "부품  ");
}

TEST_CASE("A row of an unreadable image has a path, a verdict and an error") {
    cli::ScoreRow row;
    row.path = "a.png";
    row.verdict = engine::Verdict::Error;
    row.error = "a.png: is empty, replace it";
    CHECK(cli::csvLine(row) == "a.png,,error,,,,,\"a.png: is empty, replace it\"\n");
    const auto json = nlohmann::json::parse(cli::jsonLine(row));
    CHECK(json.at("score").is_null());
    CHECK(json.at("timing_ms").is_null());
    row = {.path = "b.png", .score = 1.5, .verdict = engine::Verdict::Fail, .box = {1, 2, 3, 4}};
    CHECK(cli::csvLine(row) == "b.png,1.5,fail,1,2,3,4,\n");
    CHECK(cli::tableLine(row) == "fail    1.5        b.png  at 1,2, 3 x 4 px\n");
}

TEST_CASE("JSON takes names that are not UTF-8") {
    const auto text = cli::dumpOnLine({{"path", "\xff.png"}});
    CHECK(nlohmann::json::parse(text).at("path") == "\xef\xbf\xbd.png");
}

TEST_CASE("An output file is whole or not there, and a device is written through") {
    const test::TemporaryFolder folder;
    const auto file = folder / "a.json";
    {
        cli::OutputFile output(file.string());
        output.write("half");
        output.flush();
        CHECK_FALSE(std::filesystem::exists(file));
    }
    CHECK(std::filesystem::is_empty(folder.path()));
    cli::writeOutput(file.string(), "whole");
    CHECK(std::filesystem::file_size(file) == 5);
    cli::writeOutput("/dev/null", "gone");
    CHECK(std::filesystem::is_character_file("/dev/null"));
    CHECK_THROWS_AS(cli::writeOutput("/dev/full", "x"), engine::Error);
    CHECK_THROWS_AS(cli::requireWritable("/dev/null"), engine::Error);
    CHECK_THROWS_AS(cli::requireWritable(folder / "none/a.json"), engine::Error);
    CHECK_NOTHROW(cli::requireWritable(file));
    CHECK(std::filesystem::file_size(file) == 5);
}

TEST_CASE("Measurements are told by their median and quartiles") {
    cli::Measurements times;
    CHECK_FALSE(times.median().has_value());
    for (const double value : {5.0, 1.0, 4.0, 2.0}) times.add(value);
    CHECK(times.median() == 3.0);
    CHECK(times.text("ms") == "median 3 ms, quartiles 1.75 to 4.25, 4 runs");
}
