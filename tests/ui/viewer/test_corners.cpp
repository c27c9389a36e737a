// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/canvas_badges.h"
#include "ui/viewer/colour_scale.h"
#include "ui/viewer/viewer_panel.h"

namespace {

struct Shown {
    ui::ViewerPanel panel;
    Shown(const QSize& window, const QSize& picture) {
        panel.resize(window);
        panel.setPicture(test::pictureOf(test::addressed(picture.width(), picture.height())));
        panel.setMap(test::mapOver(test::blobs(90, 90, 6, 0.2), picture.width(), picture.height()));
        panel.setMapRange(0.2, 1.4);
        panel.setPixelCut(0.7);
        panel.setScore(3.294, engine::Verdict::Fail);
        panel.show();
        panel.grab();
    }
    template <typename Widget>
    const Widget* find(const char* name) const {
        const auto* widget = panel.findChild<Widget*>(QString::fromLatin1(name));
        REQUIRE(widget != nullptr);
        return widget;
    }
};

QRectF pictureIn(const ui::ImageView& view) {
    const QSize size = view.pictureSize();
    return {view.fromPicture({0, 0}), view.fromPicture(QPointF(size.width(), size.height()))};
}

void checkFree(const Shown& shown, const ui::ImageView& view, std::initializer_list<const char*> corners) {
    for (const char* name : corners) {
        const auto* corner = shown.find<QWidget>(name);
        INFO(name << " in " << view.width() << " x " << view.height());
        REQUIRE(corner->parentWidget() == &view);
        if (corner->isVisible()) CHECK_FALSE(pictureIn(view).intersects(corner->geometry()));
    }
}

}  // namespace

TEST_CASE("A fitted picture lies neither under the verdict nor under the colour scale, in any window", "[scaling]") {
    for (const QSize window : {QSize(320, 300), QSize(420, 420), QSize(800, 780), QSize(1600, 700), QSize(800, 320)})
        for (const QSize picture : {QSize(900, 900), QSize(1600, 900), QSize(900, 1600), QSize(40, 30)}) {
            const Shown shown(window, picture);
            INFO(picture.width() << " x " << picture.height());
            checkFree(shown, *shown.panel.view(), {"verdictBadge", "colourScale"});
            CHECK(QRectF(shown.panel.view()->rect()).contains(pictureIn(*shown.panel.view())));
        }
}

TEST_CASE("A fitted picture has the room that the corners leave: to the left of the scale or below it, in the middle") {
    const Shown wide({1600, 700}, {900, 900});
    CHECK(std::abs(pictureIn(*wide.panel.view()).center().x() - 800) <= 1);
    CHECK(wide.find<QWidget>("colourScale")->isVisible());
    const Shown square({800, 820}, {900, 900});
    CHECK(pictureIn(*square.panel.view()).right() < square.find<QWidget>("colourScale")->x());
    // For a few pixels more a picture does not leave the middle.
    const Shown usual({800, 780}, {1600, 1200});
    CHECK(pictureIn(*usual.panel.view()).right() < usual.find<QWidget>("colourScale")->x());
    CHECK(std::abs(pictureIn(*usual.panel.view()).center().y() - usual.panel.view()->height() / 2.0) <= 1);
    const Shown flat({700, 820}, {1600, 600});
    CHECK(pictureIn(*flat.panel.view()).right() > flat.find<QWidget>("colourScale")->x());
}

TEST_CASE("A fitted picture stays where it is while the overlay goes, the map is on its way or the cut moves") {
    Shown shown({800, 780}, {900, 900});
    const QRectF before = pictureIn(*shown.panel.view());
    const auto isThere = [&] {
        shown.panel.grab();
        return pictureIn(*shown.panel.view()) == before;
    };
    shown.panel.toggleOverlay();
    CHECK(isThere());
    shown.panel.toggleOverlay();
    shown.panel.setMap(nullptr);
    CHECK(isThere());
    shown.panel.setPixelCut(2.0);  // above what a good part shows
    CHECK(isThere());
    shown.panel.setScore(std::nullopt, engine::Verdict::None);
    CHECK(isThere());
    shown.panel.setDrawsMaps(false);  // of a method that has no scale the room is the picture's
    CHECK_FALSE(isThere());
}

TEST_CASE("Before there is a model no room is kept for its scale") {
    ui::ViewerPanel panel;
    panel.resize(800, 780);
    panel.setPicture(test::pictureOf(test::addressed(1200, 900)));
    panel.show();
    panel.grab();
    CHECK(std::abs(pictureIn(*panel.view()).center().x() - 400) <= 1);
    const double before = pictureIn(*panel.view()).width();
    panel.setMapRange(0.2, 1.4);
    panel.grab();
    CHECK(pictureIn(*panel.view()).width() < before);
}

TEST_CASE("In a small view the scale lies, beside the badge or below it, and the picture is clear of both",
          "[scaling]") {
    for (const int width : {180, 240, 320, 384}) {
        const Shown shown({width, 440}, {900, 900});
        const auto* scale = shown.find<ui::ColourScale>("colourScale");
        const auto* badge = shown.find<QWidget>("verdictBadge");
        INFO(width);
        CHECK(scale->isVisible());
        CHECK(scale->orientation() == Qt::Horizontal);
        CHECK(shown.panel.view()->rect().contains(scale->geometry()));
        CHECK_FALSE(scale->geometry().intersects(badge->geometry()));
        CHECK((scale->y() == badge->y()) == (width >= 320));
        checkFree(shown, *shown.panel.view(), {"verdictBadge", "colourScale"});
    }
    const Shown usual({800, 780}, {900, 900});
    CHECK(usual.find<ui::ColourScale>("colourScale")->orientation() == Qt::Vertical);
    const Shown low({384, 236}, {900, 900});
    CHECK_FALSE(low.find<QWidget>("colourScale")->isVisible());
}

TEST_CASE("Of two models compared each has its own scale, the plain picture has none") {
    for (const int width : {500, 1200}) {
        Shown shown({width, 620}, {900, 900});
        auto& panel = shown.panel;
        const auto* second = shown.find<ui::ColourScale>("secondColourScale");
        panel.setComparison(ui::Comparison::SideBySide);
        CHECK_FALSE(second->isVisible());
        panel.setSecondMap(test::mapOver(test::blobs(90, 90, 6, 0.2), 900, 900), 10, 40, 25, QStringLiteral("PaDiM"));
        panel.setSecondScore(31, engine::Verdict::Fail);
        QTest::qWait(0);
        panel.grab();
        INFO(width);
        CHECK(second->isVisible());
        CHECK(second->accessibleName() == QStringLiteral("Colour scale from 10.0 to 40.0, 25.0 cut"));
        CHECK(second->orientation() == shown.find<ui::ColourScale>("colourScale")->orientation());
        checkFree(shown, *panel.view(), {"verdictBadge", "colourScale", "firstCaption"});
        checkFree(shown, *panel.secondView(), {"secondVerdictBadge", "secondColourScale", "secondCaption"});
        panel.toggleOverlay();
        CHECK_FALSE(second->isVisible());
        panel.toggleOverlay();
        panel.setComparison(ui::Comparison::Off);
        CHECK_FALSE(second->isVisible());
    }
}

TEST_CASE("Side by side no picture lies under a caption, and both are at the same place of their views") {
    Shown shown({900, 620}, {900, 900});
    shown.panel.setFirstCaption(QStringLiteral("PatchCore"));
    shown.panel.setComparison(ui::Comparison::SideBySide);
    shown.panel.setSecondMap(nullptr, 0, 1, {}, QStringLiteral("PaDiM"));
    shown.panel.setSecondScore(1.5, engine::Verdict::Pass);
    QTest::qWait(0);
    shown.panel.grab();
    checkFree(shown, *shown.panel.view(), {"verdictBadge", "colourScale", "firstCaption"});
    checkFree(shown, *shown.panel.secondView(), {"secondVerdictBadge", "secondCaption"});
    CHECK(shown.find<QWidget>("secondCaption")->isVisible());
    CHECK(shown.find<QWidget>("secondCaption")->y() == shown.find<QWidget>("firstCaption")->y());
}

TEST_CASE("Side by side both show the picture at one size and one height, however the room is divided", "[scaling]") {
    for (const int width : {900, 901, 1200, 1201}) {
        Shown shown({width, 620}, {900, 700});
        shown.panel.setComparison(ui::Comparison::SideBySide);
        QTest::qWait(0);
        shown.panel.grab();
        const QRectF first = pictureIn(*shown.panel.view());
        const QRectF second = pictureIn(*shown.panel.secondView());
        INFO(width);
        CHECK(first.size() == second.size());
        CHECK(first.topLeft() == second.topLeft());
        CHECK(shown.panel.view()->viewTransform().zoom == shown.panel.secondView()->viewTransform().zoom);
    }
}

TEST_CASE("Each side of the swipe says what it is, in the order of side by side, and the picture stays as it moves") {
    Shown shown({900, 620}, {900, 900});
    const auto* map = shown.find<QWidget>("firstCaption");
    const auto* plain = shown.find<QWidget>("plainCaption");
    CHECK_FALSE(map->isVisible());
    CHECK_FALSE(plain->isVisible());
    shown.panel.setComparison(ui::Comparison::SideBySide);
    const QString left = map->accessibleName();
    CHECK(map->isVisible());
    CHECK_FALSE(plain->isVisible());
    CHECK(plain->accessibleName() == shown.find<QWidget>("secondCaption")->accessibleName());

    shown.panel.setComparison(ui::Comparison::Swipe);
    shown.panel.grab();
    CHECK(map->accessibleName() == left);
    const QRectF before = pictureIn(*shown.panel.view());
    CHECK_FALSE(before.intersects(map->geometry()));
    auto* view = shown.panel.view();
    for (int i = 0; i < 12; ++i) {
        const double divider = *view->swipe() * view->width();
        CHECK(map->isVisible());
        CHECK(map->geometry().right() < divider);
        if (plain->isVisible()) CHECK(plain->geometry().left() > divider);
        CHECK_FALSE(plain->geometry().intersects(shown.find<QWidget>("colourScale")->geometry()));
        QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
    }
    for (int i = 0; i < 60; ++i) QTest::keyClick(view, Qt::Key_Left, Qt::ShiftModifier);
    CHECK_FALSE(map->isVisible());
    CHECK(plain->isVisible());
    CHECK(pictureIn(*view) == before);
    shown.panel.toggleOverlay();
    CHECK(map->accessibleName() == plain->accessibleName());
    shown.panel.setComparison(ui::Comparison::Off);
    CHECK_FALSE(map->isVisible());
    CHECK_FALSE(plain->isVisible());
}

TEST_CASE("A badge keeps its distance from both edges of a narrow view") {
    Shown shown({330, 300}, {90, 60});
    shown.panel.setComparison(ui::Comparison::SideBySide);
    shown.panel.setScore(std::nullopt, engine::Verdict::None);
    shown.panel.setSecondScore(1234567.25, engine::Verdict::Review);
    shown.panel.resize(330, 300);
    QTest::qWait(0);
    shown.panel.grab();
    for (const auto& [name, view] :
         {std::pair("verdictBadge", shown.panel.view()), std::pair("secondVerdictBadge", shown.panel.secondView())}) {
        const auto* badge = shown.find<ui::VerdictBadge>(name);
        INFO(name << " of " << badge->width() << " in " << view->width());
        CHECK(badge->x() == 12);
        CHECK(badge->geometry().right() + 1 <= view->width() - 12);
        CHECK(badge->accessibleName() == badge->text());
    }
    const auto* second = shown.find<ui::VerdictBadge>("secondVerdictBadge");
    CHECK(second->shownText() != second->text());
    CHECK(second->shownText().endsWith(QStringLiteral("1,234,567.25")));
    // Where there is room all of it is there.
    shown.panel.setComparison(ui::Comparison::Off);
    shown.panel.resize(600, 400);
    const auto* badge = shown.find<ui::VerdictBadge>("verdictBadge");
    for (const auto verdict :
         {engine::Verdict::None, engine::Verdict::Pass, engine::Verdict::Review, engine::Verdict::Fail})
        for (const auto score : {std::optional<double>(), std::optional(7.49), std::optional(284.87)}) {
            shown.panel.setScore(score, verdict);
            CHECK(badge->shownText() == badge->text());
        }
}
