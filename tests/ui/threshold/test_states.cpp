// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/ui/threshold/project_fixture.h"
#include "ui/common/theme.h"
#include "ui/threshold/chart_legend.h"
#include "ui/threshold/curve_plot.h"
#include "ui/threshold/cut_handle.h"
#include "ui/threshold/figure.h"
#include "ui/threshold/score_histogram.h"

using test::PanelFixture;

TEST_CASE("Without a model it says so, and with one and its scores all is there") {
    PanelFixture fixture({.model = false});
    auto* state = fixture.find<QLabel>("thresholdState");
    CHECK(state->isVisible());
    CHECK(state->text().startsWith(QLatin1String("No model yet")));
    CHECK_FALSE(fixture.find<ui::ScoreHistogram>("scoreHistogram")->isVisible());
    CHECK_FALSE(fixture.find<QPushButton>("bestF1Rule")->isVisible());
    const int least = fixture.panel().minimumSizeHint().width();
    fixture.addModel();
    CHECK(fixture.find<ui::ScoreHistogram>("scoreHistogram")->isVisible());
    CHECK(fixture.find<QPushButton>("falseRejectRule")->isEnabled());  // it needs no test image
    CHECK_FALSE(fixture.find<QPushButton>("noEscapesRule")->isEnabled());
    fixture.addScores();
    REQUIRE(QTest::qWaitFor([&] { return fixture.find<QPushButton>("noEscapesRule")->isEnabled(); }));
    CHECK_FALSE(state->isVisible());
    CHECK(fixture.panel().minimumSizeHint().width() == least);  // the window does not move when a model comes
    CHECK(fixture.find<QLabel>("scoresHeading")->text() ==
          QStringLiteral("Scores · 83 test images, 209 training images"));
}

TEST_CASE("A model without any score says that they are to come") {
    PanelFixture fixture({.training = 0, .scored = false});
    CHECK(fixture.find<QLabel>("thresholdState")->text().startsWith(QLatin1String("No scores yet")));
    CHECK_FALSE(fixture.find<ui::ScoreHistogram>("scoreHistogram")->isVisible());
}

TEST_CASE("The curve says what it lacks") {
    PanelFixture defects({.defect = 0});
    CHECK(defects.find<ui::CurvePlot>("curvePlot")->summary() ==
          QLatin1String("ROC needs at least one labelled defect"));
    PanelFixture good({.good = 0});
    CHECK(good.find<ui::CurvePlot>("curvePlot")->summary() == QLatin1String("ROC needs at least one good test image"));
    PanelFixture both;
    auto* curve = both.find<ui::CurvePlot>("curvePlot");
    CHECK(curve->summary().startsWith(QLatin1String("AUROC ")));
    auto* precision = both.find<QAbstractButton>("precisionRecallChip");
    QTest::mouseClick(precision, Qt::LeftButton);
    CHECK(curve->summary().startsWith(QLatin1String("AUPR ")));
}

TEST_CASE("A method without maps has no pixel cut") {
    PanelFixture fixture({.maps = false});
    CHECK_FALSE(fixture.find<QSlider>("pixelSlider")->isVisible());
    CHECK_FALSE(fixture.find<QDoubleSpinBox>("pixelSpinBox")->isVisible());
    fixture.panel().applyRule({.noEscapes = true});
    CHECK(fixture.point().fail.has_value());
    CHECK_FALSE(fixture.point().pixel.has_value());
}

TEST_CASE("Before the first cut: no counts, a handle that waits at the end, and it can be taken from there") {
    PanelFixture fixture;
    auto* histogram = fixture.find<ui::ScoreHistogram>("scoreHistogram");
    auto* fail = fixture.find<QDoubleSpinBox>("failSpinBox");
    CHECK_FALSE(fixture.point().fail.has_value());
    CHECK(fixture.find<ui::Figure>("goodpass")->text() == QStringLiteral("–"));
    CHECK(fail->text() == QStringLiteral("–"));
    CHECK_FALSE(fixture.find<QDoubleSpinBox>("reviewSpinBox")->isEnabled());
    CHECK_FALSE(histogram->reviewHandle()->isVisible());
    QTest::keyClick(histogram->failHandle(), Qt::Key_Left, Qt::ShiftModifier);
    REQUIRE(fixture.point().fail.has_value());
    CHECK(fixture.find<ui::Figure>("goodpass")->text() == QLatin1String("20"));
    CHECK(histogram->reviewHandle()->isVisible());
    auto* review = fixture.find<QDoubleSpinBox>("reviewSpinBox");
    CHECK(review->isEnabled());
    review->setFocus();
    QTest::keyClick(review, Qt::Key_Down);
    REQUIRE(fixture.point().review.has_value());
    CHECK(*fixture.point().review < *fixture.point().fail);
}

TEST_CASE("The table, the rates and the remark are those of the cuts") {
    PanelFixture fixture({.unlabelled = 12});
    fixture.setCuts(1.9, 2.2, 1.87);
    const auto decision = fixture.panel().table().at(fixture.point());
    CHECK(decision.defect.review > 0);
    const auto shows = [&](const char* name, std::int64_t count) {
        INFO(name);
        CHECK(fixture.find<ui::Figure>(name)->text() == QString::number(count));
    };
    shows("goodpass", decision.good.pass);
    shows("goodreview", decision.good.review);
    shows("goodfail", decision.good.fail);
    shows("defectpass", decision.defect.pass);
    shows("defectreview", decision.defect.review);
    shows("defectfail", decision.defect.fail);
    shows("unlabelledpass", decision.unlabelled.pass);
    REQUIRE(decision.defect.pass > 0);
    CHECK(fixture.find<QLabel>("decisionRemark")->text() ==
          QStringLiteral("%1 of the %2 escapes would be seen in review")
              .arg(decision.defect.review)
              .arg(decision.escapes->count));
    auto* escapes = fixture.find<ui::Figure>("escapes");
    CHECK(escapes->text() == ui::percentText(decision.escapes->value));
    CHECK(escapes->remark() == ui::percentRangeText(decision.escapes->interval));
    CHECK(escapes->accessibleName().startsWith(QLatin1String("Escapes: ")));
}

TEST_CASE("A project that may only be read shows its cuts and lets nobody move them") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    fixture.reopen(true);
    REQUIRE(fixture.project().isReadOnly());
    // Why is told over the page, once, and by what may not be used.
    REQUIRE_FALSE(fixture.project().readOnlyReason().isEmpty());
    for (const auto* label : fixture.panel().findChildren<QLabel*>())
        CHECK_FALSE(label->text().contains(fixture.project().readOnlyReason()));
    CHECK(fixture.find<QPushButton>("noEscapesRule")->toolTip().contains(fixture.project().readOnlyReason()));
    // What was set is there to be read, at full contrast, and cannot be changed.
    auto* fail = fixture.find<QDoubleSpinBox>("failSpinBox");
    CHECK(fail->isEnabled());
    const QString before = fail->text();
    fail->setFocus();
    QTest::keyClick(fail, Qt::Key_Up);
    QTest::keyClicks(fail, QStringLiteral("9"));
    QTest::keyClick(fail, Qt::Key_Return);
    CHECK(fail->text() == before);
    CHECK(fixture.find<QDoubleSpinBox>("failSpinBox")->value() == 1.95);
    CHECK_FALSE(fixture.find<QPushButton>("noEscapesRule")->isEnabled());
    auto* histogram = fixture.find<ui::ScoreHistogram>("scoreHistogram");
    QTest::keyClick(histogram->failHandle(), Qt::Key_Right);
    QTest::mousePress(histogram, Qt::LeftButton, {}, {histogram->failHandle()->lineX(), 60});
    QTest::mouseMove(histogram, {histogram->failHandle()->lineX() + 40, 60});
    CHECK(fixture.point().fail == 1.95);
}

TEST_CASE("The legend takes a second row rather than be cut off") {
    ui::ChartLegend legend;
    legend.setCounts(20, 63, 0);
    const int one = legend.heightForWidth(272);
    legend.setCounts(1000000, 1000000, 1000000);
    CHECK(legend.heightForWidth(272) > one);
    CHECK(legend.heightForWidth(900) == one);
}

TEST_CASE("The smallest width holds everything, with the longest numbers and a scroll bar") {
    PanelFixture fixture({.good = 12345, .defect = 2345, .unlabelled = 999, .offset = 12340, .scale = 3}, 296, 500);
    fixture.setCuts(12344.9, 12346.4, 12344.6);
    auto* scroll = fixture.find<QScrollArea>("thresholdScroll");
    CHECK(scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width());
    CHECK(scroll->widget()->width() == scroll->viewport()->width());
    CHECK(scroll->widget()->height() > scroll->viewport()->height());  // it scrolls
}

TEST_CASE("Text in the charts has a contrast of at least 4.5 : 1, light and dark") {
    const auto luminance = [](const QColor& colour) {
        const auto part = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
    };
    for (const QColor& window : {QColor(Qt::white), QColor(Qt::black)}) {
        const ui::Colours& colours = ui::coloursOf(QPalette(window));
        for (const QColor& text : {colours.text, colours.secondary, colours.review, colours.fail}) {
            const double a = luminance(text) + 0.05;
            const double b = luminance(colours.panel) + 0.05;
            CHECK(std::max(a, b) / std::min(a, b) >= 4.5);
        }
    }
}
