// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>
#include <csignal>

#include "app/services/inspection/project_snapshot.h"
#include "engine/core/error.h"
#include "tests/app/services/reporting/reporting_fixture.h"
#include "tests/support/small_disk.h"

using services::ReportFormat;

namespace {

std::string contentOf(const QString& file) {
    return test::contentOf(file.toStdString());
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
        services::writeProjectReport(request, fixture.source(), fixture.maps(), fixture.engine(), {})->publish();
        FAIL("a report larger than the disk was written");
    } catch (const engine::Error& error) {
        CHECK(error.code() == engine::ErrorCode::WriteFailed);
        CHECK_THAT(error.what(), Catch::Contains("disk is full"));
    }
    CHECK(std::filesystem::is_empty(fixture.at("out")));
}

TEST_CASE("Files of a report are in nobody's way before they are published, and gone if they never are") {
    test::TemporaryFolder folder;
    const auto name = QStringLiteral("r");
    const auto place = QString::fromStdString(folder.path().string());
    {
        services::ReportFiles files(place, name, {ReportFormat::Html}, services::ReportFiles::Existing::Keep);
        files.write({}, services::PaperSize::A4, {});
        CHECK_FALSE(std::filesystem::exists(folder / "r.html"));
    }
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("What a killed program left of a report is removed by the next, what is being made is not") {
    test::TemporaryFolder folder;
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const services::DraftFolder draft(folder.path());
        std::filesystem::create_directory(draft.path() / "half");
        ::kill(::getpid(), SIGKILL);
    }
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    REQUIRE(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
    const services::DraftFolder first(folder.path());
    const services::DraftFolder second(folder.path());
    CHECK(std::filesystem::exists(first.path()));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("Of a report in two formats none is left if the second finds no place") {
    test::TemporaryFolder folder;
    std::filesystem::create_directories(folder / "r.pdf");
    services::ReportFiles files(QString::fromStdString(folder.path().string()), QStringLiteral("r"),
                                {ReportFormat::Html, ReportFormat::Pdf}, services::ReportFiles::Existing::Replace);
    files.write({}, services::PaperSize::A4, {});
    CHECK_THROWS_AS(files.publish(), engine::Error);
    CHECK_FALSE(std::filesystem::exists(folder / "r.html"));
    CHECK(std::filesystem::is_directory(folder / "r.pdf"));
}

TEST_CASE("A report of a project whose maps were deleted scores anew what it shows") {
    test::ReportingFixture fixture;
    fixture.train();
    const auto request = fixture.request("out", {ReportFormat::Html});
    const auto write = [&] {
        const auto files =
            services::writeProjectReport(request, fixture.source(), fixture.maps(), fixture.engine(), {})->publish();
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
    const auto files =
        services::writeProjectReport(plain, fixture.source(), fixture.maps(), fixture.engine(), {})->publish();
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
    const auto files =
        services::writeProjectReport(request, fixture.source(), fixture.maps(), fixture.engine(), {})->publish();
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
