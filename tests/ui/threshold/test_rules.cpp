// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/threshold/project_fixture.h"
#include "ui/threshold/figure.h"

using test::PanelFixture;

namespace {

void checkSame(const engine::OperatingPoint& point, const engine::OperatingPoint& expected) {
    CHECK(point.fail == expected.fail);
    CHECK(point.review == expected.review);
    CHECK(point.rule == expected.rule);
    CHECK(point.basis == expected.basis);
    REQUIRE(point.failInterval.has_value() == expected.failInterval.has_value());
    if (point.failInterval) {
        CHECK(point.failInterval->low == expected.failInterval->low);
        CHECK(point.failInterval->high == expected.failInterval->high);
    }
    CHECK(point.expectedFalseRejects.has_value() == expected.expectedFalseRejects.has_value());
    CHECK(point.expectedEscapes.has_value() == expected.expectedEscapes.has_value());
    if (point.expectedEscapes) CHECK(point.expectedEscapes->count == expected.expectedEscapes->count);
}

void press(PanelFixture& fixture, const char* name) {
    auto* button = fixture.find<QPushButton>(name);
    REQUIRE(button != nullptr);
    REQUIRE(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
}

}  // namespace

TEST_CASE("Each rule sets what the command line's functions give on the same scores") {
    PanelFixture fixture;
    const auto& model = *fixture.project().currentModel();
    const services::GoodScores good{model.goodScores, model.goodMapMaxima, model.folds};
    const services::PixelCuts pixels{.mapLow = model.mapLow, .mapHigh = model.mapHigh};
    SECTION("No escapes") {
        press(fixture, "noEscapesRule");
        checkSame(fixture.point(), services::fromLabelledImages({.noEscapes = true}, fixture.labelled(), pixels, 0));
        CHECK(fixture.find<ui::Figure>("escapes")->text().startsWith(QLatin1String("0.0")));
    }
    SECTION("At most 5 % escapes") {
        press(fixture, "escapeRule");
        checkSame(fixture.point(), services::fromLabelledImages({.escapeRate = 0.05}, fixture.labelled(), pixels, 0));
    }
    SECTION("Best F1, beside the window") {
        press(fixture, "bestF1Rule");
        REQUIRE(QTest::qWaitFor([&] { return fixture.point().rule == "best-f1"; }));
        checkSame(fixture.point(), services::fromLabelledImages({.bestF1 = true}, fixture.labelled(), pixels, 0));
    }
    SECTION("At most 1 % false rejects, and another rate") {
        press(fixture, "falseRejectRule");
        const auto expected = services::fromGoodImages({.falseRejectRate = 0.01}, good);
        checkSame(fixture.point(), expected);
        CHECK(fixture.point().pixel == expected.pixel);
        auto* rate = fixture.find<QDoubleSpinBox>("falseRejectRate");
        rate->setValue(2.5);
        const auto* button = fixture.find<QPushButton>("falseRejectRule");
        CHECK(button->text() == QLatin1String("At most 2.5 % false rejects"));
        press(fixture, "falseRejectRule");
        CHECK(button->text() == QStringLiteral("\u2713 At most 2.5 % false rejects"));
        rate->setValue(1);  // which is not what the cut was set by
        CHECK(button->text() == QLatin1String("At most 1 % false rejects"));
        checkSame(fixture.point(), services::fromGoodImages({.falseRejectRate = 0.025}, good));
    }
    CHECK(fixture.project().undoStack()->count() >= 1);
}

TEST_CASE("A rule is one step of undo, and is marked as long as its fail cut stands") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    auto* button = fixture.find<QPushButton>("noEscapesRule");
    CHECK_FALSE(button->font().bold());
    press(fixture, "noEscapesRule");
    CHECK(button->font().bold());
    fixture.project().undoStack()->undo();
    CHECK(fixture.point().fail == 1.95);
    CHECK_FALSE(button->font().bold());
}

TEST_CASE("Every rule says on what it is based") {
    PanelFixture fixture;
    const QString good = fixture.find<QLabel>("goodRuleNote")->text();
    CHECK(good.startsWith(
        QStringLiteral("From 209\u00A0good images, cross-validated in 5\u00A0folds; 95\u00A0%\u00A0interval ")));
    CHECK(good.endsWith(QLatin1String("Defect labels are not used.")));
    CHECK(fixture.find<QLabel>("labelRuleNote")->text() ==
          QStringLiteral("Uses the labels of 20\u00A0good and 63\u00A0defective test images."));
    for (const char* name : {"falseRejectRule", "noEscapesRule", "bestF1Rule", "escapeRule"}) {
        INFO(name);
        CHECK(fixture.find<QPushButton>(name)->accessibleDescription().size() > 20);
    }
}

TEST_CASE("Rules without their data are disabled and say why") {
    SECTION("no defect") {
        PanelFixture fixture({.defect = 0});
        for (const char* name : {"noEscapesRule", "bestF1Rule", "escapeRule"})
            CHECK_FALSE(fixture.find<QPushButton>(name)->isEnabled());
        CHECK(fixture.find<QPushButton>("falseRejectRule")->isEnabled());
        CHECK(fixture.find<QLabel>("labelRuleNote")->text().contains(QLatin1String("at least one test image")));
    }
    SECTION("no good test image") {
        PanelFixture fixture({.good = 0});
        CHECK(fixture.find<QPushButton>("noEscapesRule")->isEnabled());
        CHECK_FALSE(fixture.find<QPushButton>("bestF1Rule")->isEnabled());
        CHECK(fixture.find<QLabel>("labelRuleNote")->text().contains(QLatin1String("Best F1 needs good")));
        fixture.setCuts(1.2, 1.3, 1.1);
        CHECK(fixture.find<QLabel>("decisionRemark")->text().contains(QLatin1String("209 good training images")));
    }
    SECTION("no cross-validated scores") {
        PanelFixture fixture({.training = 0});
        CHECK_FALSE(fixture.find<QPushButton>("falseRejectRule")->isEnabled());
        CHECK(fixture.find<QLabel>("goodRuleNote")->text().startsWith(QLatin1String("Needs cross-validated")));
        CHECK(fixture.find<QPushButton>("bestF1Rule")->isEnabled());
    }
}

TEST_CASE("A label that changes while best F1 is worked out is not overlooked") {
    PanelFixture fixture({.good = 300, .defect = 300});
    press(fixture, "bestF1Rule");
    std::vector<services::ImageId> ids;
    for (const auto& image : fixture.project().images()) {
        if (image.split == engine::Split::Test && image.label == engine::Label::Defect && image.score < 2.8)
            ids.push_back(image.id);
    }
    REQUIRE(ids.size() > 50);
    fixture.project().setLabels(ids, engine::Label::Good);
    REQUIRE(QTest::qWaitFor([&] { return fixture.point().rule == "best-f1"; }, 20000));
    const auto expected = services::fromLabelledImages({.bestF1 = true}, fixture.labelled(), {}, 0);
    CHECK(fixture.point().fail == expected.fail);
}
