// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <charconv>

#include "app/services/report/compose.h"
#include "app/services/report/csv_writer.h"
#include "engine/core/error.h"
#include "tests/app/services/report/reading.h"
#include "tests/app/services/report/report_fixture.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

// A reader of RFC 4180 of its own.
std::vector<std::vector<std::string>> recordsOf(const std::string& text) {
    std::vector<std::vector<std::string>> records;
    std::vector<std::string> record(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != '"')
                record.back() += c;
            else if (i + 1 < text.size() && text[i + 1] == '"')
                record.back() += text[++i];
            else
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            record.emplace_back();
        } else if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
            records.push_back(std::move(record));
            record.assign(1, {});
            ++i;
        } else {
            record.back() += c;
        }
    }
    return records;
}

}  // namespace

TEST_CASE("a CSV report has every image, exact scores, and says which report it is of") {
    test::ReportFixture fixture(12, 8, true);
    fixture.evaluation.images[3].name = "good/a, \"b\"\n\u4E2D.png";
    fixture.evaluation.images[3].box = {1, 2, 3, 4};
    fixture.evaluation.failures = {{"bad.png", "bad.png: ends too early; copy it again"}};
    test::TemporaryFolder folder;
    writeCsv(folder / "r.csv", composeReport(fixture.content), {});
    const auto records = recordsOf(test::contentOf(folder / "r.csv"));
    REQUIRE(records.size() == 22);
    const std::vector<std::string> head{
        "image",  "label",   "type",  "score",       "verdict",           "outcome",      "x", "y", "width",
        "height", "sha_256", "error", "report_made", "image_set_sha_256", "model_sha_256"};
    CHECK(records[0] == head);
    std::size_t found = 0;
    for (const engine::ImageResult& image : fixture.evaluation.images) {
        for (const auto& record : records) {
            REQUIRE(record.size() == head.size());
            if (record[0] != image.name) continue;
            double score = 0;
            std::from_chars(record[3].data(), record[3].data() + record[3].size(), score);
            CHECK(score == image.score);  // to the last bit
            CHECK(record[4] == engine::nameOf(image.verdict));
            CHECK(record[6] == (image.box.empty() ? "" : "1"));
            CHECK(record[12] == "2026-11-25T12:40:05+09:00");
            ++found;
        }
    }
    CHECK(found == 20);
    CHECK(records.back()[4] == "error");
    CHECK(test::has(records.back()[11], "ends too early"));
}

TEST_CASE("a name that a spreadsheet would take for a formula is text") {
    for (const char* name : {"=1+2", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"}) {
        const std::string field = csvWords(name);
        const std::string inside = field.front() == '"' ? field.substr(1) : field;
        CHECK(inside.substr(0, 2) == std::string("'") + name[0]);
    }
    CHECK(csvWords("a=1") == "a=1");
    CHECK(csvWords("a\xFF") == "a\uFFFD");
    CHECK(csvWords("say \"x\", y") == "\"say \"\"x\"\", y\"");
    // A negative score is a number and stays one.
    test::ReportFixture fixture(2, 2, true);
    fixture.evaluation.images[0].score = -1.5;
    test::TemporaryFolder folder;
    writeCsv(folder / "r.csv", composeReport(fixture.content), {});
    CHECK(test::has(test::contentOf(folder / "r.csv"), ",-1.5,"));
}
