// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QSignalSpy>
#include <QSpinBox>

#include "tests/support/thread_clock.h"
#include "tests/ui/training/training_fixture.h"
#include "ui/training/message_line.h"
#include "ui/training/training_form.h"
#include "ui/training/work_texts.h"

namespace {

void click(QAbstractButton* button) {
    REQUIRE(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
}

void setSize(test::TrainingFixture& fixture, int size) {
    fixture.find<QSpinBox>("sizeSpinBox")->setValue(size);
}

QString shownEstimate(test::TrainingFixture& fixture) {
    return fixture.find<QLabel>("trainingEstimate")->text();
}

}  // namespace

TEST_CASE("the panel says what training will cost before it starts") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    CHECK(fixture.find<QLabel>("trainingIntro")->text().contains(QStringLiteral("12")));
    setSize(fixture, 64);
    REQUIRE(
        QTest::qWaitFor([&] { return shownEstimate(fixture).startsWith(QStringLiteral("12\u00A0images")); }, 20000));
    const QString small = shownEstimate(fixture);
    CHECK(small.contains(QStringLiteral("about")));
    CHECK(small.contains(QStringLiteral("of\u00A0memory")));
    CHECK(small.contains(QStringLiteral("model")));
    // What it takes and what it needs have a line each: none ends in a dot, or within a part.
    const QStringList lines = small.split(QLatin1Char('\n'));
    REQUIRE(lines.size() == 2);
    for (const QString& line : lines) CHECK(line.count(QLatin1Char(' ')) == line.count(QChar(0x00B7)));

    // What was relabelled is not counted any more.
    fixture.project().setLabels(std::vector{fixture.project().images().back().id}, engine::Label::Unlabelled);
    CHECK(fixture.project().images().back().name.startsWith(QStringLiteral("train/")));
    CHECK(fixture.find<QLabel>("trainingIntro")->text().contains(QStringLiteral("11")));
    REQUIRE(
        QTest::qWaitFor([&] { return shownEstimate(fixture).startsWith(QStringLiteral("11\u00A0images")); }, 20000));
}

TEST_CASE("more patches than the budget are told before the start") {
    test::TrainingFixture fixture({.train = 60});
    fixture.showPanel();
    setSize(fixture, 256);
    fixture.find<QSpinBox>("memorySpinBox")->setValue(1);
    auto* message = fixture.find<ui::MessageLine>("trainingMessage");
    REQUIRE(QTest::qWaitFor([&] { return message->text().contains(QStringLiteral("memory budget")); }, 20000));
    CHECK_FALSE(message->isFault());
    fixture.find<QSpinBox>("memorySpinBox")->setValue(0);
    CHECK(message->text().isEmpty());
}

TEST_CASE("one click trains, the panel follows, and ends at Tune") {
    test::TrainingFixture fixture({.train = 12, .good = 20, .blot = 20});
    fixture.showPanel();
    setSize(fixture, 64);
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle(); }, 20000));
    REQUIRE(QTest::qWaitFor([&] { return shownEstimate(fixture).contains(QStringLiteral("about")); }, 20000));
    const QString expected = shownEstimate(fixture);
    QSignalSpy tune(&fixture.panel(), &ui::TrainingPanel::tuneRequested);
    QStringList stages;
    QObject context;
    QObject::connect(&fixture.jobs(), &services::JobRunner::progressed, &context, [&] {
        const QString stage = fixture.find<QLabel>("trainingStage")->text();
        if (stages.isEmpty() || stages.last() != stage) stages << stage;
    });
    click(fixture.find<QAbstractButton>("trainButton"));
    CHECK(fixture.find<QWidget>("runBox")->isVisible());
    CHECK_FALSE(fixture.find<QAbstractButton>("trainButton")->isVisible());
    CHECK_FALSE(fixture.find<QWidget>("trainingForm")->isEnabled());
    REQUIRE(fixture.waitIdle());
    CHECK(stages.contains(ui::stageText(QStringLiteral("score"))));
    CHECK_FALSE(fixture.find<QWidget>("runBox")->isVisible());
    CHECK(fixture.find<QWidget>("resultBox")->isVisible());
    CHECK(fixture.find<QLabel>("resultTitle")->text().startsWith(QStringLiteral("PatchCore")));
    CHECK(fixture.find<QLabel>("resultFacts")->text().contains(QStringLiteral("52\u00A0images scored")));
    // And what the next one will cost.
    CHECK(QTest::qWaitFor([&] { return shownEstimate(fixture).contains(QStringLiteral("about")); }, 20000));
    WARN("estimated as " << expected.toStdString() << "; took " << fixture.inspector().lastSummary().seconds << " s");
    CHECK(fixture.find<QWidget>("trainingForm")->isEnabled());
    click(fixture.find<QAbstractButton>("goToTune"));
    CHECK(tune.size() == 1);
}

TEST_CASE("the window is never held while the panel trains") {
    test::TrainingFixture fixture({.train = 40, .good = 40, .blot = 40});
    fixture.showPanel();
    setSize(fixture, 64);
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle(); }, 20000));
    test::EventLoopWatchdog watchdog;
    click(fixture.find<QAbstractButton>("trainButton"));
    REQUIRE(fixture.waitIdle());
    REQUIRE(fixture.project().currentModel() != nullptr);
    WARN("between two turns while training: " << watchdog.longestCpuMs() << " ms of CPU, " << watchdog.longestWallMs()
                                              << " ms of wall time");
    CHECK(watchdog.longestCpuMs() <= 50);
    watchdog.restart();
    fixture.close();
    QCoreApplication::processEvents();
    WARN("closing: " << watchdog.longestCpuMs() << " ms of CPU");
    CHECK(watchdog.longestCpuMs() <= 50);
}

TEST_CASE("Cancel answers at once") {
    test::TrainingFixture fixture({.train = 60});
    fixture.showPanel();
    setSize(fixture, 256);
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle(); }, 20000));
    auto* stage = fixture.find<QLabel>("trainingStage");
    click(fixture.find<QAbstractButton>("trainButton"));
    REQUIRE(QTest::qWaitFor([&] { return stage->text() == ui::stageText(QStringLiteral("features")); }, 20000));
    QElapsedTimer clock;
    clock.start();
    click(fixture.find<QAbstractButton>("cancelTraining"));
    CHECK(clock.elapsed() < 200);
    CHECK(stage->text().startsWith(QStringLiteral("Cancelling")));
    CHECK_FALSE(fixture.find<QAbstractButton>("cancelTraining")->isEnabled());
    REQUIRE(QTest::qWaitFor([&] { return !fixture.inspector().isTraining(); }));
    CHECK(fixture.find<QAbstractButton>("trainButton")->isVisible());
    CHECK(fixture.find<ui::MessageLine>("trainingMessage")->text().contains(QStringLiteral("cancelled")));
    CHECK(fixture.find<QAbstractButton>("trainButton")->text() == QStringLiteral("Train"));
}

TEST_CASE("a failure is told in place, and can be tried again") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    setSize(fixture, 64);
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle(); }, 20000));
    REQUIRE(QDir().rename(fixture.imageFolder(), fixture.at("elsewhere")));
    click(fixture.find<QAbstractButton>("trainButton"));
    REQUIRE(QTest::qWaitFor([&] { return !fixture.inspector().isTraining(); }));
    auto* message = fixture.find<ui::MessageLine>("trainingMessage");
    CHECK(message->isVisible());
    CHECK(message->isFault());
    CHECK(message->text().contains(fixture.imageFolder()));
    CHECK(fixture.find<QAbstractButton>("trainButton")->text() == QStringLiteral("Try again"));
    REQUIRE(QDir().rename(fixture.at("elsewhere"), fixture.imageFolder()));
    click(fixture.find<QAbstractButton>("trainButton"));
    CHECK(message->text().isEmpty());
    REQUIRE(fixture.waitIdle());
    CHECK(fixture.project().currentModel() != nullptr);
}

TEST_CASE("without good images there is nothing to press") {
    test::TrainingFixture fixture;
    std::vector<services::ImageId> ids;
    for (const auto& image : fixture.project().images()) ids.push_back(image.id);
    fixture.project().setLabels(ids, engine::Label::Unlabelled);
    fixture.showPanel();
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle(); }, 20000));
    CHECK_FALSE(fixture.find<QAbstractButton>("trainButton")->isEnabled());
    CHECK(fixture.find<QLabel>("trainingIntro")->text().contains(QStringLiteral("good")));
    fixture.project().undoStack()->undo();
    CHECK(fixture.find<QAbstractButton>("trainButton")->isEnabled());
}

TEST_CASE("images without a score are told, and scored on request") {
    test::TrainingFixture fixture;
    fixture.train();
    const auto record = *fixture.project().currentModel();
    fixture.project().addModel(record);  // another model, nothing scored by it
    fixture.showPanel();
    auto* row = fixture.find<QWidget>("missingScores");
    REQUIRE(QTest::qWaitFor([&] { return row->isVisible(); }));
    CHECK(fixture.find<ui::MessageLine>("missingScores")->text().contains(QStringLiteral("20")));
    click(fixture.find<QAbstractButton>("scoreMissing"));
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle() && !row->isVisible(); }, 30000));
    CHECK(fixture.inspector().missingScores() == 0);
}

TEST_CASE("the form asks for what it shows") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle(); }, 20000));
    auto* form = fixture.find<ui::TrainingForm>("trainingForm");
    const auto usual = form->request();
    CHECK(usual.sizePx == engine::PreprocessParameters{}.sizePx);
    CHECK(usual.coresetShare == Approx(engine::PatchCoreParameters{}.coresetShare));
    CHECK(usual.settings.empty());
    CHECK(usual.stages.empty());
    CHECK(usual.backbone == QStringLiteral("resnet18"));  // the only one with weights
    CHECK_FALSE(fixture.find<QAbstractButton>("resetAdvanced")->isVisible());

    click(fixture.find<QAbstractButton>("advancedFold"));
    CHECK(fixture.find<QWidget>("advancedOptions")->isVisible());
    fixture.find<QDoubleSpinBox>("coresetSpinBox")->setValue(25);
    fixture.find<QComboBox>("fitModeBox")->setCurrentIndex(2);
    fixture.find<QComboBox>("deviceBox")->setCurrentIndex(1);
    fixture.find<QComboBox>("neighbourhoodBox")->setCurrentIndex(1);
    fixture.find<QSpinBox>("pcaSpinBox")->setValue(0);
    fixture.find<QSpinBox>("seedSpinBox")->setValue(7);
    fixture.find<QSpinBox>("limitSpinBox")->setValue(5);
    QTest::mouseClick(fixture.find<QAbstractButton>("stage4"), Qt::LeftButton);
    const auto changed = form->request();
    CHECK(changed.coresetShare == Approx(0.25));
    CHECK(changed.fitMode == engine::FitMode::Letterbox);
    CHECK(changed.device == QStringLiteral("cpu"));
    CHECK(changed.settings == std::map<std::string, std::string>{{"neighbourhood", "average"}, {"pca", "0"}});
    CHECK(changed.seed == 7);
    CHECK(changed.limit == 5);
    CHECK(changed.stages == std::vector<std::string>{"3"});
    // The last stage stays.
    QTest::mouseClick(fixture.find<QAbstractButton>("stage3"), Qt::LeftButton);
    CHECK(form->request().stages == std::vector<std::string>{"3"});
    const auto parameters = services::toFitParameters(changed, {});
    CHECK(parameters.settings.at("coreset") == "0.25");

    click(fixture.find<QAbstractButton>("resetAdvanced"));
    CHECK(form->request().settings.empty());
    CHECK(form->request().stages.empty());
    CHECK(form->request().coresetShare == Approx(0.25));  // it is not under the fold
}

TEST_CASE("a region is taken once it is drawn") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    auto* form = fixture.find<ui::TrainingForm>("trainingForm");
    auto* box = fixture.find<QComboBox>("regionBox");
    CHECK_FALSE(box->isEnabled());
    CHECK(box->currentText() == QStringLiteral("None drawn"));
    QImage region(96, 64, QImage::Format_Grayscale8);
    region.fill(0);
    for (int y = 16; y < 48; ++y)
        for (int x = 24; x < 72; ++x) region.scanLine(y)[x] = 255;
    fixture.project().setRegion(region);
    CHECK(box->isEnabled());
    CHECK(form->request().useRegion);
    const auto parameters = services::toFitParameters(form->request(), fixture.project().region());
    REQUIRE_FALSE(parameters.region.isEverything());
    CHECK(parameters.region.mask().at<unsigned char>(16, 24) == 255);
    CHECK(parameters.region.mask().at<unsigned char>(15, 24) == 0);
    box->setCurrentIndex(0);
    CHECK(box->currentText() == QStringLiteral("Whole image"));
    CHECK(services::toFitParameters(form->request(), fixture.project().region()).region.isEverything());
    fixture.project().undoStack()->undo();
    CHECK_FALSE(box->isEnabled());
    CHECK_FALSE(form->request().useRegion);
}

TEST_CASE("every control of the panel has a name and is reached by keyboard") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    click(fixture.find<QAbstractButton>("advancedFold"));
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle(); }, 20000));
    int checked = 0;
    for (auto* widget : fixture.panel().findChildren<QWidget*>()) {
        const bool control = qobject_cast<QAbstractButton*>(widget) != nullptr ||
                             qobject_cast<QComboBox*>(widget) != nullptr ||
                             qobject_cast<QAbstractSpinBox*>(widget) != nullptr;
        if (!control || !widget->isVisible()) continue;
        INFO(widget->metaObject()->className() << " " << widget->objectName().toStdString());
        CHECK_FALSE(widget->objectName().isEmpty());
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        CHECK((!widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty())));
        CHECK((widget->focusPolicy() & Qt::TabFocus) != 0);
        ++checked;
    }
    CHECK(checked >= 15);
}
