// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "app/services/project/operating_point_json.h"
#include "tests/app/services/project/project_fixture.h"

using services::ImageScore;
using services::Project;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

std::vector<ImageScore> scoresOf(const Project& project, double first) {
    std::vector<ImageScore> scores;
    for (const auto& image : project.images()) scores.push_back({image.id, first++, {}});
    return scores;
}

}  // namespace

TEST_CASE("A model comes back bit for bit, with its scores and its failures") {
    const test::ProjectFolder folder(4);
    auto project = folder.open();
    QSignalSpy models(project.get(), &Project::modelsChanged), current(project.get(), &Project::currentModelChanged),
        scores(project.get(), &Project::scoresChanged), points(project.get(), &Project::operatingPointChanged);
    services::ModelRecord model = test::makeModel(*project, QStringLiteral("PatchCore · 21 Nov 14:02"));
    model.fitSeconds = 1.0 / 3;
    project->addModel(model);
    CHECK(models.count() == 1);
    CHECK(current.count() == 1);
    CHECK(points.count() == 1);
    CHECK(scores.takeLast().first().value<QVector<int>>().isEmpty());
    const services::ModelId id = project->currentModel()->id;
    CHECK(id > 0);

    auto batch = scoresOf(*project, 0.1);
    batch[2] = {batch[2].image, notANumber, QStringLiteral("the file is truncated; copy it again")};
    batch.push_back({4711, 3, {}});  // of no image
    project->addScores(id, {batch[0], batch[1]});
    CHECK(scores.takeLast().first().value<QVector<int>>() == QVector<int>{0, 1});
    project->addScores(id, {batch[2], batch[3], batch[4]});
    CHECK(scores.takeLast().first().value<QVector<int>>() == QVector<int>{2, 3});
    project->addScores(id + 5, batch);
    CHECK(scores.isEmpty());

    project.reset();
    const auto again = folder.open();
    const services::ModelRecord* back = again->currentModel();
    REQUIRE(back != nullptr);
    CHECK(back->id == id);
    CHECK(back->file == model.file);
    CHECK(back->name == model.name);
    CHECK(back->method == model.method);
    CHECK(back->created == model.created);
    CHECK(back->mapLow == model.mapLow);
    CHECK(back->mapHigh == model.mapHigh);
    CHECK(back->sixteenBitLow == model.sixteenBitLow);
    CHECK(back->sixteenBitHigh == model.sixteenBitHigh);
    CHECK(back->folds == 5);
    CHECK(back->fitSeconds == 1.0 / 3);
    CHECK_FALSE(back->imageTimes);
    CHECK(back->goodScores == model.goodScores);
    CHECK(back->goodMapMaxima == model.goodMapMaxima);
    CHECK(services::toJson(back->operatingPoint) == services::toJson(model.operatingPoint));
    CHECK(back->operatingPoint.failInterval->high == 2.1);
    CHECK(back->operatingPoint.expectedFalseRejects->count == 2);
    CHECK_FALSE(back->operatingPoint.review);
    CHECK(test::image(*again, 0).score == 0.1);
    CHECK(test::image(*again, 1).score == 1.1);
    CHECK_FALSE(test::image(*again, 2).isScored());
    CHECK(test::image(*again, 2).failure == batch[2].failure);
    CHECK(test::image(*again, 3).failure.isEmpty());
}

TEST_CASE("Each model has scores of its own, read back when it becomes the current one") {
    const test::ProjectFolder folder(4);
    auto project = folder.open();
    project->addModel(test::makeModel(*project, QStringLiteral("first")));
    const services::ModelId first = project->currentModel()->id;
    project->addScores(first, scoresOf(*project, 10));
    project->addModel(test::makeModel(*project, QStringLiteral("second")));
    const services::ModelId second = project->currentModel()->id;
    CHECK(second != first);
    CHECK_FALSE(test::image(*project, 0).isScored());
    project->addScores(second, {{test::image(*project, 1).id, 5, {}}});
    project->addScores(first, {{test::image(*project, 3).id, 99, {}}});  // that is not current: kept, not shown
    CHECK_FALSE(test::image(*project, 3).isScored());

    QSignalSpy scores(project.get(), &Project::scoresChanged);
    project->setCurrentModel(first);
    CHECK(scores.count() == 1);
    CHECK_FALSE(test::image(*project, 1).isScored());
    // What is found before the answer arrives is newer than the answer.
    project->addScores(first, {{test::image(*project, 2).id, 77, {}},
                               {test::image(*project, 1).id, notANumber, QStringLiteral("gone")}});
    REQUIRE(QTest::qWaitFor([&] { return scores.count() == 3; }));
    CHECK(scores.takeLast().first().value<QVector<int>>().isEmpty());
    CHECK(test::image(*project, 0).score == 10);
    CHECK(test::image(*project, 1).failure == QStringLiteral("gone"));
    CHECK_FALSE(test::image(*project, 1).isScored());
    CHECK(test::image(*project, 2).score == 77);
    CHECK(test::image(*project, 3).score == 99);

    // An answer that is overtaken by another change of the model is dropped.
    scores.clear();
    project->setCurrentModel(second);
    project->setCurrentModel(first);
    project->setCurrentModel(second);
    REQUIRE(QTest::qWaitFor([&] { return scores.count() == 4; }));
    CHECK_FALSE(test::image(*project, 0).isScored());
    CHECK(test::image(*project, 1).score == 5);
    project->setCurrentModel(12345);
    CHECK(project->currentModel()->id == second);

    project.reset();
    const auto again = folder.open();
    CHECK(again->currentModel()->id == second);
    CHECK(again->models().size() == 2);
    CHECK(test::image(*again, 1).score == 5);
}

TEST_CASE("A second model of a name gets another one, and the scores of any model can be asked for") {
    const test::ProjectFolder folder(3);
    auto project = folder.open();
    project->addModel(test::makeModel(*project, QStringLiteral("twin")));
    const services::ModelId first = project->currentModel()->id;
    QSignalSpy added(project.get(), &Project::scoresAdded), read(project.get(), &Project::scoresRead);
    project->addScores(first, scoresOf(*project, 3));
    for (int i = 0; i < 2; ++i) project->addModel(test::makeModel(*project, QStringLiteral("twin")));
    CHECK(project->models()[1].name == QStringLiteral("twin (2)"));
    CHECK(project->models()[2].name == QStringLiteral("twin (3)"));
    REQUIRE(added.size() == 1);
    CHECK(added.first().first().value<services::ModelId>() == first);

    const quint64 request = project->requestScores(first);
    CHECK(project->requestScores(project->currentModel()->id) != request);
    REQUIRE(QTest::qWaitFor([&] { return read.size() == 2; }));
    CHECK(read[0][0].value<quint64>() == request);
    const auto scores = read[0][1].value<std::vector<ImageScore>>();
    REQUIRE(scores.size() == 3);
    CHECK(scores[2].score == 5);
    CHECK(read[1][1].value<std::vector<ImageScore>>().empty());
}

TEST_CASE("A model without a range, a name or scores is kept as well") {
    const test::ProjectFolder folder(2);
    auto project = folder.open();
    services::ModelRecord model;
    model.mapLow = notANumber;
    model.mapHigh = std::numeric_limits<double>::infinity();
    project->addModel(model);
    REQUIRE(test::allWritten(*project));
    project.reset();
    const auto again = folder.open();
    REQUIRE(again->models().size() == 1);
    CHECK(again->models()[0].mapHigh == 1);
    CHECK(again->models()[0].goodScores.empty());
    CHECK(again->models()[0].created.isValid());
}

TEST_CASE("The text of an operating point") {
    engine::OperatingPoint point;
    CHECK(services::describe(point).isEmpty());
    point.fail = 1.95;
    point.review = 1.0 / 3;
    CHECK(services::describe(point) == QStringLiteral("fail 1.95, review 0.333333"));
    point.rule = "best-f1";
    CHECK(services::describe(point) == QStringLiteral("fail 1.95, review 0.333333 (best-f1)"));
    CHECK(services::operatingPointFromJson(services::toJson(point))->review == 1.0 / 3);
    CHECK_FALSE(services::operatingPointFromJson(QStringLiteral("[1]")));
    CHECK_FALSE(services::operatingPointFromJson(QStringLiteral("{\"fail\": 1")));
}

TEST_CASE("Each score comes back with the file that it is of, and the project knows the file that was read last") {
    const test::ProjectFolder folder(4);
    auto project = folder.open();
    const services::ImageId id = test::image(*project, 1).id;
    const services::FileVersion imported = test::image(*project, 1).file;
    REQUIRE(imported.isKnown());
    project->addModel(test::makeModel(*project, QStringLiteral("first")));
    const services::ModelId first = project->currentModel()->id;
    project->addScores(first, {{id, 1, {}}});
    CHECK(test::image(*project, 1).scoredFile == imported);

    const services::FileVersion later{imported.modifiedMs + 5000, 77};
    project->addModel(test::makeModel(*project, QStringLiteral("second")));
    project->addScores(project->currentModel()->id, {{id, 2, {}, later}});
    CHECK(test::image(*project, 1).scoredFile == later);
    CHECK(test::image(*project, 1).file == later);
    REQUIRE(test::allWritten(*project));
    project.reset();

    project = folder.open();
    CHECK(test::image(*project, 1).scoredFile == later);
    CHECK(test::image(*project, 1).file == later);
    CHECK(test::image(*project, 2).scoredFile == services::FileVersion());
    project->setCurrentModel(first);
    REQUIRE(QTest::qWaitFor([&] { return test::image(*project, 1).isScored(); }, 10'000));
    CHECK(test::image(*project, 1).scoredFile == imported);
    CHECK(test::image(*project, 1).file == later);
}
