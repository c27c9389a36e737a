// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <optional>

#include "app/services/report/charts.h"
#include "app/services/report/compose.h"
#include "app/services/report/html_text.h"
#include "app/services/report/report_data.h"
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
    return rule.empty() ? "How it was chosen is not recorded." : "Rule: " + rule + ".";
}

void addRate(Facts& facts, const std::string& name, const std::optional<engine::Rate>& rate) {
    if (!rate) return;
    facts.facts.push_back(
        {name + " there", Text(percent(rate->value) + " (" + grouped(rate->count) + " of " + grouped(rate->total) +
                               "; 95 %: " + percentInterval(rate->interval) + ")")});
}

void addCut(Facts& facts, const std::string& name, const std::optional<double>& cut, int decimals) {
    Text value;
    value.runs.push_back(cut ? Run{fixed(*cut, decimals)} : undefinedRun("no such cut"));
    facts.facts.push_back({name, value});
}

Facts factsOf(const ReportData& data) {
    const engine::OperatingPoint& point = data.model.operatingPoint;
    Facts facts;
    addCut(facts, "Fail from a score of", point.fail, data.scoreDecimals);
    addCut(facts, "Review from a score of", point.review, data.scoreDecimals);
    addCut(facts, "Marked from a map value of", point.pixel, data.scoreDecimals);
    if (point.failInterval)
        facts.facts.push_back({"95 % interval of the fail cut", Text(data.score(point.failInterval->low) + " \u2013 " +
                                                                     data.score(point.failInterval->high))});
    facts.facts.push_back({"Rule", Text(ruleSentence(point.rule), Tone::Name)});
    if (!point.basis.empty()) facts.facts.push_back({"Basis", Text(point.basis, Tone::Name)});
    addRate(facts, "False rejects", point.expectedFalseRejects);
    addRate(facts, "Escapes", point.expectedEscapes);
    return facts;
}

// Counts of fail, review and pass.
using Verdicts = std::array<std::int64_t, 3>;

Row confusionRow(const std::string& name, const Verdicts& counts) {
    const std::int64_t all = counts[0] + counts[1] + counts[2];
    Row row{wordCell(name), countCell(all)};
    for (const std::int64_t count : counts) {
        const auto share = engine::rate(count, all);
        row.push_back(countCell(count));
        row.push_back(share ? Cell{Text(percent(share->value)), share->value} : Cell{});
        row.push_back(share ? wordCell(percentInterval(share->interval), Tone::Quiet) : Cell{});
    }
    return row;
}

void addConfusion(Section& section, const ReportData& data) {
    Verdicts good{}, defect{}, unlabelled{};
    for (const engine::ImageResult& image : data.evaluation.images) {
        Verdicts& row = image.label == engine::Label::Good     ? good
                        : image.label == engine::Label::Defect ? defect
                                                               : unlabelled;
        if (image.verdict == engine::Verdict::Fail) ++row[0];
        if (image.verdict == engine::Verdict::Review) ++row[1];
        if (image.verdict == engine::Verdict::Pass) ++row[2];
    }
    Table table{"Confusion", {{"Label"}, {"Images", ColumnKind::Count}}, {}};
    for (const auto verdict : {engine::Verdict::Fail, engine::Verdict::Review, engine::Verdict::Pass}) {
        const Run name = verdictRun(verdict);
        table.columns.push_back({name.text, ColumnKind::Count});
        table.columns.push_back({"share", ColumnKind::Share});
        table.columns.push_back({"95 %"});
    }
    table.rows.push_back(confusionRow("Good", good));
    table.rows.push_back(confusionRow("Defect", defect));
    if (unlabelled != Verdicts{}) table.rows.push_back(confusionRow("Not labelled", unlabelled));
    section.blocks.emplace_back(Heading{"Labels against verdicts"});
    section.blocks.emplace_back(std::move(table));
    if (defect[1] > 0)
        section.blocks.emplace_back(
            Paragraph{Text("The escape rate counts every defect below the fail cut: " + grouped(defect[1] + defect[2]) +
                           ", of which " + grouped(defect[1]) + " would be seen in review."),
                      true});
}

void addHistory(Section& section, const ReportData& data) {
    section.blocks.emplace_back(Heading{"History"});
    if (data.content.history.empty()) {
        section.blocks.emplace_back(Paragraph{
            Text("The model file holds the present operating point only; earlier ones are not recorded in it."), true});
        return;
    }
    Table table{"History", {{"When"}, {"Who"}, {"Operating point"}}, {}};
    for (const CutChange& change : data.content.history)
        table.rows.push_back(
            {wordCell(change.when), wordCell(change.who, Tone::Name), wordCell(change.what, Tone::Name)});
    section.blocks.emplace_back(std::move(table));
}

}  // namespace

Section operatingPointSection(const ReportData& data) {
    Section section{"operating-point", "Operating point", {}};
    if (!data.hasCut()) {
        section.blocks.emplace_back(
            Paragraph{Text("The model has no operating point yet, so no image has a verdict. Choose one from good "
                           "images or from labelled ones, and the report shows false rejects and escapes.")});
        return section;
    }
    section.blocks.emplace_back(factsOf(data));
    if (usesDefectLabels(data.model.operatingPoint.rule))
        section.blocks.emplace_back(
            Paragraph{Text("Defect labels were used to choose this cut. If they are those of this test set, the rates "
                           "of this report are flattering: expect worse on new parts."),
                      true});
    addConfusion(section, data);
    addHistory(section, data);
    return section;
}

Section chartsSection(const ReportData& data) {
    Section section{"scores", "Scores", {}};
    if (data.evaluation.images.empty()) return section;
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
    Drawings scores{{{"", histogramChart(histogram)}},
                    {{Ink::Good, "good"}, {Ink::Defect, "defect"}},
                    "Counts on a square-root axis, so that a single image is still seen."};
    if (!histogram.unlabelled.empty()) scores.legend.push_back({Ink::Unlabelled, "not labelled"});
    section.blocks.emplace_back(std::move(scores));

    const std::vector<engine::CurvePoint> points = engine::curve(data.scores, data.labels);
    if (points.empty()) {
        section.blocks.emplace_back(Paragraph{
            Text("The ROC and precision\u2013recall curves need good and defective images; one kind is missing, so "
                 "they are not defined."),
            true});
        return section;
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
    Drawings curves{
        {{"ROC", rocChart(points, roc)}, {"Precision and recall", precisionRecallChart(points, precision)}}, {}, {}};
    if (roc) curves.legend.push_back({Ink::Mark, "the fail cut"});
    section.blocks.emplace_back(std::move(curves));
    return section;
}

}  // namespace services
