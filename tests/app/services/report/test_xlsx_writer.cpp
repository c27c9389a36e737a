// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <fstream>

#include "app/services/report/compose.h"
#include "app/services/report/xlsx_writer.h"
#include "engine/core/error.h"
#include "tests/app/services/report/reading.h"
#include "tests/app/services/report/report_fixture.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

// What openpyxl finds, one line a fact.
constexpr const char* reader = R"py(
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print("sheets", book.sheetnames)
print("created", book.properties.created.isoformat(), "by", book.properties.creator, "title", book.properties.title)
images = book["Images"]
print("frozen", images.freeze_panes, "filter", images.auto_filter.ref)
head = [cell.value for cell in images[1]]
print("head", head)
score, verdict = head.index("Score"), head.index("Verdict")
print("types", images.cell(2, score + 1).data_type, images.cell(2, verdict + 1).data_type)
print("rules", sum(len(r.rules) for r in images.conditional_formatting))
for row in images.iter_rows(min_row=2, values_only=True):
    print("row", repr(row[0]), repr(row[score]), row[verdict])
print("formulas", sum(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row))
confusion = book["Confusion"]
print("confusion", [cell.value for cell in confusion[2]], confusion["D2"].number_format)
)py";

}  // namespace

TEST_CASE("a workbook reads back with its types, filter, frozen heading and colours") {
    const std::string python = test::pythonWithOpenpyxl();
    if (python.empty()) return test::skip("python3-openpyxl is not installed");
    test::ReportFixture fixture(12, 8, true);
    fixture.evaluation.images[0].name = "=HYPERLINK(\"x\")";
    fixture.evaluation.images[1].name = "\u4E2D\u6587 <&>\n\xFF.png";
    fixture.evaluation.failures = {{"bad.png", "bad.png: ends too early; copy it again"}};
    test::TemporaryFolder folder;
    writeXlsx(folder / "r.xlsx", composeReport(fixture.content), {});
    std::ofstream(folder / "read.py") << reader;
    const std::string found =
        test::outputOf(python + " " + (folder / "read.py").string() + " " + (folder / "r.xlsx").string());
    INFO(found);
    CHECK(test::has(found, "sheets ['Report', 'Confusion', 'History', 'Defect types', 'Images', 'Timing']"));
    CHECK(test::has(found, "created 2026-11-25T03:40:05 by Q. Engineer title Bottle line 3"));
    CHECK(test::has(found, "frozen B2 filter A1:O22"));
    CHECK(test::has(found, "types n s"));
    CHECK(test::has(found, "rules 4"));
    CHECK(test::has(found, "formulas 0"));
    CHECK(test::has(found, "row '=HYPERLINK(\"x\")'"));
    CHECK(test::has(found, "row '\u4E2D\u6587 <&>\\\\x0a\uFFFD.png'"));
    CHECK(test::has(found, "row 'bad.png' None error"));
    CHECK(test::countOf(found, "row ") == 21);
    CHECK(test::has(found, "confusion ['Good', 12,"));
    CHECK(test::has(found, " 0.0%"));
    const double score = fixture.evaluation.images[5].score;
    const auto at = found.find("row '" + fixture.evaluation.images[5].name + "' ");
    REQUIRE(at != std::string::npos);
    CHECK(std::stod(found.substr(found.find("' ", at) + 2)) == Approx(score).epsilon(1e-14));
}

TEST_CASE("the same document gives the same workbook, and one that cannot be written leaves nothing") {
    const test::ReportFixture fixture(6, 4, true);
    test::TemporaryFolder folder;
    writeXlsx(folder / "a.xlsx", composeReport(fixture.content), {});
    writeXlsx(folder / "b.xlsx", composeReport(fixture.content), {});
    CHECK(test::contentOf(folder / "a.xlsx") == test::contentOf(folder / "b.xlsx"));
    CHECK(test::contentOf(folder / "a.xlsx").substr(0, 2) == "PK");
    CHECK_THROWS_AS(writeXlsx(folder / "none/r.xlsx", composeReport(fixture.content), {}), engine::Error);
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(writeXlsx(folder / "c.xlsx", composeReport(fixture.content), engine::RunContext(stop.get_token())),
                    engine::Cancelled);
    CHECK_FALSE(std::filesystem::exists(folder / "c.xlsx"));
}
