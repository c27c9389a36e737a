// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QSpinBox>

#include "engine/detector/fit.h"
#include "tests/ui/training/training_fixture.h"
#include "ui/training/loss_plot.h"
#include "ui/training/training_form.h"

namespace {

void chooseMethod(test::TrainingFixture& fixture, const char* method) {
    auto* box = fixture.find<QComboBox>("methodBox");
    const int index = box->findData(QString::fromLatin1(method));
    INFO(method);
    REQUIRE(index >= 0);
    box->setCurrentIndex(index);
}

bool shown(test::TrainingFixture& fixture, const char* name) {
    return fixture.find<QWidget>(name)->isVisible();
}

}  // namespace

TEST_CASE("a method is asked only what it looks at") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    REQUIRE(QTest::qWaitFor([&] { return fixture.idle(); }, 20000));
    fixture.find<QAbstractButton>("advancedFold")->click();
    auto* form = fixture.find<ui::TrainingForm>("trainingForm");
    CHECK(shown(fixture, "backboneBox"));
    CHECK_FALSE(shown(fixture, "partnerBox"));
    CHECK(shown(fixture, "coresetSpinBox"));
    CHECK(shown(fixture, "stageBox"));
    CHECK_FALSE(shown(fixture, "epochsSpinBox"));
    fixture.find<QSpinBox>("pcaSpinBox")->setValue(7);
    CHECK(form->request().settings == std::map<std::string, std::string>{{"pca", "7"}});

    chooseMethod(fixture, "ssim-ae");
    CHECK_FALSE(shown(fixture, "backboneBox"));
    CHECK_FALSE(shown(fixture, "partnerBox"));
    CHECK_FALSE(shown(fixture, "coresetSpinBox"));
    CHECK_FALSE(shown(fixture, "stageBox"));
    CHECK(shown(fixture, "epochsSpinBox"));
    CHECK(shown(fixture, "trainButton"));  // no weights are needed
    CHECK(form->request().settings.empty());
    fixture.find<QSpinBox>("epochsSpinBox")->setValue(3);
    CHECK(form->request().settings == std::map<std::string, std::string>{{"epochs", "3"}});

    // Only one network has weights here: the place of training says which one is missing.
    chooseMethod(fixture, "pfm");
    CHECK(shown(fixture, "partnerBox"));
    CHECK(form->missingBackbone() == form->request().partner);
    CHECK(shown(fixture, "weightsBox"));
    CHECK_FALSE(shown(fixture, "trainButton"));

    chooseMethod(fixture, "patchcore");
    CHECK(form->missingBackbone().isEmpty());
    CHECK(shown(fixture, "trainButton"));
    CHECK(form->request().settings.empty());  // a method starts from its own defaults
}

TEST_CASE("while a network is trained the panel shows its losses by epoch") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    auto request = fixture.quickRequest();
    request.method = QStringLiteral("ssim-ae");
    request.settings = {{"epochs", "3"}, {"patches", "4"}};
    auto* plot = fixture.find<ui::LossPlot>("trainingLosses");
    bool seen = false;
    QObject::connect(&fixture.jobs(), &services::JobRunner::progressed, plot,
                     [&] { seen = seen || (plot->isVisible() && !plot->losses().training.isEmpty()); });
    REQUIRE(fixture.inspector().train(request) != 0);
    REQUIRE(fixture.waitIdle(180000));
    CHECK(seen);
    CHECK(plot->losses().training.size() == 3);
}

TEST_CASE("every method trains in a project, sets a cut from good images, and scores every image") {
    const std::string method = GENERATE(from_range(engine::methods()));
    INFO(method);
    test::TrainingFixture fixture;
    auto request = fixture.quickRequest();
    request.method = QString::fromStdString(method);
    request.partner = request.backbone;
    const auto settings = engine::methodSettings(method);
    for (const auto& [key, little] : {std::pair("epochs", "1"), std::pair("patches", "16"), std::pair("crops", "4")})
        if (settings.contains(key)) request.settings[key] = little;
    QStringList failures;
    QObject::connect(&fixture.inspector(), &services::Inspector::trainingFailed, &fixture.panel(),
                     [&](const QString& message) { failures.append(message); });
    REQUIRE(fixture.inspector().train(request) != 0);
    REQUIRE(fixture.waitIdle());
    INFO(failures.join(QLatin1Char('\n')).toStdString());
    auto& project = fixture.project();
    REQUIRE(project.currentModel() != nullptr);
    CHECK(project.currentModel()->method.toStdString() == method);
    CHECK(services::methodTitle(project.currentModel()->method) != project.currentModel()->method);
    CHECK(project.operatingPoint().fail.has_value());
    CHECK(fixture.inspector().missingScores() == 0);
    const bool hasMap = fixture.maps().read(project.currentModel()->id, project.images().front().id).has_value();
    CHECK(hasMap == (method != "mahalanobis"));
}
