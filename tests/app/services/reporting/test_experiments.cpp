// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QSignalSpy>
#include <catch2/catch.hpp>
#include <limits>

#include "app/services/reporting/comparison_export.h"
#include "engine/core/error.h"
#include "tests/app/services/reporting/reporting_fixture.h"

using services::Experiments;

namespace {

constexpr int patienceMs = 20'000;

bool workedOut(const Experiments& experiments, std::size_t models) {
    const auto& list = experiments.list();
    return !experiments.isBusy() && list.size() == models &&
           std::all_of(list.begin(), list.end(), [](const auto& e) { return e.evaluation || !e.fault.isEmpty(); });
}

}  // namespace

TEST_CASE("Experiments are worked out when somebody looks, and only anew where something has changed") {
    test::ReportingFixture fixture;
    fixture.train();
    Experiments experiments(&fixture.project(), fixture.maps());
    CHECK(experiments.list().empty());
    experiments.setActive(true);
    REQUIRE(QTest::qWaitFor([&] { return workedOut(experiments, 1); }, patienceMs));
    const auto first = experiments.list()[0];
    CHECK(first.evaluation->auroc);
    CHECK(first.evaluation->pixel.auroc);
    CHECK(first.unscored == 0);
    CHECK(first.bytes == QFile(first.record.file).size());

    // A cut changes what it does, and no metric.
    auto point = fixture.project().operatingPoint();
    point.fail = -1e6;
    point.review.reset();
    fixture.project().setOperatingPoint(point);
    REQUIRE(QTest::qWaitFor(
        [&] { return experiments.list()[0].falseRejects && experiments.list()[0].falseRejects->value == 1; },
        patienceMs));
    CHECK(experiments.list()[0].evaluation == first.evaluation);

    // A label changes them.
    const auto& images = fixture.project().images();
    const services::ImageId id = images.front().id;
    fixture.project().setLabels({&id, 1}, engine::Label::Unlabelled);
    REQUIRE(QTest::qWaitFor([&] { return experiments.list()[0].evaluation != first.evaluation; }, patienceMs));
    CHECK(experiments.list()[0].evaluation->good + experiments.list()[0].evaluation->defect == 7);

    // A model whose file is gone says so, and the others are not hindered.
    fixture.train(QStringLiteral("padim"));
    REQUIRE(QFile::remove(first.record.file));
    fixture.project().setLabels({&id, 1}, engine::Label::Good);
    REQUIRE(QTest::qWaitFor([&] { return workedOut(experiments, 2) && !experiments.list()[0].fault.isEmpty(); },
                            patienceMs));
    CHECK(experiments.list()[0].fault.contains(first.record.file));
    CHECK(experiments.list()[1].fault.isEmpty());
}

TEST_CASE("What a model has not scored is counted, and scored when asked for, whichever model is the current one") {
    test::ReportingFixture fixture;
    const services::ModelId first = fixture.train();
    const services::ModelId second = fixture.train(QStringLiteral("padim"));
    const auto lost = fixture.project().images().front();
    REQUIRE(lost.split == engine::Split::Test);
    fixture.project().addScores(first, {{lost.id, std::numeric_limits<double>::quiet_NaN(), {}}});
    Experiments experiments(&fixture.project(), fixture.maps());
    experiments.setActive(true);
    REQUIRE(QTest::qWaitFor([&] { return workedOut(experiments, 2); }, patienceMs));
    CHECK(experiments.find(first)->unscored == 1);
    CHECK(experiments.find(second)->unscored == 0);

    QSignalSpy compared(&experiments, &Experiments::compared);
    experiments.compare({first, second});
    REQUIRE(QTest::qWaitFor([&] { return compared.size() == 1; }, patienceMs));
    CHECK(compared.takeFirst().first().value<services::ModelComparisonPtr>()->comparison.leftOut == 1);

    fixture.inspector().scoreMissingBy(first);
    REQUIRE(QTest::qWaitFor([&] { return experiments.find(first)->unscored == 0; }, patienceMs));
    CHECK(fixture.project().currentModel()->id == second);
    REQUIRE(QTest::qWaitFor([&] { return !compared.isEmpty(); }, patienceMs));
    const auto now = compared.takeLast().first().value<services::ModelComparisonPtr>();
    REQUIRE(now);
    CHECK(now->comparison.leftOut == 0);
    CHECK(now->comparison.images.size() == 8);
    CHECK(now->images.at(lost.name.toStdString()) == lost.id);

    experiments.compare({first});
    REQUIRE(QTest::qWaitFor([&] { return !compared.isEmpty(); }, patienceMs));
    CHECK(compared.takeLast().first().value<services::ModelComparisonPtr>() == nullptr);
}

TEST_CASE("A comparison is written in the format of its ending, and not at all in another") {
    test::ReportingFixture fixture;
    const services::ModelId first = fixture.train();
    const services::ModelId second = fixture.train(QStringLiteral("padim"));
    Experiments experiments(&fixture.project(), fixture.maps());
    experiments.setActive(true);
    QSignalSpy compared(&experiments, &Experiments::compared);
    REQUIRE(QTest::qWaitFor([&] { return workedOut(experiments, 2); }, patienceMs));
    experiments.compare({first, second});
    REQUIRE(QTest::qWaitFor(
        [&] { return !compared.isEmpty() && compared.last().first().value<services::ModelComparisonPtr>(); },
        patienceMs));
    const auto comparison = compared.last().first().value<services::ModelComparisonPtr>();
    const auto images = services::storedModel(fixture.project());
    for (const char* name : {"cmp.pdf", "cmp.html", "cmp.csv", "cmp.xlsx"}) {
        services::ComparisonRequest request;
        request.file = QString::fromStdString(fixture.at(name).string());
        const auto files =
            services::writeComparison(request, *comparison, images, fixture.maps(), fixture.engine(), {});
        CHECK_FALSE(std::filesystem::exists(fixture.at(name)));
        CHECK(files->publish() == QStringList{request.file});
        CHECK(std::filesystem::file_size(fixture.at(name)) > 300);
    }
    services::ComparisonRequest request;
    request.file = QString::fromStdString(fixture.at("cmp.txt").string());
    CHECK_THROWS_AS(services::writeComparison(request, *comparison, images, fixture.maps(), fixture.engine(), {}),
                    engine::Error);
    CHECK_FALSE(std::filesystem::exists(fixture.at("cmp.txt")));
}
