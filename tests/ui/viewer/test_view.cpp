// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/image_view.h"

namespace {

void turnWheel(QWidget& widget, const QPointF& at, int delta) {
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&widget, &event);
}

struct Shown {
    ui::ImageView view;
    explicit Shown(int width = 1200, int height = 900) {
        view.resize(640, 480);
        view.setPicture(test::pictureOf(test::addressed(width, height)));
        view.show();
        view.grab();
    }
};

}  // namespace

TEST_CASE("The wheel zooms to the cursor: the pixel under it stays there", "[scaling]") {
    Shown shown;
    const QPointF cursor(411, 123);
    const QPointF under = shown.view.toPicture(cursor);
    const double first = shown.view.viewTransform().zoom;
    double zoom = first;
    for (int i = 0; i < 24; ++i) {
        turnWheel(shown.view, cursor, i < 18 ? 120 : -120);
        const QPointF now = shown.view.toPicture(cursor);
        // The corner lies on a whole pixel of the screen, now and before.
        const double pixel = 0.51 / shown.view.viewTransform().zoom + 0.51 / first;
        CHECK(std::abs(now.x() - under.x()) <= pixel);
        CHECK(std::abs(now.y() - under.y()) <= pixel);
        if (i < 18) CHECK((shown.view.viewTransform().zoom > zoom || zoom == ui::largestZoom));
        zoom = shown.view.viewTransform().zoom;
    }
    for (int i = 0; i < 60; ++i) turnWheel(shown.view, cursor, -120);
    // Smaller than the view, it is in the middle.
    CHECK(shown.view.toPicture({320, 240}).x() == Approx(600).margin(2 / shown.view.viewTransform().zoom));
}

TEST_CASE("Keys zoom, fit and move", "[scaling]") {
    Shown shown;
    ui::ImageView& view = shown.view;
    QSignalSpy changes(&view, &ui::ImageView::viewChanged);
    const double fit = view.viewTransform().zoom;
    QTest::keyClick(&view, Qt::Key_Plus);
    CHECK(view.viewTransform().zoom == Approx(fit * 1.25));
    CHECK(!view.viewTransform().fitted);
    QTest::keyClick(&view, Qt::Key_Minus, Qt::ControlModifier);
    CHECK(view.viewTransform().zoom == Approx(fit));
    QTest::keyClick(&view, Qt::Key_1);
    CHECK(view.viewTransform().zoom == Approx(1));
    const QPointF centre = view.viewTransform().centre;
    QTest::keyClick(&view, Qt::Key_Right, Qt::ControlModifier);
    CHECK(view.viewTransform().centre.x() > centre.x());
    QTest::keyClick(&view, Qt::Key_Down, Qt::ControlModifier);
    CHECK(view.viewTransform().centre.y() > centre.y());
    QTest::keyClick(&view, Qt::Key_0);
    CHECK(view.viewTransform().fitted);
    CHECK(view.viewTransform().zoom == Approx(fit));
    CHECK(changes.size() == 6);
    // Arrows alone are the window's: previous and next picture.
    QKeyEvent arrow(QEvent::KeyPress, Qt::Key_Right, Qt::NoModifier);
    QApplication::sendEvent(&view, &arrow);
    CHECK(!arrow.isAccepted());
}

TEST_CASE("The left button moves the picture, which never leaves the view") {
    Shown shown;
    ui::ImageView& view = shown.view;
    view.zoomActual();
    const QPointF under = view.toPicture({300, 200});
    QTest::mousePress(&view, Qt::LeftButton, {}, {300, 200});
    QTest::mouseMove(&view, {330, 250});
    CHECK(view.toPicture({330, 250}).x() == Approx(under.x()).margin(0.6));
    CHECK(view.toPicture({330, 250}).y() == Approx(under.y()).margin(0.6));
    QTest::mouseMove(&view, {90000, 90000});
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {90000, 90000});
    CHECK(view.toPicture({320, 240}).x() == Approx(0).margin(1));
    CHECK(view.toPicture({320, 240}).y() == Approx(0).margin(1));
}

TEST_CASE("The cursor's pixel is read, and leaving the picture is told", "[scaling]") {
    Shown shown;
    ui::ImageView& view = shown.view;
    qRegisterMetaType<ui::Readout>();
    QSignalSpy readouts(&view, &ui::ImageView::hovered);
    QSignalSpy left(&view, &ui::ImageView::hoverLeft);
    view.setViewTransform({8, {600, 450}, false});
    QTest::mouseMove(&view, view.fromPicture({597.5, 448.5}).toPoint());
    REQUIRE(readouts.size() >= 1);
    const auto readout = readouts.last().first().value<ui::Readout>();
    CHECK(readout.pixel == QPoint(597, 448));
    CHECK(readout.value ==
          QStringLiteral("RGB %1 %2 %3").arg(597 / 256 + 16 * (448 / 256)).arg(448 % 256).arg(597 % 256));
    view.zoomToFit();
    QTest::mouseMove(&view, {2, 2});
    CHECK(left.size() >= 1);
}

TEST_CASE("A double click tells the pixel") {
    Shown shown;
    shown.view.setViewTransform({8, {600, 450}, false});
    QSignalSpy clicks(&shown.view, &ui::ImageView::doubleClicked);
    QTest::mouseDClick(&shown.view, Qt::LeftButton, {}, shown.view.fromPicture({610.5, 440.5}).toPoint());
    REQUIRE(clicks.size() == 1);
    CHECK(clicks.first().first().toPoint() == QPoint(610, 440));
}

TEST_CASE("The swipe follows the mouse at its line and Shift with an arrow") {
    Shown shown;
    ui::ImageView& view = shown.view;
    view.setMap(test::mapOver(test::blobs(40, 30, 4, 0.3), 1200, 900));
    view.setSwipe(0.5);
    QSignalSpy swipes(&view, &ui::ImageView::swipeChanged);
    const ui::ViewTransform before = view.viewTransform();
    QTest::mousePress(&view, Qt::LeftButton, {}, {321, 100});
    QTest::mouseMove(&view, {160, 110});
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {160, 110});
    CHECK(*view.swipe() == Approx(0.25));
    CHECK(view.viewTransform() == before);
    QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
    CHECK(*view.swipe() == Approx(0.27));
    CHECK(swipes.size() >= 2);
    view.setSwipe(7);
    CHECK(*view.swipe() == 1);
}

TEST_CASE("The view stays when the next picture has the same size, and fits another one") {
    Shown shown;
    ui::ImageView& view = shown.view;
    view.setViewTransform({3, {200, 300}, false});
    view.setPicture(test::pictureOf(test::addressed(1200, 900)));
    CHECK(view.viewTransform() == ui::ViewTransform{3, {200, 300}, false});
    view.setPicture(test::pictureOf(test::addressed(300, 200)));
    CHECK(view.viewTransform().fitted);
}

TEST_CASE("Without a picture there is a sentence, and nothing can be done") {
    ui::ImageView view;
    view.resize(400, 300);
    const QImage one = view.grab().toImage();
    view.setEmptyText(QStringLiteral("The file is gone"));
    CHECK(view.grab().toImage() != one);
    turnWheel(view, {100, 100}, 120);
    QTest::mouseClick(&view, Qt::LeftButton, {}, {100, 100});
    QTest::keyClick(&view, Qt::Key_Plus);
    view.setMap(test::mapOver(test::blobs(8, 8, 2, 0.3), 100, 100));
    view.setPixelCut(0.3);
    view.setMask(QImage(10, 10, QImage::Format_Grayscale8));
    view.setSwipe(0.4);
    CHECK(!view.grab().isNull());
    view.setPicture(nullptr);
    CHECK(view.picture() == nullptr);
}

TEST_CASE("The contour is white with a dark edge and as wide at any zoom", "[scaling]") {
    ui::ImageView view;
    view.resize(400, 400);
    view.setPicture(test::pictureOf(cv::Mat(200, 200, CV_8UC1, cv::Scalar(128))));
    cv::Mat values(20, 20, CV_32FC1, cv::Scalar(0));
    values.colRange(0, 10).setTo(1);  // the border is the column at 100
    view.setMap(test::mapOver(values, 200, 200));
    view.setMapRange(10, 20);  // the map itself is not seen
    view.setPixelCut(0.5);
    const double scaling = view.devicePixelRatioF();
    for (const double zoom : {0.8, 2.0, 5.0, 30.0}) {
        view.setViewTransform({zoom, {100, 100}, false});
        const QImage shot = view.grab().toImage();
        const int y = shot.height() / 2 + 3;
        double white = 0;
        double dark = 0;
        for (int x = shot.width() / 2 - 20; x < shot.width() / 2 + 20; ++x) {
            white += std::max(0, qGray(shot.pixel(x, y)) - 150) / 105.0;
            dark += std::max(0, 100 - qGray(shot.pixel(x, y))) / 76.0;
        }
        INFO("zoom " << zoom);
        CHECK(white == Approx(2 * scaling).margin(0.6));
        CHECK(dark == Approx(2 * scaling).margin(0.8));
    }
}
