// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "app/services/report/charts.h"
#include "app/services/report/html_text.h"

namespace services {

namespace {

// Draws into 320 x 304 units; the plot is a square of 248.
constexpr double plotLeft = 48;
constexpr double plotTop = 12;
constexpr double side = 248;

double px(double x) {
    return plotLeft + x * side;
}
double py(double y) {
    return plotTop + (1 - y) * side;
}

// Steps of the curve. Ten thousand images give ten thousand steps; those that stay within half a unit are plotLeft out.
class Path {
public:
    void to(double x, double y, bool always = false) {
        if (!m_path.points.empty() && !always) {
            const auto& [lastX, lastY] = m_path.points.back();
            if (std::abs(px(x) - lastX) < 0.5 && std::abs(py(y) - lastY) < 0.5) return;
        }
        m_path.points.emplace_back(px(x), py(y));
    }
    ChartPath path() { return std::move(m_path); }

private:
    ChartPath m_path;
};

Chart square(std::string_view name) {
    return {.name = std::string(name), .width = 320, .height = 304, .wide = false, .shapes = {}};
}

void nameAxes(Chart& chart, std::string_view xName, std::string_view yName) {
    chart.text(px(0.5), py(0) + 36, Anchor::Middle, Ink::Tick, std::string(xName));
    chart.shapes.push_back(ChartText{12, py(0.5), Anchor::Middle, Ink::Tick, std::string(yName), true});
}

Chart frame(std::string_view name, std::string_view xName, std::string_view yName) {
    Chart chart = square(name);
    for (const double at : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        chart.line(px(0), py(at), px(1), py(at), at == 0 ? Ink::Axis : Ink::Grid);
        chart.line(px(at), py(0), px(at), py(1), at == 0 ? Ink::Axis : Ink::Grid);
        const int decimals = at == 0.25 || at == 0.75 ? 2 : 1;
        chart.text(px(0) - 6, py(at) + 4, Anchor::End, Ink::Tick, fixed(at, decimals));
        chart.text(px(at), py(0) + 16, Anchor::Middle, Ink::Tick, fixed(at, decimals));
    }
    nameAxes(chart, xName, yName);
    return chart;
}

void addMark(Chart& chart, std::optional<CurveMark> mark) {
    if (mark) chart.box(px(mark->x) - 5, py(mark->y) - 5, 10, 10, Ink::Mark);
}

// One axis of a scatter: the range of its scores and its cut, with some air.
class ScoreAxis {
public:
    ScoreAxis(const std::vector<double>& scores, const std::optional<double>& cut) {
        const auto [least, most] = std::minmax_element(scores.begin(), scores.end());
        m_low = cut ? std::min(*least, *cut) : *least;
        m_high = cut ? std::max(*most, *cut) : *most;
        const double air = std::max((m_high - m_low) * 0.04, 1e-9 * std::max(1.0, std::abs(m_high)));
        m_low -= air;
        m_high += air;
    }
    double share(double score) const { return (score - m_low) / (m_high - m_low); }
    template <typename Draw>
    void forEachTick(const Draw& draw) const {
        const double step = tickStep(m_high - m_low, 5);
        for (double i = std::ceil(m_low / step); i * step <= m_high; ++i)
            draw(share(i * step), fixed(i * step, tickDecimals(step)));
    }

private:
    double m_low = 0;
    double m_high = 1;
};

}  // namespace

Chart rocChart(std::span<const engine::CurvePoint> points, std::optional<CurveMark> mark) {
    Path path;
    path.to(0, 0);
    for (const engine::CurvePoint& p : points) path.to(p.falsePositiveRate, p.truePositiveRate);
    path.to(1, 1, true);
    Chart chart = frame("Receiver operating characteristic", "false reject rate", "share of defects caught");
    chart.line(px(0), py(0), px(1), py(1), Ink::Chance);
    chart.shapes.push_back(path.path());
    addMark(chart, mark);
    return chart;
}

Chart precisionRecallChart(std::span<const engine::CurvePoint> points, std::optional<CurveMark> mark) {
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
    Chart chart =
        frame("Precision and recall", "share of defects caught (recall)", "share of rejects that are defects");
    chart.shapes.push_back(path.path());
    addMark(chart, mark);
    return chart;
}

Chart scatterChart(const ScatterContent& content) {
    if (content.x.empty()) return {};
    const ScoreAxis xAxis(content.x, content.xCut);
    const ScoreAxis yAxis(content.y, content.yCut);
    Chart chart = square("Scores by " + content.xName + " and by " + content.yName);
    chart.line(px(0), py(0), px(1), py(0), Ink::Axis);
    chart.line(px(0), py(0), px(0), py(1), Ink::Axis);
    xAxis.forEachTick([&](double at, const std::string& words) {
        chart.line(px(at), py(0), px(at), py(1), Ink::Grid);
        chart.text(px(at), py(0) + 16, Anchor::Middle, Ink::Tick, words);
    });
    yAxis.forEachTick([&](double at, const std::string& words) {
        chart.line(px(0), py(at), px(1), py(at), Ink::Grid);
        chart.text(px(0) - 6, py(at) + 4, Anchor::End, Ink::Tick, words);
    });
    nameAxes(chart, content.xName, content.yName);
    // Defects last: they are the few, and must not be covered. Of dots within half a unit, one is drawn.
    for (const int label : {0, 1}) {
        std::set<std::pair<int, int>> taken;
        for (std::size_t i = 0; i < content.x.size(); ++i) {
            if (content.labels[i] != label) continue;
            const double x = px(xAxis.share(content.x[i]));
            const double y = py(yAxis.share(content.y[i]));
            if (!taken.emplace(static_cast<int>(std::lround(2 * x)), static_cast<int>(std::lround(2 * y))).second)
                continue;
            chart.shapes.push_back(ChartDot{x, y, label == 0 ? Ink::Good : Ink::Defect});
        }
    }
    if (content.xCut)
        chart.line(px(xAxis.share(*content.xCut)), py(0), px(xAxis.share(*content.xCut)), py(1), Ink::FailCut);
    if (content.yCut)
        chart.line(px(0), py(yAxis.share(*content.yCut)), px(1), py(yAxis.share(*content.yCut)), Ink::FailCut);
    return chart;
}

}  // namespace services
