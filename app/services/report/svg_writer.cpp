// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/svg_writer.h"

#include <string_view>

#include "app/services/report/html_text.h"

namespace services {

namespace {

// A tenth of a pixel is finer than anything that is seen.
std::string px(double value) {
    return fixed(value, 1);
}

std::string_view classOf(Ink ink) {
    switch (ink) {
        case Ink::Axis:
            return "axis";
        case Ink::Grid:
            return "grid";
        case Ink::Chance:
            return "chance";
        case Ink::Curve:
            return "curve";
        case Ink::Mark:
            return "mark";
        case Ink::Good:
            return "good";
        case Ink::Defect:
            return "defect";
        case Ink::Unlabelled:
            return "unlabelled";
        case Ink::ReviewZone:
            return "zone-review";
        case Ink::FailZone:
            return "zone-fail";
        case Ink::ReviewCut:
            return "cut-review";
        case Ink::FailCut:
            return "cut-fail";
        case Ink::Tick:
            return "tick";
        case Ink::ReviewLabel:
            return "label-review";
        case Ink::FailLabel:
            return "label-fail";
    }
    return "";
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string svg(const ChartLine& line) {
    return "<line" + attribute("x1", px(line.x1)) + attribute("y1", px(line.y1)) + attribute("x2", px(line.x2)) +
           attribute("y2", px(line.y2)) + attribute("class", classOf(line.ink)) + "/>\n";
}

std::string svg(const ChartBox& box) {
    return "<rect" + attribute("x", px(box.x)) + attribute("y", px(box.y)) + attribute("width", px(box.width)) +
           attribute("height", px(box.height)) + attribute("class", classOf(box.ink)) + "/>\n";
}

std::string svg(const ChartPath& path) {
    std::string steps;
    for (const auto& [x, y] : path.points) steps += (steps.empty() ? "M" : " L") + px(x) + " " + px(y);
    return "<path" + attribute("d", steps) + attribute("class", classOf(path.ink)) + "/>\n";
}

std::string svg(const ChartDot& dot) {
    if (dot.ink == Ink::Defect) {
        const auto stroke = [&](double slope) {
            return "M" + px(dot.x - 3) + " " + px(dot.y - 3 * slope) + " L" + px(dot.x + 3) + " " +
                   px(dot.y + 3 * slope);
        };
        return "<path" + attribute("d", stroke(1) + " " + stroke(-1)) + attribute("class", "dot defect") + "/>\n";
    }
    return "<circle" + attribute("cx", px(dot.x)) + attribute("cy", px(dot.y)) + attribute("r", "2.5") +
           attribute("class", "dot " + std::string(classOf(dot.ink))) + "/>\n";
}

std::string svg(const ChartText& text) {
    const char* anchor = text.anchor == Anchor::Start ? "start" : text.anchor == Anchor::End ? "end" : "middle";
    std::string out = "<text" + attribute("x", px(text.x)) + attribute("y", px(text.y)) +
                      attribute("text-anchor", anchor) + attribute("class", classOf(text.ink));
    if (text.upwards) out += attribute("transform", "rotate(-90 " + px(text.x) + " " + px(text.y) + ")");
    return out + ">" + escaped(text.text) + "</text>\n";
}

}  // namespace

std::string svgOf(const Chart& chart) {
    if (chart.empty()) return {};
    std::string out = "<svg" + attribute("class", chart.wide ? "chart" : "chart square") +
                      attribute("viewBox", "0 0 " + fixed(chart.width, 0) + " " + fixed(chart.height, 0)) +
                      attribute("role", "img") + attribute("aria-label", escaped(chart.name)) + ">\n";
    for (const ChartShape& shape : chart.shapes) out += std::visit([](const auto& known) { return svg(known); }, shape);
    return out + "</svg>\n";
}

}  // namespace services
