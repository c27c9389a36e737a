// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <sys/resource.h>

#include "app/services/report/compose.h"
#include "app/services/report/csv_writer.h"
#include "app/services/report/html_writer.h"
#include "app/services/report/pdf/pdf_writer.h"
#include "app/services/report/pdf/surroundings.h"
#include "app/services/report/xlsx_writer.h"
#include "tests/app/services/report/report_fixture.h"
#include "tests/support/sanitizer.h"

using namespace services;

namespace {

std::int64_t peakMegabytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

}  // namespace

TEST_CASE("a report on ten thousand images is written piece by piece") {
    const PdfSurroundings surroundings;
    test::ReportFixture fixture(9'700, 300, true);
    ReportPictures pictures(fixture.model);
    for (const engine::ImageResult& image : fixture.evaluation.images) {
        engine::ImageItem item;
        item.name = image.name;
        item.label = image.label;
        if (image.verdict != engine::Verdict::Pass) pictures.consider(item, test::scoredPart(image, 0, true));
    }
    CHECK(pictures.byName().size() > 300);
    fixture.content.pictures = &pictures;
    const Document document = composeReport(fixture.content);
    test::TemporaryFolder folder;
    std::int64_t reports = 0;
    const engine::RunContext context({}, [&](const engine::Progress&) { ++reports; });
    writeHtml(folder / "r.html", document, context);
    writeCsv(folder / "r.csv", document, context);
    writeXlsx(folder / "r.xlsx", document, context);
    writePdf(folder / "r.pdf", document, PaperSize::A4, context);
    CHECK(reports > 50'000);
    CHECK((test::sanitized || peakMegabytes() < 500));
    for (const auto& file : std::filesystem::directory_iterator(folder.path()))
        UNSCOPED_INFO(file.path().filename() << " " << file.file_size());
    CHECK(std::filesystem::file_size(folder / "r.xlsx") > 100'000);
}
