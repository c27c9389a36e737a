// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <set>

#include "engine/detector/model.h"
#include "tests/support/thread_clock.h"
#include "tests/ui/training/training_fixture.h"

using engine::Label;
using engine::Split;
using services::JobId;
using services::JobProgress;
using services::JobRunner;
using services::JobState;

namespace {

bool learnedFrom(const services::ImageRecord& image) {
    return image.split == Split::Train && image.label == Label::Good;
}

int scoredCount(const services::Project& project) {
    int count = 0;
    for (const auto& image : project.images()) count += image.isScored() ? 1 : 0;
    return count;
}

QStringList modelFiles(services::Project& project) {
    return QDir(project.modelFolder()).entryList(QDir::Files | QDir::Hidden);
}

engine::OperatingPoint pointInFile(const services::Project& project) {
    return engine::readModelInfo(project.currentModel()->file.toStdString()).operatingPoint;
}

void spoil(const QString& path) {
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("this is no image");
}

// Cancels the training as soon as the stage is reported.
void cancelAt(test::TrainingFixture& fixture, const QString& stage, QObject* context) {
    QObject::connect(&fixture.jobs(), &JobRunner::progressed, context,
                     [&fixture, stage](JobId id, const JobProgress& progress) {
                         if (progress.stage == stage) fixture.jobs().cancel(id);
                     });
}

}  // namespace

TEST_CASE("training ends in a model with an operating point and a score for every image") {
    test::TrainingFixture fixture;
    fixture.train();
    auto& project = fixture.project();
    const auto* model = project.currentModel();
    REQUIRE(model != nullptr);
    CHECK(model->goodScores.size() == 12);
    CHECK(model->goodMapMaxima.size() == 12);
    CHECK(model->folds == 5);
    CHECK(model->mapHigh > model->mapLow);
    CHECK(model->name.startsWith(QStringLiteral("PatchCore \u00B7 ")));
    REQUIRE(model->operatingPoint.fail.has_value());
    CHECK(model->operatingPoint.rule == "false-reject");
    CHECK(*pointInFile(project).fail == *model->operatingPoint.fail);

    std::multiset<double> own;
    for (const auto& image : project.images()) {
        INFO(image.name.toStdString());
        CHECK(image.isScored());
        const auto map = fixture.maps().read(model->id, image.id);
        // An image that the bank holds is judged by other banks, and has no map.
        CHECK(map.has_value() != learnedFrom(image));
        if (learnedFrom(image)) own.insert(image.score);
        if (map) CHECK(map->largest > 0);
    }
    CHECK(own == std::multiset<double>(model->goodScores.begin(), model->goodScores.end()));
    const auto& summary = fixture.inspector().lastSummary();
    CHECK(summary.model == model->id);
    CHECK(summary.trainingImages == 12);
    CHECK(summary.scoredImages == 20);
    CHECK(summary.unreadable == 0);
    CHECK(summary.modelBytes == QFile(model->file).size());
    CHECK(fixture.inspector().missingScores() == 0);
}

TEST_CASE("training goes by the labels as they are now") {
    test::TrainingFixture fixture;
    auto& project = fixture.project();
    std::vector<services::ImageId> relabelled;
    for (const auto& image : project.images())
        if (learnedFrom(image) && relabelled.size() < 3) relabelled.push_back(image.id);
    project.setLabels(relabelled, Label::Defect, QStringLiteral("odd"));
    fixture.train();
    const auto info = engine::readModelInfo(project.currentModel()->file.toStdString());
    CHECK(info.training.size() == 9);
    for (const auto id : relabelled) {
        const auto& image = project.images()[static_cast<std::size_t>(project.rowOf(id))];
        CHECK(image.isScored());
        CHECK(fixture.maps().read(project.currentModel()->id, id).has_value());
    }
}

TEST_CASE("verdicts appear while images are scored") {
    test::TrainingFixture fixture({.train = 6, .good = 30, .blot = 30});
    QObject context;
    int scoredBeforeTheEnd = 0;
    bool hasPoint = false;
    QObject::connect(&fixture.jobs(), &JobRunner::progressed, &context, [&](JobId, const JobProgress& progress) {
        if (progress.stage != QStringLiteral("score") || progress.done >= progress.total) return;
        scoredBeforeTheEnd = std::max(scoredBeforeTheEnd, scoredCount(fixture.project()));
        hasPoint = fixture.project().operatingPoint().fail.has_value();
    });
    fixture.train();
    CHECK(scoredBeforeTheEnd >= 6);
    CHECK(hasPoint);
}

TEST_CASE("a cancel while it learns is answered within 0.2 s and leaves nothing behind") {
    test::TrainingFixture fixture({.train = 60});
    QSignalSpy cancelled(&fixture.inspector(), &services::Inspector::trainingCancelled);
    auto request = fixture.quickRequest();
    request.sizePx = 256;
    bool reported = false;
    QObject context;
    QObject::connect(&fixture.jobs(), &JobRunner::progressed, &context, [&] { reported = true; });
    const JobId job = fixture.inspector().train(request);
    REQUIRE(QTest::qWaitFor([&] { return reported; }, 30000));
    QElapsedTimer clock;
    clock.start();
    QSignalSpy states(&fixture.jobs(), &JobRunner::stateChanged);
    fixture.jobs().cancel(job);
    REQUIRE(states.size() == 1);
    CHECK(states[0][1].value<JobState>() == JobState::Cancelling);
    CHECK(clock.elapsed() < 200);
    REQUIRE(fixture.waitIdle());
    WARN("cancel: acknowledged at once, ended after " << clock.elapsed() << " ms");
    CHECK(cancelled.size() == 1);
    CHECK_FALSE(fixture.inspector().isTraining());
    CHECK(fixture.project().models().empty());
    CHECK(modelFiles(fixture.project()).isEmpty());
}

TEST_CASE("cancelled while scoring, the model stays and the rest is scored later, after a restart too") {
    test::TrainingFixture fixture({.train = 6, .good = 60, .blot = 60});
    {
        QObject context;
        cancelAt(fixture, QStringLiteral("score"), &context);
        fixture.inspector().train(fixture.quickRequest());
        REQUIRE(fixture.waitIdle());
    }
    REQUIRE(fixture.project().currentModel() != nullptr);
    const int missing = fixture.inspector().missingScores();
    REQUIRE(missing > 0);
    CHECK(scoredCount(fixture.project()) == 126 - missing);
    const auto model = fixture.project().currentModel()->id;

    fixture.close();
    REQUIRE(fixture.waitIdle());
    fixture.open(true);
    CHECK(fixture.inspector().isBusy());
    REQUIRE(fixture.waitIdle());
    CHECK(fixture.project().currentModel()->id == model);
    CHECK(fixture.inspector().missingScores() == 0);
    CHECK(scoredCount(fixture.project()) == 126);
    CHECK(fixture.inspector().scoreMissing() == 0);  // nothing to do
}

TEST_CASE("scores of the bank's own images that were lost are cross-validated again") {
    test::TrainingFixture fixture;
    fixture.train();
    std::map<QString, double> before;
    for (const auto& image : fixture.project().images()) before[image.name] = image.score;
    const auto record = *fixture.project().currentModel();
    // The same file as another model, whose scores nobody has written yet: what a kill at the wrong moment leaves.
    fixture.project().addModel(record);
    REQUIRE(fixture.inspector().missingScores() == 20);
    fixture.inspector().scoreMissing();
    REQUIRE(fixture.waitIdle());
    for (const auto& image : fixture.project().images()) {
        INFO(image.name.toStdString());
        CHECK(image.score == Approx(before[image.name]).epsilon(1e-6));
    }
}

TEST_CASE("without a good image, or without the folder, training says what to do") {
    test::TrainingFixture fixture;
    QSignalSpy failed(&fixture.inspector(), &services::Inspector::trainingFailed);
    SECTION("no good image") {
        std::vector<services::ImageId> ids;
        for (const auto& image : fixture.project().images()) ids.push_back(image.id);
        fixture.project().setLabels(ids, Label::Unlabelled);
        fixture.inspector().train(fixture.quickRequest());
        REQUIRE(fixture.waitIdle());
        REQUIRE(failed.size() == 1);
        CHECK(failed[0][0].toString().contains(QStringLiteral("Label")));
    }
    SECTION("the folder is gone") {
        REQUIRE(QDir().rename(fixture.imageFolder(), fixture.at("elsewhere")));
        fixture.inspector().train(fixture.quickRequest());
        REQUIRE(fixture.waitIdle());
        REQUIRE(failed.size() == 1);
        CHECK(failed[0][0].toString().contains(fixture.imageFolder()));
        CHECK(failed[0][0].toString().contains(QStringLiteral("drive")));
    }
    SECTION("there are no weights") {
        auto request = fixture.quickRequest();
        request.backbone = QStringLiteral("resnet34");
        fixture.inspector().train(request);
        REQUIRE(fixture.waitIdle());
        REQUIRE(failed.size() == 1);
        CHECK(failed[0][0].toString().contains(QStringLiteral("Train page")));
    }
    SECTION("the weights are of another network") {
        auto request = fixture.quickRequest();
        request.backbone = QStringLiteral("resnet50");
        request.weightsFile = fixture.at("weights/resnet18.safetensors");
        fixture.inspector().train(request);
        REQUIRE(fixture.waitIdle());
        REQUIRE(failed.size() == 1);
        CHECK(failed[0][0].toString().contains(QStringLiteral("resnet50")));
    }
    CHECK(fixture.project().models().empty());
    CHECK(modelFiles(fixture.project()).isEmpty());
    CHECK_FALSE(fixture.inspector().isTraining());
}

TEST_CASE("many unreadable images are marked one by one and told in one sentence") {
    test::TrainingFixture fixture({.train = 8, .good = 60, .blot = 4});
    int spoiled = 0;
    for (const auto& image : fixture.project().images())
        if (image.name.startsWith(QStringLiteral("test/good")) || image.name == QStringLiteral("train/good/003.png")) {
            spoil(image.path);
            ++spoiled;
        }
    REQUIRE(spoiled == 61);
    QSignalSpy warned(&fixture.jobs(), &JobRunner::warned);
    fixture.train();
    int told = 0;
    for (const auto& warning : warned)
        told += warning[1].toString().contains(QStringLiteral("could not be read")) ? 1 : 0;
    CHECK(told == 1);
    CHECK(warned.last()[1].toString().contains(QStringLiteral("read: 61.")));
    int marked = 0;
    for (const auto& image : fixture.project().images()) marked += image.failure.isEmpty() ? 0 : 1;
    CHECK(marked == 61);
    CHECK(fixture.inspector().missingScores() == 0);  // they are not tried for ever
    CHECK(fixture.inspector().lastSummary().unreadable == 61);
    CHECK(fixture.inspector().lastSummary().scoredImages == 11);
}

TEST_CASE("a single good image gives a model without cross-validated scores, and no score by its own bank") {
    test::TrainingFixture fixture({.train = 1, .good = 2, .blot = 2});
    fixture.train();
    CHECK(fixture.project().currentModel()->folds == 0);
    CHECK_FALSE(fixture.project().operatingPoint().fail.has_value());
    for (const auto& image : fixture.project().images()) CHECK(image.isScored() != learnedFrom(image));
    CHECK(fixture.inspector().missingScores() == 0);
}

TEST_CASE("the model's file follows the operating point once it is set, not while a hand moves it") {
    test::TrainingFixture fixture;
    fixture.train();
    auto& project = fixture.project();
    const double was = *pointInFile(project).fail;
    auto point = project.operatingPoint();
    point.fail = was + 1;
    project.previewOperatingPoint(point);
    QTest::qWait(500);  // longer than the delay after which it would be written
    REQUIRE(fixture.waitIdle());
    CHECK(*pointInFile(project).fail == was);
    point.fail = was + 2;
    point.rule = "manual";
    project.setOperatingPoint(point);
    REQUIRE(QTest::qWaitFor([&] { return *pointInFile(project).fail == was + 2; }));
    project.undoStack()->undo();
    REQUIRE(QTest::qWaitFor([&] { return *pointInFile(project).fail == was; }));
}

TEST_CASE("a file that a killed window left behind the project catches up") {
    test::TrainingFixture fixture;
    fixture.train();
    const double fail = *fixture.project().operatingPoint().fail;
    fixture.close();
    REQUIRE(fixture.waitIdle());
    fixture.open();
    const auto file = fixture.project().currentModel()->file.toStdString();
    engine::writeOperatingPoint(file, {});
    REQUIRE(QTest::qWaitFor([&] { return engine::readModelInfo(file).operatingPoint.fail == fail; }));
}

TEST_CASE("of several estimates only the last one is answered") {
    test::TrainingFixture fixture;
    QSignalSpy estimated(&fixture.inspector(), &services::Inspector::estimated);
    auto request = fixture.quickRequest();
    for (const int size : {256, 128, 64}) {
        request.sizePx = size;
        fixture.inspector().estimate(request);
    }
    REQUIRE(fixture.waitIdle());
    REQUIRE(estimated.size() == 1);
    const auto estimate = estimated[0][0].value<services::TrainEstimate>();
    CHECK(estimate.fit.images == 12);
    CHECK(estimate.fit.candidates == 12 * 8 * 8);  // 64 pixels squared, a cell every 8
    CHECK(estimate.seconds > 0);
    CHECK(estimate.seconds >= estimate.fit.seconds);
    CHECK(estimate.fit.modelBytes > 0);
}

TEST_CASE("a project that is closed while it trains is left alone, and the work ends") {
    test::TrainingFixture fixture({.train = 40, .good = 40, .blot = 4});
    QObject context;
    QString stage;
    QObject::connect(&fixture.jobs(), &JobRunner::progressed, &context,
                     [&](JobId, const JobProgress& progress) { stage = progress.stage; });
    const auto wanted = GENERATE(as<QString>(), QStringLiteral("features"), QStringLiteral("score"));
    fixture.inspector().train(fixture.quickRequest());
    REQUIRE(QTest::qWaitFor([&] { return stage == wanted; }, 30000));
    fixture.close();
    REQUIRE(fixture.waitIdle());
    fixture.open();
    CHECK(fixture.project().models().size() == (wanted == QStringLiteral("score") ? 1U : 0U));
    CHECK(modelFiles(fixture.project()).size() == static_cast<qsizetype>(fixture.project().models().size()));
}

TEST_CASE("training puts an end to the scoring with the model before") {
    test::TrainingFixture fixture({.train = 6, .good = 60, .blot = 60});
    fixture.train();
    const auto record = *fixture.project().currentModel();
    fixture.project().addModel(record);
    const JobId scoring = fixture.inspector().scoreMissing();
    REQUIRE(scoring != 0);
    QSignalSpy states(&fixture.jobs(), &JobRunner::stateChanged);
    fixture.train();
    bool cancelled = false;
    for (const auto& state : states)
        cancelled |= state[0].value<JobId>() == scoring && state[1].value<JobState>() == JobState::Cancelled;
    CHECK(cancelled);
    CHECK(fixture.project().models().size() == 3);
    CHECK(fixture.inspector().missingScores() == 0);
}

TEST_CASE("a read-only project is not trained") {
    test::TrainingFixture fixture;
    services::Project second(services::openProject(fixture.projectFolder(), engine::RunContext()));
    REQUIRE(second.isReadOnly());
    services::Inspector inspector(&second, &fixture.jobs(), fixture.maps(), fixture.inspector().weights());
    QSignalSpy failed(&inspector, &services::Inspector::trainingFailed);
    CHECK(inspector.train(fixture.quickRequest()) == 0);
    REQUIRE(failed.size() == 1);
    CHECK(failed[0][0].toString() == second.readOnlyReason());
}
