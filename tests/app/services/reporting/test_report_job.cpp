// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "app/services/inspection/project_snapshot.h"
#include "app/services/reporting/report_files.h"
#include "engine/core/error.h"
#include "tests/app/services/reporting/reporting_fixture.h"
#include "tests/support/small_disk.h"

using services::ReportFormat;

namespace {

std::string contentOf(const QString& file) {
    std::ifstream stream(file.toStdString(), std::ios::binary);
    std::stringstream content;
    content << stream.rdbuf();
    return content.str();
}

}  // namespace

TEST_CASE("A report is stopped in every stage, and leaves nothing") {
    test::ReportingFixture fixture;
    fixture.train();
    const std::string stage = GENERATE("evaluate", "pictures", "report");
    std::stop_source stop;
    bool reached = false;
    const engine::RunContext context(stop.get_token(), [&](const engine::Progress& progress) {
        if (progress.stage != stage) return;
        reached = true;
        stop.request_stop();
    });
    const auto request = fixture.request("out", {ReportFormat::Csv, ReportFormat::Html});
    CHECK_THROWS_AS(services::writeProjectReport(request, fixture.source(), fixture.maps(), fixture.engine(), context),
                    engine::Cancelled);
    CHECK(reached);
    CHECK(std::filesystem::is_empty(fixture.at("out")));
}

TEST_CASE("A report on a full disk says so, and leaves nothing") {
    test::ReportingFixture fixture;
    fixture.train();
    const test::SmallDisk disk(fixture.at("out"), 64);
    if (!disk.ok()) return;
    const auto request = fixture.request("out", {ReportFormat::Csv, ReportFormat::Html, ReportFormat::Pdf});
    try {
        services::writeProjectReport(request, fixture.source(), fixture.maps(), fixture.engine(), {});
        FAIL("a report larger than the disk was written");
    } catch (const engine::Error& error) {
        CHECK(error.code() == engine::ErrorCode::WriteFailed);
        CHECK_THAT(error.what(), Catch::Contains("disk is full"));
    }
    CHECK(std::filesystem::is_empty(fixture.at("out")));
}

TEST_CASE("Of a report in two formats none is left if the second finds no place") {
    test::TemporaryFolder folder;
    std::filesystem::create_directories(folder / "r.html");
    services::ReportFiles files(QString::fromStdString(folder.path().string()), QStringLiteral("r"),
                                {ReportFormat::Csv, ReportFormat::Html}, services::ReportFiles::Existing::Replace);
    CHECK_THROWS_AS(files.write({}, services::PaperSize::A4, {}), engine::Error);
    CHECK_FALSE(std::filesystem::exists(folder / "r.csv"));
    CHECK(std::filesystem::is_directory(folder / "r.html"));
}

TEST_CASE("A report of a project whose maps were deleted scores anew what it shows") {
    test::ReportingFixture fixture;
    fixture.train();
    const auto request = fixture.request("out", {ReportFormat::Html});
    const auto write = [&] {
        const auto files =
            services::writeProjectReport(request, fixture.source(), fixture.maps(), fixture.engine(), {});
        REQUIRE(files.size() == 1);
        const std::string html = contentOf(files.front());
        int pictures = 0;
        for (auto at = html.find("data:image/jpeg"); at != std::string::npos; at = html.find("data:image/jpeg", at + 1))
            ++pictures;
        return pictures;
    };
    CHECK(write() == 16);
    fixture.maps().remove(fixture.project().currentModel()->id);
    CHECK(write() == 16);
    auto plain = request;
    plain.pictures = services::PicturedImages::None;
    const auto files = services::writeProjectReport(plain, fixture.source(), fixture.maps(), fixture.engine(), {});
    CHECK(contentOf(files.front()).find("data:image/jpeg") == std::string::npos);
    CHECK(files.front().endsWith(QStringLiteral("report (3).html")));
}

TEST_CASE("The history of the cuts is that of this model alone, in order, and begins with the training") {
    test::ReportingFixture fixture;
    fixture.train();
    auto point = fixture.project().operatingPoint();
    point.fail = 4711;
    fixture.project().setOperatingPoint(point);
    fixture.train();
    point = fixture.project().operatingPoint();
    point.rule = "manual";
    for (const double fail : {1.25, 2.5}) {
        point.fail = fail;
        fixture.project().setOperatingPoint(point);
    }
    const auto request = fixture.request("out", {ReportFormat::Html});
    const auto files = services::writeProjectReport(request, fixture.source(), fixture.maps(), fixture.engine(), {});
    const std::string html = contentOf(files.front());
    const auto trained = html.find(">training<");
    const auto first = html.find("fail 1.25");
    const auto second = html.find("fail 2.5");
    REQUIRE(second != std::string::npos);
    CHECK(trained < first);
    CHECK(first < second);
    CHECK(html.find("fail 4711") == std::string::npos);
    // What the file of the model says is what the report says.
    CHECK(engine::readModelInfo(fixture.project().currentModel()->file.toStdString()).operatingPoint.fail == 2.5);
}
