// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QSpinBox>

#include "engine/core/error.h"
#include "tests/ui/training/training_fixture.h"
#include "ui/common/elided_label.h"
#include "ui/common/theme.h"
#include "ui/training/loss_plot.h"

namespace {

void shoot(QWidget& widget, const QString& name) {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        QCoreApplication::processEvents();
        const QString word = appearance == ui::Appearance::Light ? QStringLiteral("light") : QStringLiteral("dark");
        const QString ratio = QString::number(widget.devicePixelRatioF());
        REQUIRE(widget.grab().save(QStringLiteral("%1/training_%2_%3_%4x.png")
                                       .arg(qEnvironmentVariable("ANOMALOSCOPE_SHOTS"), name, word, ratio)));
    }
}

void settle(test::TrainingFixture& fixture, int size) {
    fixture.find<QSpinBox>("sizeSpinBox")->setValue(size);
    QTest::qWait(400);
    REQUIRE(fixture.waitIdle());
}

}  // namespace

// Pictures to be looked at, where a folder for them is named. Without one there is nothing to check.
TEST_CASE("Screenshots of the training panel", "[.shots]") {
    REQUIRE(qEnvironmentVariableIsSet("ANOMALOSCOPE_SHOTS"));
    QDir().mkpath(qEnvironmentVariable("ANOMALOSCOPE_SHOTS"));
    ui::applyTheme(*qApp, ui::Appearance::Light);
    {
        test::TrainingFixture fixture({.train = 40, .good = 20, .blot = 20});
        fixture.showPanel();
        settle(fixture, 128);
        shoot(fixture.window(), QStringLiteral("before"));
        QTest::mouseClick(fixture.find<QAbstractButton>("advancedFold"), Qt::LeftButton);
        fixture.find<QSpinBox>("memorySpinBox")->setValue(1);
        settle(fixture, 160);
        shoot(fixture.window(), QStringLiteral("advanced"));
        fixture.find<QSpinBox>("memorySpinBox")->setValue(0);
        QTest::mouseClick(fixture.find<QAbstractButton>("advancedFold"), Qt::LeftButton);
        settle(fixture, 128);
        QTest::mouseClick(fixture.find<QAbstractButton>("trainButton"), Qt::LeftButton);
        REQUIRE(QTest::qWaitFor(
            [&] { return fixture.find<QLabel>("trainingNumbers")->text().contains(QStringLiteral("left")); }, 30000));
        shoot(fixture.window(), QStringLiteral("running"));
        REQUIRE(fixture.waitIdle());
        shoot(fixture.window(), QStringLiteral("trained"));
        REQUIRE(QDir().rename(fixture.imageFolder(), fixture.at("elsewhere")));
        QTest::mouseClick(fixture.find<QAbstractButton>("trainButton"), Qt::LeftButton);
        REQUIRE(fixture.waitIdle());
        shoot(fixture.window(), QStringLiteral("failed"));
        REQUIRE(QDir().rename(fixture.at("elsewhere"), fixture.imageFolder()));
    }
    {
        test::TrainingFixture fixture({.train = 40});
        fixture.showPanel();
        auto request = fixture.quickRequest();
        request.method = QStringLiteral("ssim-ae");
        request.settings = {{"epochs", "60"}};
        fixture.inspector().train(request);
        auto* losses = fixture.find<ui::LossPlot>("trainingLosses");
        REQUIRE(QTest::qWaitFor([&] { return losses->losses().training.size() > 12; }, 60000));
        shoot(fixture.window(), QStringLiteral("losses"));
        fixture.jobs().cancelAll();
        REQUIRE(fixture.waitIdle());
    }
    {
        test::TrainingFixture fixture({.weights = false});
        fixture.showPanel(296, 700);
        QTest::qWait(300);
        shoot(fixture.window(), QStringLiteral("weights"));
        auto* box = fixture.find<QComboBox>("backboneBox");
        box->setCurrentIndex(box->findData(QStringLiteral("wide_resnet101_2")));
        Q_EMIT box->activated(box->currentIndex());
        fixture.dialogs.file = fixture.at("images/train/good/000.png");
        QTest::mouseClick(fixture.find<QAbstractButton>("chooseWeights"), Qt::LeftButton);
        REQUIRE(fixture.waitIdle());
        shoot(fixture.window(), QStringLiteral("weights_refused"));
    }
    {
        test::TrainingFixture fixture;
        std::vector<services::ImageId> ids;
        for (const auto& image : fixture.project().images()) ids.push_back(image.id);
        fixture.project().setLabels(ids, engine::Label::Unlabelled);
        fixture.showPanel();
        QTest::qWait(300);
        shoot(fixture.window(), QStringLiteral("no_good"));
    }
}

TEST_CASE("Screenshots of the bottom line", "[.shots]") {
    REQUIRE(qEnvironmentVariableIsSet("ANOMALOSCOPE_SHOTS"));
    ui::applyTheme(*qApp, ui::Appearance::Light);
    services::JobRunner jobs;
    ui::JobBar bar(&jobs);
    bar.resize(1200, bar.height());
    bar.show();
    shoot(bar, QStringLiteral("bar_idle"));
    jobs.start(
        QStringLiteral("Training PatchCore"),
        [](const engine::RunContext&) -> bool {
            throw engine::Error(engine::ErrorCode::NotFound,
                                "the folder of images is not there. Connect its drive, or put it back where it was.",
                                "/home/user/pictures of the line/2026-11-21/camera 3");
        },
        [](bool) {});
    REQUIRE(QTest::qWaitFor([&] { return jobs.isIdle(); }));
    shoot(bar, QStringLiteral("bar_failed"));
    for (const char* title : {"Scoring images", "Training PatchCore"})
        jobs.start(
            QString::fromLatin1(title),
            [](const engine::RunContext& context) -> bool {
                for (int i = 1;; ++i) {
                    context.report("score", std::min(i, 830), 830);
                    QThread::msleep(10);
                }
            },
            [](bool) {});
    auto* numbers = bar.findChild<ui::ElidedLabel*>(QStringLiteral("jobNumbers"));
    REQUIRE(QTest::qWaitFor([&] { return numbers->text().contains(QStringLiteral("left")); }));
    shoot(bar, QStringLiteral("bar_running"));
    bar.resize(700, bar.height());
    shoot(bar, QStringLiteral("bar_narrow"));
    QTest::mouseClick(bar.findChild<QAbstractButton*>(QStringLiteral("jobLog")), Qt::LeftButton);
    auto* popup = bar.findChild<QWidget*>(QStringLiteral("jobPopup"));
    REQUIRE(QTest::qWaitFor([&] { return popup->isVisible(); }));
    shoot(*popup, QStringLiteral("popup"));
    popup->hide();
    jobs.cancelAll();
    REQUIRE(QTest::qWaitFor([&] { return jobs.isIdle(); }));
    jobs.start(
        QStringLiteral("Training CFA"),
        [](const engine::RunContext& context) -> bool {
            for (std::int64_t epoch = 1;; epoch = std::min<std::int64_t>(24, epoch + 1)) {
                const double loss = 0.2 + 1.3 / static_cast<double>(epoch + 1);
                context.report("training", 40 * epoch, 1200, engine::EpochLoss{loss, epoch, 1.05 * loss + 0.05});
                QThread::msleep(10);
            }
        },
        [](bool) {});
    REQUIRE(QTest::qWaitFor([&] { return numbers->text().contains(QStringLiteral("960\u00A0/")); }));
    QTest::mouseClick(bar.findChild<QAbstractButton*>(QStringLiteral("jobLog")), Qt::LeftButton);
    REQUIRE(QTest::qWaitFor([&] { return popup->isVisible(); }));
    shoot(*popup, QStringLiteral("popup_losses"));
    popup->hide();
    jobs.cancelAll();
    REQUIRE(QTest::qWaitFor([&] { return jobs.isIdle(); }));
}
