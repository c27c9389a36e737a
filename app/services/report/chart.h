// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace services {

// A chart as what is to be drawn: paper paints it with QPainter, a page shows it as SVG, and both show the same. Units
// are those of a screen's pixels, y runs downwards.

// What a shape stands for. Colours are the painter's own, so that they follow light, dark and print.
enum class Ink {
    Axis,
    Grid,
    Chance,
    Curve,
    Mark,
    Good,
    Defect,
    Unlabelled,
    ReviewZone,
    FailZone,
    ReviewCut,
    FailCut,
    Tick,
    ReviewLabel,
    FailLabel,
};

struct ChartLine {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    Ink ink = Ink::Axis;
};

struct ChartBox {
    double x = 0, y = 0, width = 0, height = 0;
    Ink ink = Ink::Good;
};

struct ChartPath {
    std::vector<std::pair<double, double>> points;
    Ink ink = Ink::Curve;
};

// One image of a scatter: a disc if good, a cross if defective.
struct ChartDot {
    double x = 0, y = 0;
    Ink ink = Ink::Good;
};

enum class Anchor { Start, Middle, End };

struct ChartText {
    double x = 0, y = 0;  // of the baseline
    Anchor anchor = Anchor::Start;
    Ink ink = Ink::Tick;
    std::string text;
    bool upwards = false;  // turned by a quarter, to be read from the right
};

using ChartShape = std::variant<ChartLine, ChartBox, ChartPath, ChartDot, ChartText>;

struct Chart {
    std::string name;  // for those who cannot see it
    double width = 0;
    double height = 0;
    bool wide = true;  // across the page; otherwise as large as a hand
    std::vector<ChartShape> shapes;

    bool empty() const { return shapes.empty(); }
    void line(double x1, double y1, double x2, double y2, Ink ink) { shapes.push_back(ChartLine{x1, y1, x2, y2, ink}); }
    void box(double x, double y, double w, double h, Ink ink) { shapes.push_back(ChartBox{x, y, w, h, ink}); }
    void text(double x, double y, Anchor anchor, Ink ink, std::string content) {
        shapes.push_back(ChartText{x, y, anchor, ink, std::move(content)});
    }
};

}  // namespace services
