// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/core/random.h"
#include "tests/ui/viewer/pictures.h"
#include "ui/viewer/contour.h"
#include "ui/viewer/map_layer.h"

namespace {

cv::Mat rows(std::initializer_list<std::initializer_list<float>> values) {
    cv::Mat map(static_cast<int>(values.size()), static_cast<int>(values.begin()->size()), CV_32FC1);
    int y = 0;
    for (const auto& row : values) {
        int x = 0;
        for (const float value : row) map.at<float>(y, x++) = value;
        ++y;
    }
    return map;
}

bool isClosed(const QPolygonF& line) {
    return line.size() > 3 && line.first() == line.last();
}

// Twice the area to the right of the way, by the shoelace formula (y points down).
double area(const QPolygonF& line) {
    double sum = 0;
    for (qsizetype i = 0; i + 1 < line.size(); ++i)
        sum += line[i].x() * line[i + 1].y() - line[i + 1].x() * line[i].y();
    return sum / 2;
}

}  // namespace

TEST_CASE("Every point of the contour, and between its points, is where the map is the cut") {
    engine::Random random(3);
    cv::Mat values(23, 31, CV_32FC1);
    for (float& value : cv::Mat_<float>(values)) value = static_cast<float>(random.uniform());
    const auto map = test::mapOver(values, 311, 229);
    for (const double cut : {0.12, 0.5, 0.83}) {
        const auto contour = ui::traceContour(*map, cut);
        REQUIRE(!contour.empty());
        for (const QPolygonF& line : contour) {
            REQUIRE(line.size() >= 2);
            for (const QPointF& point : line) CHECK(std::abs(ui::mapValueAt(*map, point) - cut) < 1e-4);
            // Ten pixels to a cell: a straight step between two points stays close to the level set.
            for (qsizetype i = 0; i + 1 < line.size(); ++i)
                CHECK(std::abs(ui::mapValueAt(*map, (line[i] + line[i + 1]) / 2) - cut) < 0.06);
        }
    }
}

TEST_CASE("A contour holds as much as lies above the cut") {
    cv::Mat values(60, 80, CV_32FC1, cv::Scalar(0));
    for (int y = 0; y < 60; ++y)
        for (int x = 0; x < 80; ++x) {
            const double away = std::hypot(x + 0.5 - 37.3, y + 0.5 - 28.9);
            values.at<float>(y, x) = static_cast<float>(away < 14 ? 14 - away : 0) - (away < 4 ? 20.0F : 0.0F);
        }
    const auto map = test::mapOver(values, 160, 120);
    const auto contour = ui::traceContour(*map, 3);
    REQUIRE(contour.size() == 2);  // a ring: outside and hole
    double sum = 0;
    for (const QPolygonF& line : contour) {
        CHECK(isClosed(line));
        sum += area(line);
    }
    int above = 0;
    for (int y = 0; y < 1200; ++y)
        for (int x = 0; x < 1600; ++x)
            if (ui::mapValueAt(*map, {(x + 0.5) / 10, (y + 0.5) / 10}) >= 3) ++above;
    CHECK(sum == Approx(above / 100.0).epsilon(0.002));
}

TEST_CASE("Saddles are joined as the bilinear surface joins them") {
    // Between the four samples, 3 x 3 pixels each, the surface has its saddle at 0.5.
    const cv::Mat values = rows({{1, 0}, {0, 1}});
    const auto map = test::mapOver(values, 6, 6);
    const auto ends = [&](double cut) {
        std::vector<std::pair<QPointF, QPointF>> result;
        for (const QPolygonF& line : ui::traceContour(*map, cut)) result.emplace_back(line.first(), line.last());
        return result;
    };
    // Below the saddle the two high corners are one piece: each line cuts off a low corner.
    for (const auto& [from, to] : ends(0.3)) {
        const double side = (from.x() - 3) * (to.y() - 3);
        CHECK(std::hypot(from.x() - to.x(), from.y() - to.y()) > 0);
        CHECK(side < 0);
    }
    CHECK(ends(0.3).size() == 2);
    CHECK(ends(0.7).size() == 2);
    CHECK(ui::mapValueAt(*map, {3, 3}) == Approx(0.5));
    const auto distance = [&](double cut) {
        double nearest = 100;
        for (const QPolygonF& line : ui::traceContour(*map, cut))
            for (const QPointF& point : line) nearest = std::min(nearest, std::hypot(point.x() - 3, point.y() - 3));
        return nearest;
    };
    CHECK(distance(0.3) > 0.3);
    CHECK(distance(0.7) > 0.3);
}

TEST_CASE("Lines end at the picture's edge and none runs along it") {
    cv::Mat values(8, 8, CV_32FC1, cv::Scalar(0));
    values.rowRange(0, 4).colRange(0, 4).setTo(1);
    const auto map = test::mapOver(values, 80, 80);
    const auto contour = ui::traceContour(*map, 0.5);
    REQUIRE(contour.size() == 1);
    const QPolygonF& line = contour.front();
    CHECK(!isClosed(line));
    CHECK((line.first() == QPointF(0, 40) || line.last() == QPointF(0, 40)));
    CHECK((line.first() == QPointF(40, 0) || line.last() == QPointF(40, 0)));
    for (const QPointF& point : line) CHECK((point.x() >= 39 || point.y() >= 39 || point.x() + point.y() > 60));
}

TEST_CASE("A cropped input goes on to the picture's edge, a letterboxed one beyond it") {
    cv::Mat values(10, 10, CV_32FC1, cv::Scalar(0));
    values.rowRange(5, 10).setTo(1);
    services::StoredMap crop;
    crop.values = values;
    crop.placement = {0.1, 0.1, -5, 0, 200, 100};  // the picture's middle hundred columns
    auto contour = ui::traceContour(crop, 0.5);
    REQUIRE(contour.size() == 1);
    CHECK(contour.front().boundingRect().left() == Approx(0));
    CHECK(contour.front().boundingRect().right() == Approx(200));
    CHECK(contour.front().first().y() == Approx(50));

    services::StoredMap letterbox;
    letterbox.values = values;
    letterbox.placement = {0.1, 0.1, 0, 2, 100, 60};  // rows 2 to 7 of the input
    contour = ui::traceContour(letterbox, 0.5);
    REQUIRE(contour.size() == 1);
    CHECK(contour.front().first().y() == Approx(30));
}

TEST_CASE("Nothing above the cut, everything above it, and values that are no numbers") {
    cv::Mat values(5, 5, CV_32FC1, cv::Scalar(1));
    CHECK(ui::traceContour(*test::mapOver(values, 50, 50), 2).empty());
    CHECK(ui::traceContour(*test::mapOver(values, 50, 50), 0.5).empty());
    values.at<float>(2, 2) = std::numeric_limits<float>::quiet_NaN();
    for (const QPolygonF& line : ui::traceContour(*test::mapOver(values, 50, 50), 0.5))
        for (const QPointF& point : line) CHECK((std::isfinite(point.x()) && std::isfinite(point.y())));
    CHECK(ui::traceContour({}, 0.5).empty());
}
