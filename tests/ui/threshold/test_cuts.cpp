// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAccessible>
#include <QApplication>
#include <QDoubleSpinBox>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/threshold/project_fixture.h"
#include "ui/threshold/curve_plot.h"
#include "ui/threshold/cut_handle.h"
#include "ui/threshold/figure.h"
#include "ui/threshold/score_histogram.h"

using test::PanelFixture;

namespace {

QWidget* underMouse(QWidget* widget, const QPoint& position) {
    QWidget* child = widget->childAt(position);
    return child != nullptr ? child : widget;
}

void mouse(QEvent::Type type, QWidget* target, const QPoint& position) {
    const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, QPointF(position), QPointF(target->mapToGlobal(position)), button, held, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

// From one place of a widget to another, as a hand does it; `onTheWay` is called before the release.
template <typename OnTheWay>
void drag(QWidget* widget, const QPoint& from, const QPoint& to, OnTheWay onTheWay) {
    QWidget* target = underMouse(widget, from);
    const auto local = [&](const QPoint& position) { return target->mapFrom(widget, position); };
    mouse(QEvent::MouseButtonPress, target, local(from));
    constexpr int moves = 8;
    for (int i = 1; i <= moves; ++i) mouse(QEvent::MouseMove, target, local(from + (to - from) * i / moves));
    onTheWay();
    mouse(QEvent::MouseButtonRelease, target, local(to));
}

struct Parts {
    explicit Parts(PanelFixture& fixture)
        : histogram(fixture.find<ui::ScoreHistogram>("scoreHistogram")),
          curve(fixture.find<ui::CurvePlot>("curvePlot")),
          fail(fixture.find<QDoubleSpinBox>("failSpinBox")),
          review(fixture.find<QDoubleSpinBox>("reviewSpinBox")),
          pixel(fixture.find<QDoubleSpinBox>("pixelSpinBox")),
          slider(fixture.find<QSlider>("pixelSlider")) {}
    QPoint lineOf(const ui::CutHandle* handle) const { return {handle->lineX(), histogram->height() / 2}; }

    ui::ScoreHistogram* histogram;
    ui::CurvePlot* curve;
    QDoubleSpinBox* fail;
    QDoubleSpinBox* review;
    QDoubleSpinBox* pixel;
    QSlider* slider;
};

}  // namespace

TEST_CASE("A handle dragged by the mouse previews all the way and is one step of undo when it is let go") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    const int steps = fixture.project().undoStack()->count();
    QSignalSpy changes(&fixture.project(), &services::Project::operatingPointChanged);
    const QPoint from = parts.lineOf(parts.histogram->failHandle());
    const QPoint to(parts.histogram->xOf(2.6), from.y());
    drag(parts.histogram, from, to, [&] {
        CHECK(changes.count() >= 5);
        CHECK(*fixture.point().fail == Approx(2.6).margin(0.02));
        CHECK(fixture.project().currentModel()->operatingPoint.fail == 1.95);  // nothing is written yet
        CHECK(fixture.project().undoStack()->count() == steps);
        CHECK(parts.fail->value() == Approx(*fixture.point().fail));
        CHECK(parts.histogram->failHandle()->lineX() == parts.histogram->xOf(*fixture.point().fail));
    });
    CHECK(fixture.project().undoStack()->count() == steps + 1);
    const auto& point = fixture.project().currentModel()->operatingPoint;
    CHECK(*point.fail == Approx(2.6).margin(0.02));
    CHECK(point.review == 1.62);
    CHECK(point.pixel == 1.87);
    CHECK(point.rule == "manual");
    CHECK(point.basis == "chosen by hand; rates on 20 good and 63 defective test images of parts");
    const auto expected = services::fromLabelledImages({.fail = point.fail}, fixture.labelled(), {}, 0);
    CHECK(point.expectedEscapes->count == expected.expectedEscapes->count);
    fixture.project().undoStack()->undo();
    CHECK(fixture.point().fail == 1.95);
    CHECK(parts.fail->value() == 1.95);
    CHECK(parts.histogram->failHandle()->lineX() == parts.histogram->xOf(1.95));
    fixture.project().undoStack()->redo();
    CHECK(*fixture.point().fail == Approx(2.6).margin(0.02));
}

TEST_CASE("Handles never cross: each stops at the other") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    const QPoint review = parts.lineOf(parts.histogram->reviewHandle());
    drag(parts.histogram, review, {parts.histogram->width() - 2, review.y()},
         [&] { CHECK(fixture.point().review == 1.95); });
    CHECK(fixture.point().review == 1.95);
    CHECK(fixture.point().fail == 1.95);
    fixture.setCuts(1.62, 1.95, 1.87);
    const QPoint fail = parts.lineOf(parts.histogram->failHandle());
    drag(parts.histogram, fail, {0, fail.y()}, [] {});
    CHECK(fixture.point().fail == 1.62);
    CHECK(fixture.point().review == 1.62);
}

TEST_CASE("Where both cuts are at one place, each flag is still to be seized on its side") {
    PanelFixture fixture;
    fixture.setCuts(2, 2, 1.87);
    Parts parts(fixture);
    const int x = parts.histogram->failHandle()->lineX();
    CHECK(parts.histogram->reviewHandle()->lineX() == x);
    const int y = parts.histogram->failHandle()->geometry().bottom() - 12;
    drag(parts.histogram, {x - 6, y}, {parts.histogram->xOf(1.5) - 6, y}, [] {});
    CHECK(*fixture.point().review == Approx(1.5).margin(0.02));
    CHECK(fixture.point().fail == 2);
    fixture.setCuts(2, 2, 1.87);
    drag(parts.histogram, {x + 6, y}, {parts.histogram->xOf(2.5) + 6, y}, [] {});
    CHECK(*fixture.point().fail == Approx(2.5).margin(0.02));
    CHECK(fixture.point().review == 2);
}

TEST_CASE("Escape during a drag puts the cut back, and the release then changes nothing") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    const int steps = fixture.project().undoStack()->count();
    const QPoint from = parts.lineOf(parts.histogram->failHandle());
    drag(parts.histogram, from, {parts.histogram->xOf(2.6), from.y()},
         [&] { QTest::keyClick(parts.histogram->failHandle(), Qt::Key_Escape); });
    CHECK(fixture.point().fail == 1.95);
    CHECK(fixture.project().undoStack()->count() == steps);
}

TEST_CASE("A press beside the handles moves nothing") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    const QPoint from(parts.histogram->xOf(3.0), parts.histogram->height() / 2);
    drag(parts.histogram, from, {parts.histogram->xOf(3.4), from.y()}, [] {});
    CHECK(fixture.point().fail == 1.95);
    CHECK(fixture.point().review == 1.62);
}

TEST_CASE("By keyboard: arrows move a handle by a step, with Shift by ten, and a held key is one step of undo") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    auto* fail = parts.histogram->failHandle();
    fail->setFocus();
    QTest::keyClick(fail, Qt::Key_Right);
    CHECK(*fixture.point().fail == Approx(1.96));
    QTest::keyClick(fail, Qt::Key_Down, Qt::ShiftModifier);
    CHECK(*fixture.point().fail == Approx(1.86));
    const int steps = fixture.project().undoStack()->count();
    for (int i = 0; i < 7; ++i) QTest::keyPress(fail, Qt::Key_Right);
    CHECK(*fixture.point().fail == Approx(1.93));
    CHECK(fixture.project().undoStack()->count() == steps);
    QTest::keyRelease(fail, Qt::Key_Right);
    CHECK(fixture.project().undoStack()->count() == steps + 1);
    QTest::keyClick(fail, Qt::Key_Home);
    CHECK(fixture.point().fail == 1.62);
    auto* review = parts.histogram->reviewHandle();
    review->setFocus();
    QTest::keyClick(review, Qt::Key_Right);
    CHECK(fixture.point().review == 1.62);
    QTest::keyClick(review, Qt::Key_PageDown);
    CHECK(*fixture.point().review == Approx(1.52));
}

TEST_CASE("Tab goes through handles, fields and rules, and each is named") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    parts.histogram->reviewHandle()->setFocus();
    QStringList names;
    for (int i = 0; i < 24; ++i) {
        QWidget* focused = QApplication::focusWidget();
        REQUIRE(focused != nullptr);
        names << focused->objectName();
        const QString said = QAccessible::queryAccessibleInterface(focused)->text(QAccessible::Name);
        INFO(focused->objectName().toStdString());
        CHECK_FALSE(said.isEmpty());
        QTest::keyClick(focused, Qt::Key_Tab);
    }
    for (const char* name : {"reviewHandle", "failHandle", "rocChip", "curvePlot", "reviewSpinBox", "failSpinBox",
                             "pixelSpinBox", "pixelSlider", "falseRejectRate", "falseRejectRule", "noEscapesRule",
                             "bestF1Rule", "escapeRule", "escapeRate"}) {
        INFO(name);
        CHECK(names.contains(QString::fromLatin1(name)));
    }
    CHECK(names.indexOf(QLatin1String("failHandle")) == 1);
}

TEST_CASE("A screen reader can read a handle's value and set it") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    auto* accessible = QAccessible::queryAccessibleInterface(parts.histogram->failHandle());
    REQUIRE(accessible != nullptr);
    CHECK(accessible->role() == QAccessible::Slider);
    CHECK(accessible->text(QAccessible::Name) == QLatin1String("Fail cut"));
    CHECK(accessible->text(QAccessible::Value) == QLatin1String("1.95"));
    auto* value = accessible->valueInterface();
    REQUIRE(value != nullptr);
    CHECK(value->currentValue().toDouble() == 1.95);
    CHECK(value->minimumValue().toDouble() == 1.62);
    CHECK(value->minimumStepSize().toDouble() == Approx(0.01));
    value->setCurrentValue(2.25);
    CHECK(fixture.project().currentModel()->operatingPoint.fail == 2.25);
}

TEST_CASE("The spin boxes move the cuts: typed, stepped, and not past one another") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    parts.fail->setFocus();
    parts.fail->selectAll();
    QTest::keyClicks(parts.fail, QStringLiteral("2.5"));
    CHECK(fixture.point().fail == 1.95);  // half typed
    QTest::keyClick(parts.fail, Qt::Key_Return);
    CHECK(fixture.project().currentModel()->operatingPoint.fail == 2.5);
    QTest::keyClick(parts.fail, Qt::Key_Up);
    CHECK(*fixture.project().currentModel()->operatingPoint.fail == Approx(2.51));
    parts.review->setFocus();
    parts.review->selectAll();
    QTest::keyClicks(parts.review, QStringLiteral("3"));
    QTest::keyClick(parts.review, Qt::Key_Return);
    CHECK(*fixture.point().review == Approx(2.51));
    CHECK(parts.review->value() == Approx(2.51));  // shows what is, not what was typed
    CHECK(parts.histogram->reviewHandle()->lineX() == parts.histogram->failHandle()->lineX());
}

TEST_CASE("A cut with more digits than the spin box shows is not rounded by going through it") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.9512345, 1.87);
    Parts parts(fixture);
    const int steps = fixture.project().undoStack()->count();
    CHECK(parts.fail->text() == QLatin1String("1.95"));
    parts.fail->setFocus();
    QTest::keyClick(parts.fail, Qt::Key_Return);
    parts.review->setFocus();
    CHECK(fixture.point().fail == 1.9512345);
    CHECK(fixture.project().undoStack()->count() == steps);
}

TEST_CASE("The pixel cut: spin box and slider are one, and what the rule promised for images stays") {
    PanelFixture fixture;
    fixture.panel().applyRule({.falseRejectRate = 0.01});
    Parts parts(fixture);
    const auto before = fixture.point();
    parts.slider->setFocus();
    const int place = parts.slider->value();
    QTest::keyClick(parts.slider, Qt::Key_PageUp);
    CHECK(parts.slider->value() > place);
    const auto after = fixture.project().currentModel()->operatingPoint;
    CHECK(*after.pixel > *before.pixel);
    CHECK(after.fail == before.fail);
    CHECK(after.rule == "false-reject");
    CHECK(after.expectedFalseRejects->count == before.expectedFalseRejects->count);
    CHECK(after.basis.find("pixels by hand") != std::string::npos);
    CHECK(parts.pixel->value() == Approx(*after.pixel).margin(0.01));
    parts.pixel->setFocus();
    QTest::keyClick(parts.pixel, Qt::Key_Down);
    CHECK(*fixture.point().pixel < *after.pixel);
}

TEST_CASE("The point on the curve is the fail cut, and dragging it goes along the curve") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    CHECK(parts.curve->size() == 83);
    const QPoint from = parts.curve->pointPosition();
    const QPoint to = parts.curve->positionOf(30);
    REQUIRE(from != to);
    const int steps = fixture.project().undoStack()->count();
    drag(parts.curve, from, to, [&] {
        CHECK((parts.curve->pointPosition() - to).manhattanLength() <= 3);
        CHECK(fixture.project().undoStack()->count() == steps);
    });
    CHECK(fixture.project().undoStack()->count() == steps + 1);
    CHECK(*fixture.point().fail > 1.95);
    CHECK(parts.histogram->failHandle()->value() == *fixture.point().fail);
    const double fail = *fixture.point().fail;
    QTest::keyClick(parts.curve, Qt::Key_Right);
    CHECK(*fixture.point().fail < fail);
    QTest::keyClick(parts.curve, Qt::Key_End);
    CHECK(fixture.point().review == fixture.point().fail);  // taken along, below the least score
    CHECK(fixture.find<ui::Figure>("defectfail")->text() == QLatin1String("63"));
}

TEST_CASE("A label changed elsewhere is counted at once, and the bars are drawn again only then") {
    PanelFixture fixture;
    fixture.setCuts(1.62, 1.95, 1.87);
    Parts parts(fixture);
    auto* total = fixture.find<ui::Figure>("goodTotal");
    CHECK(total->text() == QLatin1String("20"));
    const int replots = parts.histogram->replots();
    for (int i = 0; i < 5; ++i) QTest::keyClick(parts.histogram->failHandle(), Qt::Key_Right);
    CHECK(parts.histogram->replots() == replots);
    const auto& images = fixture.project().images();
    const auto defect = std::find_if(images.begin(), images.end(),
                                     [](const auto& image) { return image.label == engine::Label::Defect; });
    const services::ImageId id = defect->id;
    fixture.project().setLabels({&id, 1}, engine::Label::Good);
    REQUIRE(QTest::qWaitFor([&] { return total->text() == QLatin1String("21"); }));
    CHECK(fixture.find<ui::Figure>("defectTotal")->text() == QLatin1String("62"));
    CHECK(parts.histogram->replots() > replots);
    fixture.project().undoStack()->undo();
    REQUIRE(QTest::qWaitFor([&] { return total->text() == QLatin1String("20"); }));
}
