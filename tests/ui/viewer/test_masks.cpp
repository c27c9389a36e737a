// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/image_view.h"
#include "ui/viewer/mask_shapes.h"

namespace {

int marked(const QImage& mask) {
    int count = 0;
    for (int y = 0; y < mask.height(); ++y)
        for (int x = 0; x < mask.width(); ++x)
            if (mask.constScanLine(y)[x] != 0) ++count;
    return count;
}

bool isMarked(const QImage& mask, int x, int y) {
    return mask.constScanLine(y)[x] != 0;
}

// A view of a 100 x 80 picture, every pixel four times four on the screen.
struct Desk {
    ui::ImageView view;
    QSignalSpy masks{&view, &ui::ImageView::maskEdited};
    QSignalSpy regions{&view, &ui::ImageView::regionEdited};

    explicit Desk(ui::MaskTool tool, ui::MaskTarget target = ui::MaskTarget::Defect) {
        view.resize(400, 320);
        view.setFitMargins({});
        view.setPicture(test::pictureOf(cv::Mat(80, 100, CV_8UC1, cv::Scalar(128))));
        view.setTarget(target);
        view.setTool(tool);
        view.setBrushSize(10);
        view.show();
        view.grab();
    }
    QPoint at(double x, double y) const { return view.fromPicture({x, y}).toPoint(); }
    void press(double x, double y, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(&view, Qt::LeftButton, modifiers, at(x, y));
    }
    void move(double x, double y) { QTest::mouseMove(&view, at(x, y)); }
    void release(double x, double y) { QTest::mouseRelease(&view, Qt::LeftButton, {}, at(x, y)); }
    void drag(double x, double y, double toX, double toY, Qt::KeyboardModifiers modifiers = {}) {
        press(x, y, modifiers);
        move(toX, toY);
        release(toX, toY);
    }
    QImage lastMask() const { return masks.last().first().value<QImage>(); }
    QImage lastRegion() const { return regions.last().first().value<QImage>(); }
};

}  // namespace

TEST_CASE("A stroke of the brush marks what is within its radius, and is told once, when it ends") {
    Desk desk(ui::MaskTool::Brush);
    desk.press(30, 40);
    desk.move(50, 40);
    CHECK(desk.masks.isEmpty());
    desk.move(60, 40);
    desk.release(60, 40);
    REQUIRE(desk.masks.size() == 1);
    const QImage mask = desk.lastMask();
    CHECK(mask.size() == QSize(100, 80));
    CHECK(mask.format() == QImage::Format_Grayscale8);
    CHECK(isMarked(mask, 45, 44));
    CHECK(!isMarked(mask, 45, 45));
    CHECK(isMarked(mask, 64, 40));
    CHECK(!isMarked(mask, 65, 40));
    const double capsule = 30 * 10 + 3.14159 * 25;
    CHECK(marked(mask) == Approx(capsule).epsilon(0.05));
    desk.drag(30, 60, 31, 60);
    CHECK(desk.masks.size() == 2);
    CHECK(marked(mask) == Approx(capsule).epsilon(0.05));  // what was told before stays as it was
}

TEST_CASE("The eraser and the brush with Alt take away") {
    for (const bool withAlt : {false, true}) {
        Desk desk(withAlt ? ui::MaskTool::Brush : ui::MaskTool::Eraser);
        QImage full(100, 80, QImage::Format_Grayscale8);
        full.fill(255);
        desk.view.setMask(full);
        desk.drag(50, 40, 51, 40, withAlt ? Qt::AltModifier : Qt::NoModifier);
        REQUIRE(desk.masks.size() == 1);
        CHECK(!isMarked(desk.lastMask(), 50, 40));
        CHECK(isMarked(desk.lastMask(), 50, 50));
        CHECK(marked(full) == 8000);
    }
}

TEST_CASE("A polygon is closed by Enter or a double click, loses a corner by Backspace, is left by Escape") {
    Desk desk(ui::MaskTool::Polygon);
    const auto corner = [&](double x, double y) { QTest::mouseClick(&desk.view, Qt::LeftButton, {}, desk.at(x, y)); };
    corner(10, 10);
    corner(50, 10);
    corner(50, 50);
    corner(90, 70);
    QTest::keyClick(&desk.view, Qt::Key_Backspace);
    corner(10, 50);
    CHECK(desk.masks.isEmpty());
    QTest::keyClick(&desk.view, Qt::Key_Return);
    REQUIRE(desk.masks.size() == 1);
    CHECK(marked(desk.lastMask()) == 1600);
    CHECK(isMarked(desk.lastMask(), 10, 10));
    CHECK(!isMarked(desk.lastMask(), 50, 50));

    corner(60, 60);
    corner(70, 60);
    corner(70, 70);
    QTest::keyClick(&desk.view, Qt::Key_Escape);
    QTest::keyClick(&desk.view, Qt::Key_Return);
    CHECK(desk.masks.size() == 1);

    corner(60, 20);
    corner(80, 20);
    corner(80, 40);
    QTest::mouseDClick(&desk.view, Qt::LeftButton, {}, desk.at(80, 40));
    REQUIRE(desk.masks.size() == 2);
    CHECK(marked(desk.lastMask()) == Approx(1800).epsilon(0.02));
}

TEST_CASE("An ellipse fills its box, a circle with Shift") {
    Desk desk(ui::MaskTool::Ellipse);
    desk.drag(20, 20, 60, 40);
    REQUIRE(desk.masks.size() == 1);
    CHECK(marked(desk.lastMask()) == Approx(3.14159 * 20 * 10).epsilon(0.02));
    CHECK(isMarked(desk.lastMask(), 40, 21));
    CHECK(!isMarked(desk.lastMask(), 21, 21));
}

TEST_CASE("A region that is everything: what takes away leaves the rest, what adds starts from nothing") {
    Desk eraser(ui::MaskTool::Eraser, ui::MaskTarget::Region);
    eraser.drag(50, 40, 51, 40);
    REQUIRE(eraser.regions.size() == 1);
    CHECK(eraser.masks.isEmpty());
    CHECK(marked(eraser.lastRegion()) > 7800);
    CHECK(!isMarked(eraser.lastRegion(), 50, 40));

    Desk brush(ui::MaskTool::Ellipse, ui::MaskTarget::Region);
    brush.drag(20, 20, 60, 60);
    REQUIRE(brush.regions.size() == 1);
    CHECK(marked(brush.lastRegion()) == Approx(3.14159 * 400).epsilon(0.02));
    brush.drag(20, 20, 60, 60, Qt::AltModifier);
    REQUIRE(brush.regions.size() == 2);
    CHECK(brush.lastRegion().isNull());  // nothing would be left to inspect
}

TEST_CASE("While a region is drawn it alone is shown, and the mask comes back") {
    Desk desk(ui::MaskTool::Look);
    QImage mask(100, 80, QImage::Format_Grayscale8);
    mask.fill(0);
    ui::fillPolygon(mask, QPolygonF({{20, 20}, {60, 20}, {60, 60}, {20, 60}}), 255);
    desk.view.setMask(mask);
    const auto tinted = [&](double x, double y) {
        const QColor colour = desk.view.grab().toImage().pixelColor(desk.at(x, y));
        return colour.blue() > colour.red() + 20;
    };
    REQUIRE(tinted(40, 40));
    desk.view.setTarget(ui::MaskTarget::Region);
    desk.view.setTool(ui::MaskTool::Brush);
    CHECK_FALSE(tinted(40, 40));
    desk.view.setTool(ui::MaskTool::Look);
    CHECK(tinted(40, 40));
    desk.view.setTarget(ui::MaskTarget::Defect);
    desk.view.setTool(ui::MaskTool::Brush);
    CHECK(tinted(40, 40));
}

TEST_CASE("A stroke repaints where it went") {
    Desk desk(ui::MaskTool::Brush);
    const qint64 before = desk.view.work().composed;
    desk.press(30, 40);
    desk.view.grab();
    const qint64 first = desk.view.work().composed;  // the mask is new: all of it
    desk.move(34, 40);
    desk.view.grab();
    CHECK(first - before >= 400 * 320);
    CHECK(desk.view.work().composed - first < 120 * 100);
    desk.release(34, 40);
    const QColor inside = desk.view.grab().toImage().pixelColor(desk.at(30, 40));
    CHECK(inside.blue() > inside.red() + 20);
}

TEST_CASE("What strokes leave looks, to the pixel, like the mask that they made") {
    Desk desk(ui::MaskTool::Brush);
    for (const bool away : {false, true}) {
        desk.press(30, 40, away ? Qt::AltModifier : Qt::NoModifier);
        desk.view.grab();
        for (const QPoint& to : {QPoint(36, 42), QPoint(50, 30), QPoint(52, 31), QPoint(40, 60), QPoint(70, 61)}) {
            desk.move(to.x(), to.y() - (away ? 3 : 0));
            desk.view.grab();
        }
        desk.release(70, 61);
        Desk fresh(ui::MaskTool::Look);
        fresh.view.setMask(desk.lastMask());
        desk.view.setTool(ui::MaskTool::Look);
        CHECK(desk.view.grab().toImage() == fresh.view.grab().toImage());
        desk.view.setTool(ui::MaskTool::Brush);
    }
}

TEST_CASE("What comes back of the last stroke does not undo the one in hand") {
    Desk desk(ui::MaskTool::Brush);
    desk.drag(20, 20, 21, 20);
    const QImage first = desk.lastMask();
    desk.press(60, 60);
    desk.view.setMask(first.copy());
    desk.move(61, 60);
    desk.release(61, 60);
    REQUIRE(desk.masks.size() == 2);
    CHECK(isMarked(desk.lastMask(), 60, 60));
    CHECK(isMarked(desk.lastMask(), 20, 20));
}

TEST_CASE("Shapes count the pixels whose centres they hold") {
    QImage mask(20, 20, QImage::Format_Grayscale8);
    mask.fill(0);
    CHECK(ui::fillStroke(mask, {5.5, 5.5}, {5.5, 5.5}, 1, 255).contains(5, 5));
    CHECK(marked(mask) == 1);
    ui::fillPolygon(mask, QPolygonF({{-10, -10}, {30, -10}, {30, 30}, {-10, 30}}), 255);
    CHECK(ui::isFull(mask));
    ui::fillEllipse(mask, QRectF(-100, -100, 300, 300), 0);
    CHECK(ui::isBlank(mask));
    CHECK(ui::fillPolygon(mask, QPolygonF({{1, 1}, {5, 5}}), 255).isEmpty());
    CHECK(ui::fillStroke(mask, {50, 50}, {60, 60}, 4, 255).isEmpty());
    CHECK(ui::isBlank(mask));
}

TEST_CASE("The brush changes its size with the bracket keys, and Space moves the picture in any tool") {
    Desk desk(ui::MaskTool::Brush);
    QSignalSpy sizes(&desk.view, &ui::ImageView::brushSizeChanged);
    QTest::keyClick(&desk.view, Qt::Key_BracketRight);
    CHECK(desk.view.brushSize() == Approx(12.5));
    QTest::keyClick(&desk.view, Qt::Key_BracketLeft);
    CHECK(desk.view.brushSize() == Approx(10));
    CHECK(sizes.size() == 2);
    desk.view.zoomBy(4, {200, 160});
    const QPointF centre = desk.view.viewTransform().centre;
    QTest::keyPress(&desk.view, Qt::Key_Space);
    desk.drag(50, 40, 45, 40);
    QTest::keyRelease(&desk.view, Qt::Key_Space);
    CHECK(desk.masks.isEmpty());
    CHECK(desk.view.viewTransform().centre.x() == Approx(centre.x() + 5).margin(0.3));
}
