// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "app/services/report/charts.h"
#include "app/services/report/html_text.h"

namespace services {

namespace {

constexpr double width = 960;
constexpr double height = 240;
constexpr double left = 40;
constexpr double right = 12;
constexpr double top = 32;
constexpr double bottom = 28;
constexpr double baseline = height - bottom;
constexpr std::size_t bins = 60;

// Draws into 960 x 240 units, which the page stretches to its width.
class Histogram {
public:
    explicit Histogram(const HistogramContent& content) : m_content(content) { chooseRange(); }

    Chart chart() {
        m_chart = {.name = "Histogram of scores", .width = width, .height = height, .shapes = {}};
        drawZones();
        const Counts good = count(m_content.good);
        const Counts defect = count(m_content.defect);
        const Counts unlabelled = count(m_content.unlabelled);
        for (const Counts* counts : {&good, &defect, &unlabelled}) {
            m_largest = std::max(m_largest, *std::max_element(counts->begin(), counts->end()));
        }
        drawCountAxis();
        drawBars(good, Ink::Good);
        drawBars(defect, Ink::Defect);
        drawBars(unlabelled, Ink::Unlabelled);
        m_chart.line(left, baseline, width - right, baseline, Ink::Axis);
        drawScoreAxis();
        drawCuts();
        return std::move(m_chart);
    }

private:
    using Counts = std::array<std::int64_t, bins>;

    void chooseRange() {
        std::vector<double> all = m_content.good;
        all.insert(all.end(), m_content.defect.begin(), m_content.defect.end());
        all.insert(all.end(), m_content.unlabelled.begin(), m_content.unlabelled.end());
        const auto [least, most] = std::minmax_element(all.begin(), all.end());
        m_low = *least;
        m_high = *most;
        // A cut near the scores is shown in its place; one far away would squash them and stands at the edge.
        const double reach = std::max(m_high - m_low, 1e-9 * std::max(1.0, std::abs(m_high)));
        const double low = m_low;
        const double high = m_high;
        for (const auto& cut : {m_content.review, m_content.fail}) {
            if (!cut || *cut < low - reach || *cut > high + reach) continue;
            m_low = std::min(m_low, *cut);
            m_high = std::max(m_high, *cut);
        }
        const double margin = std::max(m_high - m_low, reach) * 0.02;
        m_low -= margin;
        m_high += margin;
        alignBins();
    }

    // A cut inside the range falls between two bars: no bar stands on both sides of it.
    void alignBins() {
        m_binWidth = (m_high - m_low) / (bins - 1);
        m_anchor = m_content.fail && *m_content.fail > m_low && *m_content.fail < m_high ? *m_content.fail : m_low;
        m_binsBelowAnchor = std::ceil((m_anchor - m_low) / m_binWidth);
        m_low = m_anchor - m_binsBelowAnchor * m_binWidth;
        m_high = m_low + bins * m_binWidth;
    }

    double x(double score) const {
        const double share = std::clamp((score - m_low) / (m_high - m_low), 0.0, 1.0);
        return left + share * (width - left - right);
    }
    double y(double count) const {
        return baseline -
               std::sqrt(count / static_cast<double>(std::max<std::int64_t>(m_largest, 1))) * (baseline - top);
    }

    Counts count(const std::vector<double>& scores) const {
        Counts counts{};
        for (const double score : scores) {
            const double bin = m_binsBelowAnchor + std::floor((score - m_anchor) / m_binWidth);
            ++counts[static_cast<std::size_t>(std::clamp(bin, 0.0, bins - 1.0))];
        }
        return counts;
    }

    void drawBars(const Counts& counts, Ink ink) {
        const double step = (width - left - right) / bins;
        for (std::size_t i = 0; i < bins; ++i) {
            if (counts[i] == 0) continue;
            const double barTop = y(static_cast<double>(counts[i]));
            m_chart.box(left + static_cast<double>(i) * step + 0.5, barTop, step - 1, baseline - barTop, ink);
        }
    }

    void drawZones() {
        if (!m_content.fail) return;
        const double fail = x(*m_content.fail);
        if (m_content.review) {
            const double review = std::min(fail, x(*m_content.review));
            m_chart.box(review, top, fail - review, baseline - top, Ink::ReviewZone);
        }
        m_chart.box(fail, top, width - right - fail, baseline - top, Ink::FailZone);
    }

    void drawCountAxis() {
        double free = baseline - 14;
        for (std::int64_t power = 1; power <= m_largest; power *= 10) {
            for (const std::int64_t factor : {1, 2, 5}) {
                const std::int64_t value = factor * power;
                const double place = y(static_cast<double>(value));
                if (value > m_largest || place > free) continue;
                m_chart.line(left, place, width - right, place, Ink::Grid);
                m_chart.text(left - 6, place + 4, Anchor::End, Ink::Tick, grouped(value));
                free = place - 20;
            }
        }
    }

    void drawScoreAxis() {
        const double step = tickStep(m_high - m_low, 10);
        for (double i = std::ceil(m_low / step); i * step <= m_high; ++i) {
            m_chart.line(x(i * step), baseline, x(i * step), baseline + 4, Ink::Axis);
            m_chart.text(x(i * step), baseline + 18, Anchor::Middle, Ink::Tick, fixed(i * step, tickDecimals(step)));
        }
    }

    // Both labels on one row, the review's left of its line and the fail's right of its own, so that they never meet;
    // where the picture leaves no room for that, they change sides and stand on two rows.
    void drawCuts() {
        constexpr double room = 130;
        const bool tight = (m_content.review && x(*m_content.review) < left + room) ||
                           (m_content.fail && x(*m_content.fail) > width - right - room);
        const auto draw = [&](double cut, const std::string& words, Ink line, Ink ink, double row, bool toTheRight) {
            const double at = x(cut);
            std::string label = words + fixed(cut, m_content.decimals);
            if (cut > m_high) label += " \u2192";
            if (cut < m_low) label = "\u2190 " + label;
            m_chart.line(at, row - 9, at, baseline, line);
            m_chart.text(at + (toTheRight ? 6 : -6), row, toTheRight ? Anchor::Start : Anchor::End, ink, label);
        };
        if (m_content.review) {
            const bool toTheRight = x(*m_content.review) < left + room;
            draw(*m_content.review, "\u25B2 review ", Ink::ReviewCut, Ink::ReviewLabel,
                 tight && m_content.fail ? 25 : 18, toTheRight);
        }
        if (m_content.fail) {
            const bool toTheRight = x(*m_content.fail) <= width - right - room;
            draw(*m_content.fail, "\u25A0 fail ", Ink::FailCut, Ink::FailLabel, tight && m_content.review ? 11 : 18,
                 toTheRight);
        }
    }

    const HistogramContent& m_content;
    double m_low = 0;
    double m_high = 1;
    double m_binWidth = 1;
    double m_anchor = 0;
    double m_binsBelowAnchor = 0;
    std::int64_t m_largest = 1;
    Chart m_chart;
};

}  // namespace

Chart histogramChart(const HistogramContent& content) {
    if (content.good.empty() && content.defect.empty() && content.unlabelled.empty()) return {};
    return Histogram(content).chart();
}

double tickStep(double range, int atMost) {
    const double power = std::pow(10, std::floor(std::log10(range / atMost)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (range / (factor * power) <= atMost) return factor * power;
    }
    return 10 * power;
}

int tickDecimals(double step) {
    return std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 12);
}

}  // namespace services
