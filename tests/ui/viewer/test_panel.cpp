// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/canvas_badges.h"
#include "ui/viewer/flat_button.h"
#include "ui/viewer/viewer_panel.h"

namespace {

template <typename Widget>
Widget* find(QWidget& parent, const char* name) {
    auto* widget = parent.findChild<Widget*>(QString::fromLatin1(name));
    REQUIRE(widget != nullptr);
    return widget;
}

void click(QWidget& parent, const char* name) {
    QTest::mouseClick(find<QWidget>(parent, name), Qt::LeftButton);
}

struct Panel {
    ui::ViewerPanel panel;
    explicit Panel(int width = 900) {
        panel.resize(width, 700);
        panel.setTitle(QStringLiteral("broken_large / 000"));
        panel.setPicture(test::pictureOf(test::addressed(900, 900)));
        panel.setMap(test::mapOver(test::blobs(90, 90, 6, 0.2), 900, 900));
        panel.setMapRange(0.2, 1.4);
        panel.setPixelCut(0.7);
        panel.setScore(3.294, engine::Verdict::Fail);
        panel.show();
        panel.grab();
    }
};

}  // namespace

TEST_CASE("The header's controls change the overlay and say so once") {
    Panel shown(1200);
    QSignalSpy looks(&shown.panel, &ui::ViewerPanel::overlayChanged);
    click(shown.panel, "contourButton");
    CHECK(!shown.panel.overlay().contour);
    CHECK(!shown.panel.view()->overlay().contour);
    click(shown.panel, "aboveCutButton");
    CHECK(shown.panel.view()->overlay().onlyAboveCut);
    find<QSlider>(shown.panel, "overlaySlider")->setValue(35);
    CHECK(shown.panel.view()->overlay().opacity == Approx(0.35));
    CHECK(looks.size() == 3);
    click(shown.panel, "overlayButton");
    CHECK(!shown.panel.view()->overlay().visible);
    CHECK(!find<QWidget>(shown.panel, "colourScale")->isVisible());
    shown.panel.toggleOverlay();
    CHECK(shown.panel.view()->overlay().visible);
    CHECK(looks.size() == 5);
    ui::OverlayLook look;
    look.colours = services::ColourMap::Viridis;
    shown.panel.setOverlay(look);
    CHECK(looks.size() == 5);
    CHECK(find<ui::FlatButton>(shown.panel, "coloursButton")->text() == QStringLiteral("Viridis"));
}

TEST_CASE("Swipe and side by side: one at a time, the second view follows the first and the first the second") {
    Panel shown(1200);
    ui::ViewerPanel& panel = shown.panel;
    QSignalSpy comparisons(&panel, &ui::ViewerPanel::comparisonChanged);
    click(panel, "swipeButton");
    CHECK(panel.comparison() == ui::Comparison::Swipe);
    CHECK(panel.view()->swipe() == 0.5);
    click(panel, "sideBySideButton");
    CHECK(panel.comparison() == ui::Comparison::SideBySide);
    CHECK(!panel.view()->swipe());
    CHECK(panel.secondView()->isVisible());
    CHECK(comparisons.size() == 2);
    // Set by the program, nothing is told: who set it knows.
    panel.setComparison(ui::Comparison::Swipe);
    panel.setComparison(ui::Comparison::SideBySide);
    CHECK(comparisons.size() == 2);
    panel.grab();
    panel.view()->zoomBy(5, {100, 100});
    CHECK(panel.secondView()->viewTransform() == panel.view()->viewTransform());
    panel.secondView()->panBy({30, 12});
    CHECK(panel.secondView()->viewTransform() == panel.view()->viewTransform());
    panel.secondView()->zoomToFit();
    CHECK(panel.view()->viewTransform().fitted);
    CHECK(panel.secondView()->picture() == panel.view()->picture());
    const auto next = test::pictureOf(test::addressed(400, 300));
    panel.setPicture(next);
    CHECK(panel.secondView()->picture() == next);
    click(panel, "sideBySideButton");
    CHECK(panel.comparison() == ui::Comparison::Off);
    CHECK(!panel.secondView()->isVisible());
    CHECK(panel.secondView()->picture() == nullptr);
}

TEST_CASE("Side by side both pictures show the mask and the region") {
    Panel shown(1200);
    ui::ViewerPanel& panel = shown.panel;
    panel.setOverlay({.visible = false});
    const cv::Mat even(900, 900, CV_8UC3, cv::Scalar(140, 130, 120));
    panel.setPicture(test::pictureOf(even));
    panel.setComparison(ui::Comparison::SideBySide);
    panel.grab();
    const auto colourOf = [&](ui::ImageView* view) {
        return view->grab().toImage().pixelColor(view->fromPicture({450, 450}).toPoint());
    };
    const auto areAlike = [&] { return colourOf(panel.view()) == colourOf(panel.secondView()); };
    CHECK(areAlike());
    const QColor plain = colourOf(panel.secondView());
    QImage mask(900, 900, QImage::Format_Grayscale8);
    mask.fill(255);
    panel.setMask(mask);
    CHECK(colourOf(panel.secondView()) != plain);
    CHECK(areAlike());
    panel.setMask({});
    CHECK(colourOf(panel.secondView()) == plain);
    QImage region(900, 900, QImage::Format_Grayscale8);
    region.fill(0);
    panel.setRegion(region);
    CHECK(colourOf(panel.secondView()) != plain);
    CHECK(areAlike());
}

TEST_CASE("Captions stay within their views, and the end of a long one is still read") {
    Panel shown(400);
    const QString name = QStringLiteral("PatchCore with a name that was typed by somebody who had time");
    shown.panel.setComparison(ui::Comparison::SideBySide);
    shown.panel.setFirstCaption(name);
    shown.panel.setSecondMap(nullptr, 0, 1, {}, name + QStringLiteral(" 3.29"));
    shown.panel.setSecondScore(3.294, engine::Verdict::Fail);
    shown.panel.grab();
    for (const auto& [caption, badge, view] : {std::tuple("firstCaption", "verdictBadge", "imageView"),
                                               std::tuple("secondCaption", "secondVerdictBadge", "secondImageView")}) {
        const auto* label = find<ui::CanvasCaption>(shown.panel, caption);
        CHECK_FALSE(label->geometry().intersects(find<QWidget>(shown.panel, badge)->geometry()));
        CHECK(find<QWidget>(shown.panel, view)->rect().contains(label->geometry()));
        CHECK(label->accessibleName().startsWith(name));
    }
    auto* second = find<ui::CanvasCaption>(shown.panel, "secondCaption");
    const QImage before = second->grab().toImage();
    second->setText(name + QStringLiteral(" 4.31"));
    CHECK(second->grab().toImage() != before);
    second->setText(QStringLiteral("PaDiM"));
    CHECK(second->width() == second->sizeHint().width());
    CHECK(second->width() < before.width());
}

TEST_CASE("A caption takes a second line where its view is narrow, and the picture leaves it the room") {
    Panel shown(320);
    shown.panel.setComparison(ui::Comparison::SideBySide);
    shown.panel.setSecondMap(nullptr, 0, 1, {}, QStringLiteral("PaDiM"));
    shown.panel.grab();
    const auto* caption = find<ui::CanvasCaption>(shown.panel, "secondCaption");
    const int one = caption->height();
    shown.panel.setSecondMap(nullptr, 0, 1, {}, QStringLiteral("PatchCore · 30 Nov 05:54"));
    shown.panel.grab();
    CHECK(caption->height() > one);
    CHECK(shown.panel.secondView()->fromPicture({0, 0}).y() > caption->geometry().bottom());
}

TEST_CASE("Nothing is clipped or overlaps at any width, and what has no room is in the menu") {
    for (const int width : {330, 420, 560, 772, 1000, 1400}) {
        Panel shown(width);
        shown.panel.setTitle(QStringLiteral("a very long folder name / another one / picture_000123_left_camera.png"));
        shown.panel.grab();
        QWidget* header = find<QWidget>(shown.panel, "viewerHeader");
        REQUIRE(header->width() == width);
        std::vector<QRect> places;
        for (QObject* child : header->children()) {
            const auto* widget = qobject_cast<QWidget*>(child);
            if (widget == nullptr || !widget->isVisible() || widget->isWindow()) continue;
            INFO(width << ": " << widget->objectName().toStdString());
            CHECK(header->rect().contains(widget->geometry()));
            if (qobject_cast<const QLabel*>(widget) == nullptr) CHECK(widget->width() >= widget->sizeHint().width());
            for (const QRect& place : places) CHECK(!place.intersects(widget->geometry()));
            places.push_back(widget->geometry());
        }
        CHECK(find<QWidget>(shown.panel, "zoomButton")->isVisible());
        CHECK(find<QWidget>(shown.panel, "moreButton")->isVisible());
    }
    Panel narrow(400);
    CHECK(!find<QWidget>(narrow.panel, "aboveCutButton")->isVisible());
    auto* action = narrow.panel.findChild<QAction*>(QStringLiteral("aboveCutAction"));
    REQUIRE(action != nullptr);
    action->trigger();
    CHECK(narrow.panel.overlay().onlyAboveCut);
}

TEST_CASE("Which controls are shown, and where, depends on the width alone") {
    Panel shown(384);
    const auto placesOf = [&] {
        QStringList places;
        for (const auto* button : shown.panel.header()->findChildren<ui::FlatButton*>())
            if (button->isVisible())
                places +=
                    QStringLiteral("%1 %2").arg(button->objectName()).arg(button->mapTo(&shown.panel, QPoint()).x());
        return places;
    };
    for (int width = 384; width < 1400; width += 12) {
        shown.panel.resize(width, 700);
        shown.panel.setComparison(ui::Comparison::Off);
        shown.panel.setPicture(test::pictureOf(test::addressed(9, 7)));
        shown.panel.setTitle(QStringLiteral("a"));
        INFO(width);
        const QStringList before = placesOf();
        CHECK(before.size() >= 2);
        shown.panel.setTitle(QStringLiteral("a name that is longer than the window is wide ").repeated(8));
        CHECK(placesOf() == before);
        shown.panel.setPicture(test::pictureOf(test::addressed(9000, 70)));
        CHECK(placesOf() == before);
        shown.panel.view()->zoomBy(16, {100, 100});
        CHECK(placesOf() == before);
        // The way of comparing that is on is among them.
        shown.panel.setComparison(ui::Comparison::SideBySide);
        if (width >= 768) CHECK(find<QWidget>(shown.panel, "sideBySideButton")->isVisible());
    }
}

TEST_CASE("Where the model draws no maps the picture says so, and what concerns a map is off and says why") {
    Panel shown(1400);
    const auto* caption = find<QWidget>(shown.panel, "firstCaption");
    auto* contour = find<QWidget>(shown.panel, "contourButton");
    const QString usual = contour->toolTip();
    shown.panel.setMap(nullptr);
    CHECK(!contour->isEnabled());
    CHECK(contour->toolTip() == usual);  // the map may be on its way
    CHECK(!caption->isVisible());
    shown.panel.setDrawsMaps(false);
    const auto why = QStringLiteral("This method scores whole images; it draws no map");
    CHECK(caption->isVisible());
    CHECK(caption->accessibleName() == why);
    for (const char* name :
         {"overlayButton", "overlaySlider", "contourButton", "aboveCutButton", "swipeButton", "coloursButton"}) {
        INFO(name);
        CHECK(!find<QWidget>(shown.panel, name)->isEnabled());
        CHECK(find<QWidget>(shown.panel, name)->toolTip() == why);
    }
    CHECK(find<QWidget>(shown.panel, "sideBySideButton")->isEnabled());
    shown.panel.setFirstCaption(QStringLiteral("PatchCore"));
    CHECK(caption->accessibleName() == QStringLiteral("PatchCore"));
    shown.panel.setFirstCaption({});
    CHECK(caption->accessibleName() == why);
    shown.panel.setPicture(nullptr);
    CHECK(!caption->isVisible());
    shown.panel.setDrawsMaps(true);
    CHECK(contour->toolTip() == usual);
}

TEST_CASE("The badge has shape, word and score") {
    Panel shown;
    const auto* badge = find<ui::VerdictBadge>(shown.panel, "verdictBadge");
    CHECK(badge->text() == QStringLiteral("FAIL  3.29"));
    CHECK(badge->accessibleName() == badge->text());
    shown.panel.setScore(1.2, engine::Verdict::None);
    CHECK(badge->text() == QStringLiteral("Score 1.20"));
    shown.panel.setScore({}, engine::Verdict::None);
    CHECK(badge->text() == QStringLiteral("NOT SCORED"));
    shown.panel.setPicture(nullptr);
    CHECK(!badge->isVisible());
    CHECK(!find<QWidget>(shown.panel, "colourScale")->isVisible());
    CHECK(!find<QWidget>(shown.panel, "contourButton")->isEnabled());
}

TEST_CASE("The read-out says pixel, values and score") {
    Panel shown;
    ui::ImageView* view = shown.panel.view();
    view->setViewTransform({8, {450, 450}, false});
    QTest::mouseMove(view, view->fromPicture({440.5, 460.5}).toPoint());
    const auto* readout = find<ui::ReadoutBox>(shown.panel, "readout");
    CHECK(readout->isVisible());
    CHECK(readout->place() == QStringLiteral("x 440   y 460   RGB 17 204 184"));
    CHECK(!readout->score().isEmpty());
    CHECK(view->rect().contains(readout->geometry()));
    shown.panel.setMap(nullptr);
    QTest::mouseMove(view, view->fromPicture({441.5, 460.5}).toPoint());
    CHECK(readout->score().isEmpty());
}

TEST_CASE("The tools are there while a mask is edited") {
    Panel shown(500);
    ui::ViewerPanel& panel = shown.panel;
    auto* strip = find<QWidget>(panel, "toolStrip");
    CHECK(!strip->isVisible());
    panel.setEditing(ui::MaskTarget::Defect);
    panel.grab();
    CHECK(strip->isVisible());
    CHECK(panel.view()->tool() == ui::MaskTool::Brush);
    for (QObject* child : strip->children()) {
        const auto* widget = qobject_cast<QWidget*>(child);
        if (widget != nullptr) CHECK(strip->rect().contains(widget->geometry()));
    }
    click(panel, "polygonTool");
    CHECK(panel.view()->tool() == ui::MaskTool::Polygon);
    find<QSpinBox>(panel, "brushSizeSpinBox")->setValue(55);
    CHECK(panel.view()->brushSize() == 55);
    panel.view()->setBrushSize(70);
    CHECK(find<QSpinBox>(panel, "brushSizeSpinBox")->value() == 70);
    QSignalSpy masks(&panel, &ui::ViewerPanel::maskEdited);
    click(panel, "clearMaskButton");
    REQUIRE(masks.size() == 1);
    CHECK(masks.first().first().value<QImage>().size() == QSize(900, 900));
    QSignalSpy finished(&panel, &ui::ViewerPanel::editingFinished);
    click(panel, "doneEditingButton");
    CHECK(finished.size() == 1);
    CHECK(!strip->isVisible());
    CHECK(panel.view()->tool() == ui::MaskTool::Look);
    panel.setEditing(ui::MaskTarget::Region);
    QSignalSpy regions(&panel, &ui::ViewerPanel::regionEdited);
    click(panel, "clearMaskButton");
    REQUIRE(regions.size() == 1);
    CHECK(regions.first().first().value<QImage>().isNull());
}

TEST_CASE("All tools are within the strip, however narrow it is") {
    for (const int width : {320, 480, 900})
        for (const auto target : {ui::MaskTarget::Defect, ui::MaskTarget::Region}) {
            Panel shown(width);
            shown.panel.setEditing(ui::MaskTarget::Defect);
            shown.panel.setEditing(target);
            shown.panel.grab();
            auto* strip = find<QWidget>(shown.panel, "toolStrip");
            for (const char* tool : {"lookTool", "ellipseTool", "clearMaskButton", "doneEditingButton"}) {
                INFO(width << " " << tool);
                CHECK(strip->rect().contains(find<QWidget>(shown.panel, tool)->geometry()));
            }
        }
}

TEST_CASE("Every control has a name for those who do not see it") {
    Panel shown;
    shown.panel.setEditing(ui::MaskTarget::Defect);
    for (const QAbstractButton* button : shown.panel.findChildren<QAbstractButton*>()) {
        INFO(button->objectName().toStdString());
        CHECK(!button->objectName().isEmpty());
        CHECK(!button->accessibleName().isEmpty());
        CHECK(button->focusPolicy() == Qt::StrongFocus);
    }
}
