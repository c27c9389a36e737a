// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <regex>

#include "app/services/report/charts.h"
#include "app/services/report/svg_writer.h"

using namespace services;

namespace {

struct Bar {
    double x, y, width, height;
};

std::vector<Bar> bars(const std::string& svg, const std::string& cssClass) {
    const std::regex rect(
        "<rect x=\"([-0-9.]+)\" y=\"([-0-9.]+)\" width=\"([-0-9.]+)\" height=\"([-0-9.]+)\" class=\"" + cssClass +
        "\"/>");
    std::vector<Bar> found;
    for (std::sregex_iterator i(svg.begin(), svg.end(), rect), end; i != end; ++i) {
        found.push_back({std::stod((*i)[1]), std::stod((*i)[2]), std::stod((*i)[3]), std::stod((*i)[4])});
    }
    return found;
}

double xOfLine(const std::string& svg, const std::string& cssClass) {
    std::smatch match;
    const std::regex line("<line x1=\"([-0-9.]+)\"[^>]*class=\"" + cssClass + "\"");
    return std::regex_search(svg, match, line) ? std::stod(match[1]) : -1;
}

}  // namespace

TEST_CASE("bars are as high as the root of their counts") {
    HistogramContent content;
    content.good.assign(100, 1.0);
    content.defect = {2.0};
    content.unlabelled = {3, 3, 3, 3};
    const std::string svg = svgOf(histogramChart(content));
    REQUIRE(bars(svg, "good").size() == 1);
    REQUIRE(bars(svg, "defect").size() == 1);
    REQUIRE(bars(svg, "unlabelled").size() == 1);
    CHECK(bars(svg, "defect")[0].height == Approx(bars(svg, "good")[0].height / 10).margin(0.1));
    CHECK(bars(svg, "unlabelled")[0].height == Approx(bars(svg, "good")[0].height / 5).margin(0.1));
}

TEST_CASE("no bar stands on both sides of the fail cut, and a score at the cut is right of it") {
    HistogramContent content;
    for (int i = 0; i < 500; ++i) content.good.push_back(1 + i * 0.00137);
    content.fail = content.good[317];
    const std::string svg = svgOf(histogramChart(content));
    const double cut = xOfLine(svg, "cut-fail");
    for (const Bar& bar : bars(svg, "good")) CHECK((bar.x + bar.width <= cut + 0.1 || bar.x >= cut - 0.1));
    content.good = {1, 2, 3};
    content.fail = 2;
    const std::string three = svgOf(histogramChart(content));
    CHECK(bars(three, "good")[1].x >= xOfLine(three, "cut-fail"));
}

TEST_CASE("equal scores, one score, far cuts and no score at all") {
    HistogramContent content;
    CHECK(svgOf(histogramChart(content)).empty());
    for (const double score : {0.0, 5.0, -1e-12, 1e12}) {
        content.good = {score, score};
        content.fail = score + 1e15;
        content.review = score - 1e15;
        const std::string svg = svgOf(histogramChart(content));
        REQUIRE(bars(svg, "good").size() == 1);
        CHECK(svg.find("nan") == std::string::npos);
        CHECK(svg.find("inf") == std::string::npos);
        CHECK(svg.size() < 20'000);
        const double fail = xOfLine(svg, "cut-fail");
        CHECK(fail > bars(svg, "good")[0].x);
        CHECK(fail <= 960);
    }
}

TEST_CASE("curves pass through their corners and stay small for ten thousand images") {
    std::vector<engine::CurvePoint> points;
    for (int i = 1; i <= 10'000; ++i) {
        const double share = i / 10'000.0;
        points.push_back({1 - share, share * share, share, 0.5 + 0.5 * (1 - share)});
    }
    const std::string roc = svgOf(rocChart(points, CurveMark{0.25, 0.5}));
    CHECK(roc.find("M48.0 260.0") != std::string::npos);    // (0, 0)
    CHECK(roc.find("L296.0 12.0\"") != std::string::npos);  // (1, 1)
    CHECK(roc.find("class=\"mark\"") != std::string::npos);
    CHECK(roc.size() < 20'000);
    const std::string pr = svgOf(precisionRecallChart(points, {}));
    CHECK(pr.find("L296.0 136.0\"") != std::string::npos);  // recall 1 at a precision of one half
    CHECK(pr.find("class=\"mark\"") == std::string::npos);
}

TEST_CASE("a scatter has a disc for a good image, a cross for a defect, each in its place, and the cuts") {
    ScatterContent content{"a", "b", {1, 2, 3}, {10, 30, 20}, {0, 1, 0}, 2.5, 15};
    const Chart chart = scatterChart(content);
    std::vector<ChartDot> dots;
    for (const ChartShape& shape : chart.shapes) {
        if (const auto* dot = std::get_if<ChartDot>(&shape)) dots.push_back(*dot);
    }
    REQUIRE(dots.size() == 3);
    CHECK(dots[2].ink == Ink::Defect);  // on top
    CHECK(dots[0].x < dots[2].x);
    CHECK(dots[2].x < dots[1].x);
    CHECK(dots[2].y < dots[1].y);  // 30 is above 20
    CHECK(dots[1].y < dots[0].y);
    const std::string svg = svgOf(chart);
    const double cut = xOfLine(svg, "cut-fail");
    CHECK(cut > dots[2].x);
    CHECK(cut < dots[1].x);
    CHECK(scatterChart({}).empty());
    // Ten thousand images in one place are one dot.
    content.x.assign(10'000, 1);
    content.y.assign(10'000, 10);
    content.labels.assign(10'000, 0);
    CHECK(svgOf(scatterChart(content)).size() < 8'000);
}
