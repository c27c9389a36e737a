// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/metrics/curves.h"

namespace services {

// Charts as inline SVG. Colours come from the classes of report_style.h, so that they follow light, dark and print.

struct HistogramContent {
    std::vector<double> good;
    std::vector<double> defect;
    std::vector<double> unlabelled;
    std::optional<double> review;
    std::optional<double> fail;
    int decimals = 2;  // of scores in the labels
};

// Counts on a square-root axis, so that one defect is still seen: good filled, defect hatched, unlabelled outlined, the
// cuts as lines. Nothing to draw without a score.
std::string histogramSvg(const HistogramContent& content);

// Where the curve is at the operating point.
struct CurveMark {
    double x = 0;
    double y = 0;
};
// From engine::curve, not empty. The axes run from 0 to 1.
std::string rocSvg(std::span<const engine::CurvePoint> points, std::optional<CurveMark> mark);
std::string precisionRecallSvg(std::span<const engine::CurvePoint> points, std::optional<CurveMark> mark);

}  // namespace services
