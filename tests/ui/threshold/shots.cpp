// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/threshold/project_fixture.h"
#include "ui/common/theme.h"
#include "ui/threshold/cut_handle.h"
#include "ui/threshold/score_histogram.h"

namespace {

void shoot(test::PanelFixture& fixture, const QString& name) {
    const QString folder = qEnvironmentVariable("ANOMALOSCOPE_SHOTS");
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        QTest::qWait(20);
        const QString word = appearance == ui::Appearance::Light ? QStringLiteral("light") : QStringLiteral("dark");
        const QString ratio = QString::number(fixture.panel().devicePixelRatioF());
        const QString file = QStringLiteral("%1/threshold_%2_%3_%4x.png").arg(folder, name, word, ratio);
        REQUIRE(fixture.panel().grab().save(file));
    }
}

}  // namespace

// Pictures to be looked at, where a folder for them is named. Without one there is nothing to check.
TEST_CASE("Screenshots of the threshold panel", "[.shots]") {
    REQUIRE(qEnvironmentVariableIsSet("ANOMALOSCOPE_SHOTS"));
    QDir().mkpath(qEnvironmentVariable("ANOMALOSCOPE_SHOTS"));
    ui::applyTheme(*qApp, ui::Appearance::Light);
    {
        test::PanelFixture fixture({.unlabelled = 12});
        fixture.setCuts(1.62, 2.1, 1.87);
        fixture.setCuts(1.62, 1.95, 1.87);
        QTest::qWait(100);
        shoot(fixture, QStringLiteral("usual"));
        fixture.find<ui::ScoreHistogram>("scoreHistogram")->failHandle()->setFocus();
        QTest::mouseClick(fixture.find<QAbstractButton>("precisionRecallChip"), Qt::LeftButton);
        fixture.find<ui::ScoreHistogram>("scoreHistogram")->failHandle()->setFocus();
        QTest::mouseClick(fixture.find<QAbstractButton>("cutHistoryButton"), Qt::LeftButton);
        fixture.panel().applyRule({.falseRejectRate = 0.01});
        QTest::qWait(200);
        shoot(fixture, QStringLiteral("history"));
    }
    {
        test::PanelFixture fixture(
            {.good = 123456, .defect = 23456, .unlabelled = 9999, .training = 12345, .offset = 12340, .scale = 3}, 296);
        fixture.setCuts(12344.9, 12346.4, 12344.6);
        QTest::qWait(2000);
        shoot(fixture, QStringLiteral("long_narrow"));
    }
    {
        test::PanelFixture fixture({.unlabelled = 5}, 296, 600);
        fixture.setCuts(1.95, 1.95, 1.87);
        QTest::qWait(100);
        shoot(fixture, QStringLiteral("low"));
    }
    {
        test::PanelFixture fixture({.good = 0, .defect = 0, .unlabelled = 40, .maps = false});
        shoot(fixture, QStringLiteral("unlabelled"));
    }
    {
        test::PanelFixture fixture({.model = false});
        shoot(fixture, QStringLiteral("no_model"));
    }
    {
        test::PanelFixture fixture({.scored = false});
        shoot(fixture, QStringLiteral("not_scored"));
    }
}
