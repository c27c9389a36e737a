// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <regex>

#include "app/services/report/compose.h"
#include "app/services/report/pdf/pdf_writer.h"
#include "app/services/report/pdf/surroundings.h"
#include "app/services/report/pdf/write_report.h"
#include "engine/core/error.h"
#include "tests/app/services/report/reading.h"
#include "tests/app/services/report/report_fixture.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

std::string hexOf(const std::string& ascii) {
    std::string out;
    for (const char c : ascii) {
        char digits[8];
        std::snprintf(digits, sizeof digits, "%04X", static_cast<unsigned>(c));
        out += digits;
    }
    return out;
}

// Every entry of the table of references points at the object of its number.
bool tableHolds(const std::string& pdf) {
    const auto start = static_cast<std::size_t>(std::stoll(pdf.substr(pdf.rfind("startxref") + 10)));
    if (pdf.compare(start, 7, "xref\n0 ") != 0) return false;
    const int count = std::stoi(pdf.substr(start + 7));
    std::size_t line = pdf.find('\n', start + 5) + 1;
    for (int i = 0; i < count; ++i, line += 20) {
        if (i == 0) continue;
        const auto offset = static_cast<std::size_t>(std::stoll(pdf.substr(line, 10)));
        const std::string expected = std::to_string(i) + " 0 obj";
        if (pdf.compare(offset, expected.size(), expected) != 0) return false;
    }
    return pdf.compare(line, 7, "trailer") == 0;
}

}  // namespace

TEST_CASE("a PDF has author, time, bookmarks and links, in a file that holds together") {
    const PdfSurroundings surroundings;
    const test::ReportFixture fixture(20, 10, true);
    test::TemporaryFolder folder;
    const Document document = composeReport(fixture.content);
    writePdf(folder / "r.pdf", document, PaperSize::A4, {});
    const std::string pdf = test::contentOf(folder / "r.pdf");
    CHECK(pdf.substr(0, 5) == "%PDF-");
    CHECK(tableHolds(pdf));
    CHECK(test::has(pdf, "/Author <FEFF" + hexOf("Q. Engineer") + ">"));
    CHECK(test::has(pdf, "/Title <FEFF" + hexOf("Bottle line 3") + ">"));
    CHECK(test::countOf(pdf, "(D:20261125124005+09'00')") == 2);
    for (const Section& section : document.sections) {
        INFO(section.title);
        CHECK(test::has(pdf, "/Title <FEFF" + hexOf(section.title) + ">"));
    }
    CHECK(test::countOf(pdf, "/Subtype /Link") == document.sections.size());
    CHECK(test::has(pdf, "/MediaBox [0 0 595"));
    writePdf(folder / "letter.pdf", document, PaperSize::Letter, {});
    CHECK(test::has(test::contentOf(folder / "letter.pdf"), "/MediaBox [0 0 612.000000 792.000000]"));
}

TEST_CASE("the same document gives the same PDF") {
    const PdfSurroundings surroundings;
    test::ReportFixture fixture(6, 4, true);
    fixture.evaluation.images[2].name = "\uB355\uC18C/\u5DE5\u5382.png";
    test::TemporaryFolder folder;
    writePdf(folder / "a.pdf", composeReport(fixture.content), PaperSize::A4, {});
    writePdf(folder / "b.pdf", composeReport(fixture.content), PaperSize::A4, {});
    CHECK(test::contentOf(folder / "a.pdf") == test::contentOf(folder / "b.pdf"));
}

TEST_CASE("poppler reads the text of a PDF, and every font is in it") {
    if (!test::hasProgram("pdftotext")) return test::skip("poppler-utils is not installed");
    if (test::outputOf("fc-list :lang=ja").empty()) return test::skip("no font for Chinese, Japanese and Korean");
    const PdfSurroundings surroundings;
    test::ReportFixture fixture(20, 10, true);
    // None of them a radical too: of two characters with one glyph Qt notes the first, which reads back as the radical.
    fixture.evaluation.images[0].name = "\u4E2D\u56FD/\u691C\u67FB.png";
    fixture.evaluation.images[1].name = "\uD55C\uAD6D\uC5B4.png";
    fixture.evaluation.failures = {{"/data/broken.png", "/data/broken.png: ends too early; copy it again"}};
    test::TemporaryFolder folder;
    writePdf(folder / "r.pdf", composeReport(fixture.content), PaperSize::A4, {});
    const std::string file = (folder / "r.pdf").string();
    const std::string text = test::outputOf("pdftotext -layout " + file + " -");
    for (const std::string part :
         {"Bottle line 3", "Contents", "Made 2026-11-25 12:40:05 (UTC+09:00) by Q. Engineer", "Page 1 of ", "patchcore",
          "efficientnet_lite0", "ends too early; copy it again", "cross-validated in 5 folds",
          "\u4E2D\u56FD/\u691C\u67FB.png", "\uD55C\uAD6D\uC5B4.png", "Approved by", "0.9421", "scratch"}) {
        INFO(part);
        CHECK(test::has(text, part));
    }
    for (const engine::ImageResult& image : fixture.evaluation.images) CHECK(test::has(text, image.name));

    const std::string information = test::outputOf("pdfinfo " + file);
    CHECK(test::has(information, "Author:          Q. Engineer"));
    const int pages = std::stoi(information.substr(information.find("Pages:") + 6));
    CHECK(test::has(text, "Page " + std::to_string(pages) + " of " + std::to_string(pages)));
    CHECK_FALSE(test::has(text, "Page " + std::to_string(pages + 1)));

    // Behind two lines of heading: name, type, encoding, embedded, subset, has Unicode.
    const std::string fonts = test::outputOf("pdffonts " + file);
    std::size_t embedded = 0;
    const std::regex yes("\\s(yes|no)\\s+(yes|no)\\s+(yes|no)\\s+\\d+\\s+\\d+");
    for (std::sregex_iterator i(fonts.begin(), fonts.end(), yes), end; i != end; ++i) {
        CHECK((*i)[1] == "yes");
        CHECK((*i)[3] == "yes");
        ++embedded;
    }
    CHECK(embedded >= 2);
}

TEST_CASE("a PDF that is cancelled leaves nothing") {
    const PdfSurroundings surroundings;
    const test::ReportFixture fixture(20, 10, true);
    const Document document = composeReport(fixture.content);
    test::TemporaryFolder folder;
    std::stop_source stop;
    std::int64_t last = 0;
    const engine::RunContext context(stop.get_token(), [&](const engine::Progress& progress) {
        CHECK(progress.done >= last);
        last = progress.done;
        if (progress.done > 40) stop.request_stop();
    });
    CHECK_THROWS_AS(writePdf(folder / "r.pdf", document, PaperSize::A4, context), engine::Cancelled);
    CHECK_THROWS_AS(writePdf(folder / "none/r.pdf", document, PaperSize::A4, {}), engine::Error);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("the format of a report is told by its name") {
    CHECK(reportFormatOf("a.pdf") == ReportFormat::Pdf);
    CHECK(reportFormatOf("a.b/A.HTML") == ReportFormat::Html);
    CHECK(reportFormatOf("a.csv") == ReportFormat::Csv);
    CHECK(reportFormatOf("a.xlsx") == ReportFormat::Xlsx);
    CHECK_FALSE(reportFormatOf("a.doc"));
    CHECK_FALSE(reportFormatOf("pdf"));
}

TEST_CASE("a heading stands on the page of its first pictures") {
    if (!test::hasProgram("pdftotext")) return test::skip("poppler-utils is not installed");
    const PdfSurroundings surroundings;
    test::TemporaryFolder folder;
    auto spool = std::make_shared<PictureSpool>();
    const SpooledPicture picture = spool->add(cv::Mat(96, 128, CV_8UC3, cv::Scalar(90, 120, 150)));
    // Wherever on the page the heading comes to stand.
    for (int lines = 30; lines < 60; ++lines) {
        Document document;
        document.title = "Pictures";
        document.spool = spool;
        Section section{.id = "parts", .title = "Parts", .blocks = {}};
        for (int i = 0; i < lines; ++i) section.blocks.emplace_back(Paragraph{Text("A line.")});
        section.blocks.emplace_back(Heading{"Rejected"});
        section.blocks.emplace_back(
            Gallery{{Plate{{picture, picture}, {"a", "b"}, Text("first.png"), Text("fail"), Text("scratch")}}});
        document.sections = {section};
        writePdf(folder / "r.pdf", document, PaperSize::A4, {});
        const std::string text = test::outputOf("pdftotext -layout " + (folder / "r.pdf").string() + " -");
        INFO(lines);
        const auto heading = text.rfind("Rejected");
        const auto first = text.find("first.png");
        REQUIRE(heading != std::string::npos);
        REQUIRE(first != std::string::npos);
        REQUIRE(heading < first);
        CHECK(text.substr(heading, first - heading).find('\f') == std::string::npos);
    }
}
