// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "app/services/report/compose.h"
#include "app/services/report/html_writer.h"
#include "engine/core/error.h"
#include "tests/app/services/report/html_check.h"
#include "tests/app/services/report/reading.h"
#include "tests/app/services/report/report_fixture.h"
#include "tests/support/test_data.h"

using namespace services;
using test::countOf;
using test::has;

namespace {

std::string pageOf(const ReportContent& content) {
    test::TemporaryFolder folder;
    writeHtml(folder / "report.html", composeReport(content), {});
    return test::contentOf(folder / "report.html");
}

}  // namespace

TEST_CASE("the check of pages itself finds faults") {
    const std::string start = "<!DOCTYPE html>\n";
    CHECK(test::faultOf(start + "<p>a &amp; b<br/></p>").empty());
    CHECK_FALSE(test::faultOf(start + "<p><b></p></b>").empty());
    CHECK_FALSE(test::faultOf(start + "<p>").empty());
    CHECK_FALSE(test::faultOf(start + "<p>a & b</p>").empty());
    CHECK_FALSE(test::faultOf(start + "<p a=b></p>").empty());
    CHECK_FALSE(test::faultOf(start + "<p onclick=\"x\"></p>").empty());
    CHECK_FALSE(test::faultOf(start + "<img src=\"http://example.org/a.png\"/>").empty());
}

TEST_CASE("a full report is well-formed, has every number and refers to nothing outside") {
    test::ReportFixture fixture(80, 60, true);
    fixture.evaluation.failures = {{"/data/broken.png", "/data/broken.png: ends too early; copy it again"}};
    fixture.evaluation.warnings = {"good/003.png is also a training image"};
    fixture.model.notes = {"candidates sampled to 1 of 3"};
    const std::string page = pageOf(fixture.content);
    CHECK(test::faultOf(page) == "");
    const std::string text = test::textOf(page);
    for (const std::string part : {"Bottle line 3",
                                   "bottle.anomaly",
                                   "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                   "patchcore",
                                   "efficientnet_lite0",
                                   "coreset",
                                   "80 good, 60 defective",
                                   "0.9812",
                                   "0.7345",
                                   "0.7101",
                                   "0.9421",
                                   "64 regions",
                                   "60 masks",
                                   "cross-validated in 5 folds",
                                   "good images alone",
                                   "1.720",
                                   "1.620",
                                   "1.680 \u2013 1.790",
                                   "ends too early; copy it again",
                                   "is also a training image",
                                   "sampled to 1 of 3",
                                   "38.8\u00A0ms",
                                   "scratch",
                                   "1 could not be read",
                                   "2026-11-25 12:40:05 (UTC+09:00)",
                                   "Q. Engineer",
                                   "fail 1.8 (manual)",
                                   "Approved by",
                                   "1f3870be274f6c49b3e31a0c6728957f4b1d3a5b6cbb1a2f5a1c5a2b6d5a4e21",
                                   "\u25A0\u00A0fail",
                                   "\u25B2\u00A0review",
                                   "\u25CF\u00A0pass"}) {
        INFO(part);
        CHECK(has(text, part));
    }
    const auto escapes = fixture.evaluation.escapes;
    CHECK(has(text, std::to_string(escapes->count) + " of 60 defects are below the cut"));
    CHECK(has(text, std::to_string(fixture.evaluation.falseRejects->count) + " of 80 good parts are rejected"));
    for (const engine::ImageResult& image : fixture.evaluation.images) CHECK(has(text, image.name));
    CHECK(countOf(page, "data:image/jpeg") == 2 * fixture.pictures.byName().size());
    CHECK_FALSE(has(page, "http:"));
    CHECK_FALSE(has(page, "https:"));
}

TEST_CASE("the same content gives the same bytes") {
    const test::ReportFixture one(30, 20, true);
    const test::ReportFixture two(30, 20, true);
    CHECK(pageOf(one.content) == pageOf(two.content));
}

TEST_CASE("hostile names stay text wherever they are shown") {
    const std::string evil = "</td></title><script>alert(1)</script>\"'&\n\xFF\xE2\x80\xAE.png";
    test::ReportFixture fixture(4, 4, true);
    fixture.content.title = fixture.content.datasetName = fixture.content.modelName = evil;
    fixture.content.modelSha256 = evil;
    fixture.model.parameters[evil] = evil;
    fixture.model.method = fixture.model.backboneName = fixture.model.trainingSet = evil;
    fixture.model.notes = {evil};
    fixture.model.stages = {evil};
    fixture.model.operatingPoint.rule = fixture.model.operatingPoint.basis = evil;
    fixture.content.author = fixture.content.datasetSha256 = evil;
    fixture.content.history = {{evil, evil, evil}};
    fixture.evaluation.images[0].name = evil;
    fixture.pictures.keep(evil, {}, test::scoredPart(fixture.evaluation.images[0], 0, true));
    fixture.evaluation.images[5].defectType = evil;
    fixture.evaluation.failures = {{evil, evil}};
    fixture.evaluation.warnings = {evil};
    const std::string page = pageOf(fixture.content);
    CHECK(test::faultOf(page) == "");
    CHECK(countOf(page, "<script") == 1);
    CHECK(has(test::textOf(page), "<script>alert(1)</script>\"'&\\x0a"));
}

TEST_CASE("without an operating point there are no verdicts, and the report says so") {
    const test::ReportFixture fixture(10, 10, false);
    const std::string page = pageOf(fixture.content);
    CHECK(test::faultOf(page) == "");
    const std::string text = test::textOf(page);
    CHECK(has(text, "no operating point yet"));
    CHECK_FALSE(has(text, "\u25A0\u00A0fail"));
    CHECK_FALSE(has(text, "Escapes"));
    CHECK(has(text, "Highest scores"));
}

TEST_CASE("what is not defined is a dash with the reason, never a number") {
    for (const bool defectsMissing : {true, false}) {
        test::ReportFixture fixture(defectsMissing ? 8 : 0, defectsMissing ? 0 : 8, true);
        fixture.evaluation.pixel = {};
        const std::string page = pageOf(fixture.content);
        CHECK(test::faultOf(page) == "");
        const std::string text = test::textOf(page);
        CHECK(has(text, defectsMissing ? "not defined: no defective image" : "not defined: no good image"));
        CHECK(has(text, "not defined: no defect has a mask"));
        CHECK(has(text, "\u2013"));
        CHECK_FALSE(has(text, "nan"));
    }
}

TEST_CASE("an evaluation of nothing, pictures without overlay, images without label") {
    test::ReportFixture nothing(0, 0, false);
    nothing.evaluation.pixel = {};
    CHECK(test::faultOf(pageOf(nothing.content)) == "");

    test::ReportFixture fixture(6, 2, true);
    fixture.content.hasMap = false;
    fixture.evaluation.pixel = {};
    fixture.evaluation.images[0].label = engine::Label::Unlabelled;
    fixture.evaluation.good = 5;
    ReportPictures withoutMaps(fixture.model);
    for (const engine::ImageResult& image : fixture.evaluation.images)
        withoutMaps.keep(image.name, {}, test::scoredPart(image, 0, false));
    fixture.content.pictures = &withoutMaps;
    const std::string page = pageOf(fixture.content);
    CHECK(test::faultOf(page) == "");
    CHECK(countOf(page, "data:image/jpeg") == 8);
    CHECK(has(test::textOf(page), "has no anomaly map"));
    CHECK(has(test::textOf(page), "1 not labelled"));
}

TEST_CASE("ten thousand images fold into one table, and the page stays of a size that opens") {
    test::ReportFixture fixture(9'800, 200, true);
    fixture.content.pictures = nullptr;
    const std::string page = pageOf(fixture.content);
    CHECK(has(page, "<details>"));
    CHECK(countOf(page, "<tr>") > 10'000);
    CHECK(page.size() < 5'000'000);
}

TEST_CASE("a report that cannot be written leaves nothing, and one without a model is refused") {
    test::TemporaryFolder folder;
    const test::ReportFixture fixture(2, 2, true);
    CHECK_THROWS_AS(writeHtml(folder / "none/report.html", composeReport(fixture.content), {}), engine::Error);
    CHECK_THROWS_AS(composeReport(ReportContent{}), engine::Error);
    CHECK(std::filesystem::is_empty(folder.path()));
}
