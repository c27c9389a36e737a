// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <string_view>

#include "app/services/html_text.h"
#include "app/services/svg_chart.h"
#include "app/services/svg_elements.h"

namespace services {

namespace {

// Draws into 320 x 300 units; the plot is a square of 248.
constexpr double left = 48;
constexpr double top = 12;
constexpr double side = 248;

double px(double x) {
    return left + x * side;
}
double py(double y) {
    return top + (1 - y) * side;
}

// Steps of the curve. Ten thousand images give ten thousand steps; those that stay within half a unit are left out.
class Path {
public:
    void to(double x, double y, bool always = false) {
        if (m_started && !always && std::abs(px(x) - m_x) < 0.5 && std::abs(py(y) - m_y) < 0.5) return;
        m_x = px(x);
        m_y = py(y);
        m_path += (m_started ? " L" : "M") + svg::px(m_x) + " " + svg::px(m_y);
        m_started = true;
    }
    std::string svg() const { return "<path d=\"" + m_path + "\" class=\"curve\"/>\n"; }

private:
    std::string m_path;
    bool m_started = false;
    double m_x = 0;
    double m_y = 0;
};

std::string frame(std::string_view name, std::string_view xName, std::string_view yName) {
    std::string out =
        "<svg class=\"chart square\" viewBox=\"0 0 320 304\" role=\"img\" aria-label=\"" + std::string(name) + "\">\n";
    for (const double at : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        out += svg::line(px(0), py(at), px(1), py(at), at == 0 ? "axis" : "grid");
        out += svg::line(px(at), py(0), px(at), py(1), at == 0 ? "axis" : "grid");
        const int decimals = at == 0.25 || at == 0.75 ? 2 : 1;
        out += svg::text(px(0) - 6, py(at) + 4, "end", "tick", fixed(at, decimals));
        out += svg::text(px(at), py(0) + 16, "middle", "tick", fixed(at, decimals));
    }
    out += svg::text(px(0.5), py(0) + 36, "middle", "tick", xName);
    out += "<g transform=\"translate(12 " + svg::px(py(0.5)) + ") rotate(-90)\">" +
           svg::text(0, 0, "middle", "tick", yName) + "</g>\n";
    return out;
}

std::string marked(std::optional<CurveMark> mark) {
    if (!mark) return {};
    return "<rect x=\"" + svg::px(px(mark->x) - 5) + "\" y=\"" + svg::px(py(mark->y) - 5) +
           "\" width=\"10\" height=\"10\" class=\"mark\"/>\n";
}

}  // namespace

std::string rocSvg(std::span<const engine::CurvePoint> points, std::optional<CurveMark> mark) {
    Path path;
    path.to(0, 0);
    for (const engine::CurvePoint& p : points) path.to(p.falsePositiveRate, p.truePositiveRate);
    path.to(1, 1, true);
    return frame("Receiver operating characteristic", "false reject rate", "share of defects caught") +
           svg::line(px(0), py(0), px(1), py(1), "chance") + path.svg() + marked(mark) + "</svg>\n";
}

std::string precisionRecallSvg(std::span<const engine::CurvePoint> points, std::optional<CurveMark> mark) {
    Path path;
    path.to(0, points.front().precision);
    double recall = 0;
    for (const engine::CurvePoint& p : points) {
        // The area under these steps is the average precision.
        path.to(recall, p.precision);
        path.to(p.truePositiveRate, p.precision);
        recall = p.truePositiveRate;
    }
    path.to(points.back().truePositiveRate, points.back().precision, true);
    return frame("Precision and recall", "share of defects caught (recall)", "share of rejects that are defects") +
           path.svg() + marked(mark) + "</svg>\n";
}

}  // namespace services
