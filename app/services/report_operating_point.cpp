// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <optional>

#include "app/services/html_text.h"
#include "app/services/report_sections.h"
#include "app/services/svg_chart.h"
#include "engine/metrics/curves.h"

namespace services {

namespace {

bool usesDefectLabels(std::string_view rule) {
    return rule == "best-f1" || rule == "no-escapes" || rule == "escape";
}

std::string ruleSentence(const std::string& rule) {
    if (rule == "manual") return "Set by hand.";
    if (rule == "false-reject") return "Chosen from good images alone, for a target false-reject rate.";
    if (rule == "best-f1") return "Chosen for the best F1 on labelled images.";
    if (rule == "no-escapes") return "Chosen so that none of the known defects escapes.";
    if (rule == "escape") return "Chosen for a target escape rate on known defects.";
    return rule.empty() ? "How it was chosen is not recorded." : "Rule: " + escaped(rule) + ".";
}

std::string rateSentence(std::string_view name, const std::optional<engine::Rate>& rate) {
    if (!rate) return {};
    return "<dt>" + std::string(name) + " there</dt><dd>" + percent(rate->value) + " (" + grouped(rate->count) +
           " of " + grouped(rate->total) + "; 95 %: " + percentInterval(rate->interval) + ")</dd>\n";
}

std::string cutFact(std::string_view name, const std::optional<double>& cut, int decimals) {
    return "<dt>" + std::string(name) + "</dt><dd>" + (cut ? fixed(*cut, decimals) : undefinedHtml("no such cut")) +
           "</dd>\n";
}

std::string facts(const ReportData& data) {
    const engine::OperatingPoint& point = data.model.operatingPoint;
    std::string out = "<dl class=\"facts\">\n" + cutFact("Fail from a score of", point.fail, data.scoreDecimals) +
                      cutFact("Review from a score of", point.review, data.scoreDecimals) +
                      cutFact("Marked from a map value of", point.pixel, data.scoreDecimals);
    if (point.failInterval) {
        out += "<dt>95 % interval of the fail cut</dt><dd>" + data.score(point.failInterval->low) + " \u2013 " +
               data.score(point.failInterval->high) + "</dd>\n";
    }
    out += "<dt>Rule</dt><dd>" + ruleSentence(point.rule) + "</dd>\n";
    if (!point.basis.empty()) out += "<dt>Basis</dt><dd>" + nameHtml(point.basis) + "</dd>\n";
    out += rateSentence("False rejects", point.expectedFalseRejects) + rateSentence("Escapes", point.expectedEscapes);
    out += "</dl>\n";
    if (usesDefectLabels(point.rule)) {
        out +=
            "<p class=\"note\">Defect labels were used to choose this cut. If they are those of this test set, the "
            "rates of this "
            "report are flattering: expect worse on new parts.</p>\n";
    }
    return out;
}

std::string confusionTable(const ReportData& data) {
    using Row = std::array<std::int64_t, 3>;
    Row good{};
    Row defect{};
    for (const engine::ImageResult& image : data.evaluation.images) {
        if (image.label == engine::Label::Unlabelled) continue;
        Row& row = image.label == engine::Label::Good ? good : defect;
        if (image.verdict == engine::Verdict::Fail) ++row[0];
        if (image.verdict == engine::Verdict::Review) ++row[1];
        if (image.verdict == engine::Verdict::Pass) ++row[2];
    }
    std::string out = "<table>\n<thead><tr><th></th><th class=\"number\">" + verdictHtml(engine::Verdict::Fail) +
                      "</th><th class=\"number\">" + verdictHtml(engine::Verdict::Review) +
                      "</th><th class=\"number\">" + verdictHtml(engine::Verdict::Pass) +
                      "</th><th class=\"number\">images</th></tr></thead>\n<tbody>\n";
    const auto add = [&](const char* name, const Row& row) {
        out += std::string("<tr><th scope=\"row\">") + name + "</th>";
        for (const std::int64_t count : row) out += "<td class=\"number\">" + grouped(count) + "</td>";
        out += "<td class=\"number quiet\">" + grouped(row[0] + row[1] + row[2]) + "</td></tr>\n";
    };
    add("Good", good);
    add("Defect", defect);
    out += "</tbody>\n</table>\n";
    if (defect[1] > 0) {
        out += "<p class=\"note\">The escape rate counts every defect below the fail cut: " +
               grouped(defect[1] + defect[2]) + ", of which " + grouped(defect[1]) + " would be seen in review.</p>\n";
    }
    return out;
}

std::string legend() {
    return "<p class=\"legend note\"><span><svg viewBox=\"0 0 12 12\"><rect width=\"12\" height=\"12\" "
           "class=\"good\"/></svg>"
           "good</span><span><svg viewBox=\"0 0 12 12\"><rect width=\"12\" height=\"12\" "
           "class=\"defect\"/></svg>defect</span>"
           "<span>Counts on a square-root axis, so that a single image is still seen.</span></p>\n";
}

}  // namespace

std::string operatingPointHtml(const ReportData& data) {
    std::string out = "<section>\n<h2>Operating point</h2>\n";
    if (!data.hasCut()) {
        return out +
               "<p>The model has no operating point yet, so no image has a verdict. Choose one from good images or "
               "from "
               "labelled ones, and the report shows false rejects and escapes.</p>\n</section>\n";
    }
    return out + "<div class=\"columns\">\n<div>\n" + facts(data) + "</div>\n<div>\n" + confusionTable(data) +
           "</div>\n</div>\n</section>\n";
}

std::string chartsHtml(const ReportData& data) {
    HistogramContent histogram;
    for (const engine::ImageResult& image : data.evaluation.images) {
        (image.label == engine::Label::Good     ? histogram.good
         : image.label == engine::Label::Defect ? histogram.defect
                                                : histogram.unlabelled)
            .push_back(image.score);
    }
    histogram.review = data.model.operatingPoint.review;
    histogram.fail = data.model.operatingPoint.fail;
    histogram.decimals = data.scoreDecimals;
    if (data.evaluation.images.empty()) return {};
    std::string out =
        "<section>\n<div class=\"keep\">\n<h2>Scores</h2>\n" + histogramSvg(histogram) + legend() + "</div>\n";

    const std::vector<engine::CurvePoint> points = engine::curve(data.scores, data.labels);
    if (points.empty()) {
        return out +
               "<p class=\"note\">The ROC and precision\u2013recall curves need good and defective images; one kind is "
               "missing, so they are not defined.</p>\n</section>\n";
    }
    std::optional<CurveMark> roc;
    std::optional<CurveMark> precision;
    if (data.hasCut()) {
        const engine::Confusion at = engine::confusionAt(data.scores, data.labels, *data.model.operatingPoint.fail);
        const double caught = static_cast<double>(at.tp) / static_cast<double>(at.tp + at.fn);
        roc = CurveMark{static_cast<double>(at.fp) / static_cast<double>(at.fp + at.tn), caught};
        if (at.tp + at.fp > 0)
            precision = CurveMark{caught, static_cast<double>(at.tp) / static_cast<double>(at.tp + at.fp)};
    }
    out += "<div class=\"columns keep\">\n<div><h3>ROC</h3>\n" + rocSvg(points, roc) +
           "</div>\n<div><h3>Precision and recall</h3>\n" + precisionRecallSvg(points, precision) + "</div>\n</div>\n";
    if (roc) out += "<p class=\"note\"><span class=\"fail\">\u25A0</span> the fail cut</p>\n";
    return out + "</section>\n";
}

}  // namespace services
