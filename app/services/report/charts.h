// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/services/report/chart.h"
#include "engine/metrics/curves.h"

namespace services {

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
Chart histogramChart(const HistogramContent& content);

// Where the curve is at the operating point.
struct CurveMark {
    double x = 0;
    double y = 0;
};
// From engine::curve, not empty. The axes run from 0 to 1.
Chart rocChart(std::span<const engine::CurvePoint> points, std::optional<CurveMark> mark);
Chart precisionRecallChart(std::span<const engine::CurvePoint> points, std::optional<CurveMark> mark);

// The same images by two models, each with its own axis. Equal lengths; labels: 0 good, 1 defect.
struct ScatterContent {
    std::string xName, yName;
    std::vector<double> x, y;
    std::vector<std::uint8_t> labels;
    std::optional<double> xCut, yCut;  // fail
};
// Nothing to draw without an image.
Chart scatterChart(const ScatterContent& content);

// A step between ticks, 1, 2 or 5 times a power of ten, that gives no more than `atMost` of them; and the decimals that
// its multiples are written with.
double tickStep(double range, int atMost);
int tickDecimals(double step);

}  // namespace services
