// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "app/services/images/picture_levels.h"
#include "app/services/overlay.h"
#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/view_layers.h"

namespace {

ui::Viewport viewportAt(const QSize& device, const QSize& picture, double zoom, const QPoint& origin) {
    return {device, picture, zoom, origin};
}

struct Setup {
    ui::ViewLayers layers;
    explicit Setup(const cv::Mat& pixels, const cv::Mat& values, const QSize& device, double zoom,
                   const QPoint& origin = {}) {
        layers.setColours({QColor(1, 2, 3), QColor(4, 5, 6), QColor(0, 0, 0, 60), QColor(10, 102, 194), Qt::white, 1});
        layers.setPicture(test::pictureOf(pixels));
        if (!values.empty()) layers.setMap(test::mapOver(values, pixels.cols, pixels.rows));
        layers.setRange(0.2, 1.4);
        layers.setViewport(viewportAt(device, {pixels.cols, pixels.rows}, zoom, origin));
    }
};

int largestDifference(const QImage& shown, const cv::Mat& expected) {
    int largest = 0;
    for (int y = 0; y < expected.rows; ++y)
        for (int x = 0; x < expected.cols; ++x) {
            const QRgb pixel = shown.pixel(x, y);
            const auto& wanted = expected.at<cv::Vec3b>(y, x);
            largest = std::max({largest, std::abs(qBlue(pixel) - wanted[0]), std::abs(qGreen(pixel) - wanted[1]),
                                std::abs(qRed(pixel) - wanted[2])});
        }
    return largest;
}

int largestDifference(const QImage& a, const QImage& b) {
    int largest = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb one = a.pixel(x, y);
            const QRgb other = b.pixel(x, y);
            largest = std::max({largest, std::abs(qBlue(one) - qBlue(other)), std::abs(qGreen(one) - qGreen(other)),
                                std::abs(qRed(one) - qRed(other))});
        }
    return largest;
}

}  // namespace

TEST_CASE("At 100 % the window shows what the report shows") {
    const cv::Mat pixels = test::addressed(120, 90);
    const cv::Mat values = test::blobs(120, 90, 5, 0.2);  // the map at the picture's size: both sample it as it is
    Setup setup(pixels, values, {120, 90}, 1);
    for (const auto colours : {services::ColourMap::Inferno, services::ColourMap::Cividis}) {
        setup.layers.setLook({.opacity = 0.7, .colours = colours, .contour = false});
        services::OverlayStyle style{colours, 0.2, 1.4, 0.7, {}};
        engine::Image image{pixels};
        CHECK(largestDifference(setup.layers.image(), services::paintOverlay(image, values, style)) <= 1);
    }
}

TEST_CASE("A picture without a map, and one with the overlay off, are shown as they are") {
    const cv::Mat pixels = test::addressed(64, 48);
    Setup plain(pixels, {}, {64, 48}, 1);
    CHECK(largestDifference(plain.layers.image(), pixels) == 0);
    Setup off(pixels, test::blobs(16, 12, 3, 0.3), {64, 48}, 1);
    off.layers.setCut(0.5);
    off.layers.setLook({.visible = false});
    CHECK(largestDifference(off.layers.image(), pixels) == 0);
    CHECK(off.layers.work().contours == 0);
    CHECK(off.layers.work().values == 0);
}

TEST_CASE("Gray and 16-bit pictures are shown as their levels say") {
    cv::Mat gray(40, 50, CV_8UC1);
    cv::Mat deep(40, 50, CV_16UC1);
    for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 50; ++x) {
            gray.at<uchar>(y, x) = static_cast<uchar>(x * 5);
            deep.at<std::uint16_t>(y, x) = static_cast<std::uint16_t>(1000 + x * 40);
        }
    Setup first(gray, {}, {50, 40}, 1);
    CHECK(qGray(first.layers.image().pixel(30, 7)) == 150);
    services::Picture picture;
    picture.original.pixels = deep;
    picture.levels = services::pictureLevels(picture.original, services::SixteenBitLimits{1000, 3000});
    Setup second(gray, {}, {50, 40}, 1);
    second.layers.setPicture(std::make_shared<services::Picture>(picture));
    CHECK(std::abs(qGray(second.layers.image().pixel(25, 7)) - 255 / 2) <= 1);
    CHECK(qGray(second.layers.image().pixel(0, 7)) == 0);
}

TEST_CASE("The range is the model's: the same value has the same colour in every picture") {
    const cv::Mat pixels(40, 40, CV_8UC1, cv::Scalar(120));
    cv::Mat calm(40, 40, CV_32FC1, cv::Scalar(0.1));
    calm.at<float>(5, 5) = 0.6F;
    cv::Mat loud = calm.clone();
    loud.at<float>(30, 30) = 50;
    Setup first(pixels, calm, {40, 40}, 1);
    Setup second(pixels, loud, {40, 40}, 1);
    CHECK(first.layers.image().pixel(5, 5) == second.layers.image().pixel(5, 5));
    CHECK(first.layers.image().pixel(5, 5) != first.layers.image().pixel(20, 20));
    CHECK(qGray(first.layers.image().pixel(20, 20)) == 120);  // a good part stays as it is
}

TEST_CASE("Only above the cut: map there, picture elsewhere, for any way of the cut") {
    const cv::Mat pixels = test::addressed(300, 200);
    const cv::Mat values = test::blobs(75, 50, 12, 0.15);
    Setup moved(pixels, values, {400, 300}, 1.3, {-20, 11});
    moved.layers.setLook({.contour = false, .onlyAboveCut = true});
    moved.layers.setCut(0.5);
    moved.layers.image();
    const qint64 composedBefore = moved.layers.work().composed;
    for (const double cut : {0.52, 0.9, 0.31, 1.2, 0.3, 5.0, 0.0, 0.7}) {
        moved.layers.setCut(cut);
        const QImage quick = moved.layers.image().copy();
        Setup fresh(pixels, values, {400, 300}, 1.3, {-20, 11});
        fresh.layers.setLook({.contour = false, .onlyAboveCut = true});
        fresh.layers.setCut(cut);
        CHECK(quick == fresh.layers.image());
        Setup all(pixels, values, {400, 300}, 1.3, {-20, 11});
        Setup none(pixels, values, {400, 300}, 1.3, {-20, 11});
        none.layers.setLook({.visible = false});
        const auto map = test::mapOver(values, 300, 200);
        int wrong = 0;
        for (int y = 20; y < 250; y += 3)
            for (int x = 0; x < 360; x += 3) {
                const QPointF place = fresh.layers.viewport().toPicture({x + 0.5, y + 0.5});
                const double value = ui::mapValueAt(*map, place);
                if (std::abs(value - cut) < 1e-5) continue;
                const QImage& wanted = value >= cut ? all.layers.image() : none.layers.image();
                if (quick.pixel(x, y) != wanted.pixel(x, y)) ++wrong;
            }
        CHECK(wrong == 0);
    }
    // From 0.5 to 0.52 and so on few tiles change; eight whole views would be 960 000 pixels.
    CHECK(moved.layers.work().composed - composedBefore < 700'000);
    CHECK(moved.layers.work().values == 1);
    CHECK(moved.layers.work().blended == 1);
    CHECK(moved.layers.work().plain == 1);
}

TEST_CASE("A moved picture is, to the pixel, the one that is made afresh") {
    const cv::Mat pixels = test::addressed(500, 400);
    const cv::Mat values = test::blobs(64, 48, 9, 0.2);
    QImage mask(500, 400, QImage::Format_Grayscale8);
    mask.fill(0);
    for (int y = 90; y < 210; ++y)
        for (int x = 120; x < 300; ++x) mask.scanLine(y)[x] = 255;
    for (const double zoom : {0.63, 1.0, 2.7, 5.0}) {
        Setup moved(pixels, values, {320, 240}, zoom, {-40, -30});
        moved.layers.setMask(mask);
        moved.layers.setCut(0.6);
        moved.layers.setLook({.onlyAboveCut = true});
        moved.layers.image();
        QPoint origin(-40, -30);
        for (const QPoint& by : {QPoint(13, -7), QPoint(-50, 3), QPoint(0, 40), QPoint(-5, 0), QPoint(100, 90)}) {
            origin += by;
            moved.layers.setViewport(viewportAt({320, 240}, {500, 400}, zoom, origin));
            Setup fresh(pixels, values, {320, 240}, zoom, origin);
            fresh.layers.setMask(mask);
            fresh.layers.setCut(0.6);
            fresh.layers.setLook({.onlyAboveCut = true});
            INFO("zoom " << zoom << " moved by " << by.x() << " " << by.y());
            // Where the contour's rounding falls may differ by a shade.
            CHECK(largestDifference(moved.layers.image(), fresh.layers.image()) <= 3);
        }
        CHECK(moved.layers.work().values == 1);
    }
}

TEST_CASE("Nothing is made again that did not change") {
    const cv::Mat pixels = test::addressed(200, 150);
    Setup setup(pixels, test::blobs(50, 40, 5, 0.2), {200, 150}, 1);
    ui::ViewLayers& layers = setup.layers;
    layers.setCut(0.5);
    layers.image();
    const auto before = layers.work();
    layers.image();
    CHECK(layers.work().composed == before.composed);
    CHECK(layers.work().contours == before.contours);
    layers.setCut(0.6);  // the whole map is shown: only the contour moves
    layers.image();
    CHECK(layers.work().composed == before.composed);
    CHECK(layers.work().contours == before.contours + 1);
    layers.setLook({.opacity = 0.9});
    layers.image();
    CHECK(layers.work().blended == before.blended + 1);
    CHECK(layers.work().values == before.values);
    CHECK(layers.work().plain == before.plain);
    CHECK(layers.work().contours == before.contours + 1);
}

TEST_CASE("What is made anew is composed once, with its overlay and its masks") {
    const cv::Mat pixels = test::addressed(200, 150);
    Setup setup(pixels, test::blobs(50, 40, 5, 0.2), {200, 150}, 1);
    ui::ViewLayers& layers = setup.layers;
    layers.image();
    CHECK(layers.work().composed == 200 * 150);
    QImage mask(200, 150, QImage::Format_Grayscale8);
    mask.fill(255);
    layers.setMask(mask);
    layers.setPicture(test::pictureOf(test::addressed(200, 150)));
    layers.setLook({.opacity = 0.9});
    layers.image();
    CHECK(layers.work().composed == 2 * 200 * 150);
}

TEST_CASE("What was to be composed of a larger view is forgotten when the view shrinks") {
    const cv::Mat pixels = test::addressed(300, 200);
    Setup setup(pixels, test::blobs(50, 40, 5, 0.2), {300, 200}, 1);
    ui::ViewLayers& layers = setup.layers;
    layers.image();
    layers.setLook({.visible = false});
    layers.setViewport(viewportAt({300, 120}, {300, 200}, 1, {0, 0}));
    const qint64 before = layers.work().composed;
    layers.image();
    CHECK(layers.work().composed - before == 300 * 120);
}

TEST_CASE("A contour that moves leaves nothing behind") {
    const cv::Mat pixels = test::addressed(300, 200);
    const cv::Mat values = test::blobs(75, 50, 12, 0.15);
    Setup moved(pixels, values, {400, 300}, 1.3, {-20, 11});
    for (const double cut : {0.5, 0.9, 0.3, 0.7}) {
        moved.layers.setCut(cut);
        Setup fresh(pixels, values, {400, 300}, 1.3, {-20, 11});
        fresh.layers.setCut(cut);
        CHECK(moved.layers.image() == fresh.layers.image());
        CHECK(moved.layers.work().blended == 1);
    }
    moved.layers.setCut({});
    Setup none(pixels, values, {400, 300}, 1.3, {-20, 11});
    CHECK(moved.layers.image() == none.layers.image());
}

TEST_CASE("Left of the swipe the map is over the picture, right of it the picture is plain") {
    const cv::Mat pixels(100, 200, CV_8UC1, cv::Scalar(90));
    const cv::Mat values(10, 20, CV_32FC1, cv::Scalar(1.4));
    Setup setup(pixels, values, {200, 100}, 1);
    for (const int column : {80, 30, 150}) {
        setup.layers.setSwipe(column);
        const QImage& shown = setup.layers.image();
        CHECK(qGray(shown.pixel(column, 50)) == 90);
        CHECK(shown.pixel(column - 1, 50) != shown.pixel(column, 50));
        CHECK(shown.pixel(0, 50) == shown.pixel(column - 1, 50));
    }
    setup.layers.setSwipe({});
    CHECK(setup.layers.image().pixel(0, 0) == setup.layers.image().pixel(199, 50));
}

TEST_CASE("A mask has a tint and a line, a region dims what is outside") {
    const cv::Mat pixels(60, 80, CV_8UC1, cv::Scalar(200));
    Setup setup(pixels, {}, {80, 60}, 1);
    QImage mask(80, 60, QImage::Format_Grayscale8);
    mask.fill(0);
    for (int y = 20; y < 40; ++y)
        for (int x = 20; x < 50; ++x) mask.scanLine(y)[x] = 255;
    setup.layers.setMask(mask);
    const QRgb line = QColor(10, 102, 194).rgb();
    CHECK(setup.layers.image().pixel(20, 30) == line);
    CHECK(setup.layers.image().pixel(49, 30) == line);
    CHECK(setup.layers.image().pixel(19, 30) == qRgb(255, 255, 255));
    CHECK(setup.layers.image().pixel(18, 30) == qRgb(200, 200, 200));
    const QRgb inside = setup.layers.image().pixel(35, 30);
    CHECK((inside != line && inside != qRgb(200, 200, 200)));
    setup.layers.setMask({});
    CHECK(setup.layers.image().pixel(35, 30) == qRgb(200, 200, 200));
    // Half the size in both directions: it is stretched over the picture.
    setup.layers.setRegion(mask.scaled(40, 30));
    CHECK(qGray(setup.layers.image().pixel(5, 5)) < 120);
    CHECK(setup.layers.image().pixel(35, 30) == qRgb(200, 200, 200));
}

namespace {

QImage boxMask(const QSize& size, const QRect& box) {
    QImage mask(size, QImage::Format_Grayscale8);
    mask.fill(0);
    for (int y = box.top(); y <= box.bottom(); ++y)
        for (int x = box.left(); x <= box.right(); ++x) mask.scanLine(y)[x] = 255;
    return mask;
}

}  // namespace

TEST_CASE("A mask's line and its edge are as thick on any screen") {
    const cv::Mat pixels(60, 80, CV_8UC1, cv::Scalar(0));
    const QRgb line = qRgb(10, 102, 194);
    for (const int scaling : {1, 2, 3}) {
        Setup setup(pixels, {}, {80, 60}, 1);
        setup.layers.setMask(boxMask({80, 60}, QRect(20, 20, 30, 20)));
        setup.layers.image();
        setup.layers.setColours(
            {QColor(1, 2, 3), QColor(4, 5, 6), QColor(0, 0, 0, 60), QColor(line), Qt::white, double(scaling)});
        const QImage& shown = setup.layers.image();
        int lines = 0;
        int edges = 0;
        for (int x = 0; x < 35; ++x) {
            lines += shown.pixel(x, 30) == line ? 1 : 0;
            edges += shown.pixel(x, 30) == qRgb(255, 255, 255) ? 1 : 0;
        }
        INFO(scaling);
        CHECK(lines == 2 * scaling);
        CHECK(edges == scaling);
        CHECK(shown.pixel(19, 30) == qRgb(255, 255, 255));
        CHECK(shown.pixel(20, 30) == line);
        CHECK(shown.pixel(35, 40) == qRgb(255, 255, 255));
        CHECK(shown.pixel(35, 39) == line);
    }
}

TEST_CASE("Inside a mask the colours of a map are those of its scale") {
    const cv::Mat pixels(60, 80, CV_8UC1, cv::Scalar(200));
    Setup setup(pixels, cv::Mat(6, 8, CV_32FC1, cv::Scalar(1.2)), {80, 60}, 1);
    const QRgb before = setup.layers.image().pixel(35, 30);
    setup.layers.setMask(boxMask({80, 60}, QRect(20, 20, 30, 20)));
    CHECK(setup.layers.image().pixel(35, 30) == before);
    CHECK(setup.layers.image().pixel(20, 30) != before);
    setup.layers.setLook({.visible = false});
    CHECK(setup.layers.image().pixel(35, 30) != qRgb(200, 200, 200));
}
