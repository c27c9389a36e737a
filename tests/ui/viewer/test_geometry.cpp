// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPixmap>
#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/image_view.h"

namespace {

// The middle of what differs between two shots, in pixels of the screen.
QPointF middleOfDifference(const QImage& a, const QImage& b) {
    double sum = 0;
    QPointF weighted;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const double difference = std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
            sum += difference;
            weighted += QPointF(x + 0.5, y + 0.5) * difference;
        }
    REQUIRE(sum > 0);
    return weighted / sum;
}

QImage shotOf(ui::ImageView& view) {
    return view.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

}  // namespace

TEST_CASE("A hot cell of the map lies over its place of the picture", "[scaling]") {
    const QSize sizes[] = {{333, 217}, {96, 64}, {1201, 803}};
    for (const QSize& size : sizes) {
        ui::ImageView view;
        view.resize(501, 397);
        const double scaling = view.devicePixelRatioF();
        view.setPicture(test::pictureOf(cv::Mat(size.height(), size.width(), CV_8UC1, cv::Scalar(100))));
        view.setMapRange(0, 1);
        view.setOverlay({.opacity = 1, .contour = false});
        cv::Mat values(29, 37, CV_32FC1, cv::Scalar(0));
        const int column = 21;
        const int row = 9;
        values.at<float>(row, column) = 1;
        const QPointF hot((column + 0.5) * size.width() / 37, (row + 0.5) * size.height() / 29);
        for (const double zoom : {0.0, 0.37, 1.0, 2.3, 6.0}) {
            if (zoom > 0) view.setViewTransform({zoom, hot + QPointF(3, -5) / zoom, false});
            view.setMap(nullptr);
            const QImage plain = shotOf(view);
            view.setMap(test::mapOver(values, size.width(), size.height()));
            const QImage shown = shotOf(view);
            REQUIRE(shown.width() == static_cast<int>(std::ceil(501 * scaling)));
            const double cellOnScreen = size.width() / 37.0 * view.viewTransform().zoom;
            if (cellOnScreen > 150 * scaling) continue;  // not all of it is in view
            const QPointF seen = view.toPicture(middleOfDifference(plain, shown) / scaling);
            INFO("picture " << size.width() << " x " << size.height() << ", zoom " << zoom);
            const double halfPixel = 0.6 / view.viewTransform().zoom;
            CHECK(std::abs(seen.x() - hot.x()) < halfPixel);
            CHECK(std::abs(seen.y() - hot.y()) < halfPixel);
        }
    }
}

TEST_CASE("A pixel of the picture is shown where the view says it is", "[scaling]") {
    const cv::Mat pixels = test::addressed(777, 555);
    ui::ImageView view;
    view.resize(400, 300);
    view.setPicture(test::pictureOf(pixels));
    const double scaling = view.devicePixelRatioF();
    for (const double zoom : {1.0, 4.0, 7.5, 20.0}) {
        view.setViewTransform({zoom, {300.3, 200.7}, false});
        const QImage shot = shotOf(view);
        for (const QPoint& at : {QPoint(203, 151), QPoint(131, 140), QPoint(390, 290)}) {
            const QPointF onPicture = view.toPicture((QPointF(at) + QPointF(0.5, 0.5)) / scaling);
            const cv::Vec3b expected =
                pixels.at<cv::Vec3b>(static_cast<int>(onPicture.y()), static_cast<int>(onPicture.x()));
            const QColor seen = shot.pixelColor(at);
            INFO("zoom " << zoom << " at " << at.x() << " " << at.y());
            // From 12 times on there is a faint grid between the pixels, which this place may be on.
            const int tolerance = zoom > 12 ? 40 : 0;
            CHECK(std::abs(seen.blue() - expected[0]) <= tolerance);
            CHECK(std::abs(seen.green() - expected[1]) <= tolerance);
            CHECK(std::abs(seen.red() - expected[2]) <= tolerance);
        }
    }
}

TEST_CASE("A smaller picture is the picture averaged", "[scaling]") {
    cv::Mat pixels(1500, 2100, CV_8UC1);
    for (int y = 0; y < pixels.rows; ++y)
        for (int x = 0; x < pixels.cols; ++x)
            pixels.at<uchar>(y, x) = static_cast<uchar>((x ^ y) & 1 ? 255 : 0);  // 127 from afar
    pixels(cv::Rect(700, 500, 700, 500)).setTo(40);
    ui::ImageView view;
    view.resize(420, 300);
    view.setFitMargins({});
    view.setPicture(test::pictureOf(pixels));
    view.setViewTransform({0.2 * view.devicePixelRatioF(), {1050, 750}, false});
    const QImage shot = shotOf(view);
    const auto grayAt = [&](int x, int y) {
        const QPointF at = view.fromPicture(QPointF(x, y)) * view.devicePixelRatioF();
        return qGray(shot.pixel(static_cast<int>(at.x()), static_cast<int>(at.y())));
    };
    CHECK(std::abs(grayAt(300, 300) - 127) <= 3);
    CHECK(std::abs(grayAt(1050, 750) - 40) <= 1);
    CHECK(std::abs(grayAt(720, 520) - 40) <= 1);
    CHECK(std::abs(grayAt(680, 480) - 127) <= 3);
}

TEST_CASE("Pictures of one pixel, one column and one row", "[scaling]") {
    for (const QSize& size : {QSize(1, 1), QSize(1, 50), QSize(50, 1), QSize(2, 3)}) {
        for (const int type : {CV_8UC1, CV_8UC3}) {
            ui::ImageView view;
            view.resize(200, 200);
            view.setPicture(test::pictureOf(cv::Mat(size.height(), size.width(), type, cv::Scalar::all(77))));
            CHECK(!shotOf(view).isNull());
            for (const double zoom : {1.0, 2.5, 9.0}) {
                view.setViewTransform({zoom, {0.5, 0.5}, false});
                const QPointF at = view.fromPicture({0.5, 0.5}) * view.devicePixelRatioF();
                const QImage shot = shotOf(view);
                CHECK(qGray(shot.pixel(static_cast<int>(at.x()), static_cast<int>(at.y()))) == 77);
            }
        }
    }
}

TEST_CASE("A fitted picture is whole and in the middle, at any size of the view", "[scaling]") {
    ui::ImageView view;
    view.setFitMargins({10, 20, 10, 20});
    view.setPicture(test::pictureOf(test::addressed(301, 99)));
    for (const QSize& size : {QSize(400, 300), QSize(233, 401), QSize(1203, 611)}) {
        view.resize(size);
        view.grab();
        CHECK(view.viewTransform().fitted);
        const QRectF shown(view.fromPicture({0, 0}), view.fromPicture({301, 99}));
        CHECK(QRectF(view.rect()).adjusted(9, 19, -9, -19).contains(shown));
        CHECK(std::abs(shown.center().x() - size.width() / 2.0) <= 1);
        CHECK(std::abs(shown.center().y() - size.height() / 2.0) <= 1);
    }
}
