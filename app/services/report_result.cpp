// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <optional>

#include "app/services/html_text.h"
#include "app/services/report_sections.h"
#include "engine/metrics/curves.h"

namespace services {

namespace {

std::string figure(std::string_view name, const std::string& value, const std::string& note) {
    return "<div><dt>" + escaped(name) + "</dt><dd><span class=\"value\">" + value + "</span><span class=\"note\">" +
           note + "</span></dd></div>\n";
}

std::string intervalNote(const std::optional<engine::Interval>& interval) {
    return interval ? "95 %: " + fixed(interval->low, 4) + " \u2013 " + fixed(interval->high, 4) : std::string();
}

std::string metric(std::string_view name, const std::optional<double>& value, const std::string& note,
                   const std::string& whyNot) {
    return value ? figure(name, fixed(*value, 4), note) : figure(name, undefinedHtml(whyNot), escaped(whyNot));
}

std::string missingClass(const engine::Evaluation& evaluation) {
    if (evaluation.good == 0 && evaluation.defect == 0) return "not defined: no labelled image";
    if (evaluation.good == 0) return "not defined: no good image in the test set";
    if (evaluation.defect == 0) return "not defined: no defective image in the test set";
    return "not defined";
}

std::string rateFigure(std::string_view name, const std::optional<engine::Rate>& rate, std::string_view of,
                       const std::string& whyNot) {
    if (!rate) return figure(name, undefinedHtml(whyNot), escaped(whyNot));
    return figure(name, percent(rate->value),
                  grouped(rate->count) + " of " + grouped(rate->total) + " " + escaped(of) +
                      "<br/>95 %: " + percentInterval(rate->interval));
}

std::string pixelFigures(const engine::Evaluation& evaluation) {
    const engine::PixelScores& pixel = evaluation.pixel;
    const std::string whyNot = !evaluation.hasMap ? "not defined: the method has no map"
                               : pixel.masks == 0 ? "not defined: no defect has a mask"
                                                  : "not defined: no good pixel";
    std::string out = "<h3>Pixels</h3>\n<dl class=\"figures\">\n";
    out += metric("AUROC", pixel.auroc, grouped(pixel.masks) + (pixel.masks == 1 ? " mask" : " masks"), whyNot);
    out += metric("AUPRO up to 30 % false positives", pixel.aupro30,
                  grouped(pixel.regions) + (pixel.regions == 1 ? " region" : " regions"), whyNot);
    out += metric("AUPR", pixel.aupr, "", whyNot);
    const std::string at = pixel.f1threshold ? "at a map value of " + fixed(*pixel.f1threshold, 4) : std::string();
    return out + metric("Best F1", pixel.f1max, at, whyNot) + "</dl>\n";
}

}  // namespace

std::string headHtml(const ReportData& data) {
    const engine::Evaluation& evaluation = data.evaluation;
    std::string out = "<header>\n<h1>" + nameHtml(data.content.title) + "</h1>\n<p class=\"quiet\">" +
                      nameHtml(data.content.datasetName) + " \u00B7 " + nameHtml(data.content.modelName) + "</p>\n<p>" +
                      grouped(static_cast<std::int64_t>(evaluation.images.size())) +
                      " test images: " + grouped(evaluation.good) + " good, " + grouped(evaluation.defect) +
                      " defective";
    if (const auto failures = static_cast<std::int64_t>(evaluation.failures.size()); failures > 0) {
        out += ". <a href=\"#unreadable\" class=\"fail\">" + grouped(failures) + " could not be read</a>";
    }
    out += ". The model learned from " + grouped(static_cast<std::int64_t>(data.model.training.size())) +
           " good images.</p>\n</header>\n";
    return out;
}

std::string resultHtml(const ReportData& data) {
    const engine::Evaluation& evaluation = data.evaluation;
    const std::string whyNot = missingClass(evaluation);
    std::string out = "<section>\n<h2>Result</h2>\n";
    if (data.hasCut()) {
        out += "<h3>At the fail cut</h3>\n<dl class=\"figures\">\n";
        out += rateFigure("Escapes", evaluation.escapes, "defects are below the cut",
                          "not defined: no defective image in the test set");
        out += rateFigure("False rejects", evaluation.falseRejects, "good parts are rejected",
                          "not defined: no good image in the test set");
        out += "</dl>\n";
    }
    out += "<h3>Images, whatever the cut</h3>\n<dl class=\"figures\">\n";
    out += metric("AUROC", evaluation.auroc, intervalNote(evaluation.aurocInterval), whyNot);
    out += metric("AUPR", evaluation.aupr, intervalNote(evaluation.auprInterval), whyNot);
    out += metric("Best F1", evaluation.f1max, intervalNote(evaluation.f1maxInterval), whyNot);
    out += "</dl>\n" + pixelFigures(evaluation);
    return out +
           "<p class=\"note\">AUROC: how often a defect scores higher than a good part; 1 is always, 0.5 is chance. "
           "AUPR: the "
           "mean precision over all cuts. Best F1: the best balance of precision and recall, at a cut chosen "
           "afterwards. "
           "AUPRO: how much of each defective region is marked, every region counted alike. Intervals hold the true "
           "value in 95 of "
           "100 such test sets: bootstrap for curves, Clopper\u2013Pearson for rates.</p>\n</section>\n";
}

std::string defectTypesHtml(const ReportData& data) {
    std::map<std::string, std::vector<const engine::ImageResult*>> types;
    std::vector<double> good;
    for (const engine::ImageResult& image : data.evaluation.images) {
        if (image.label == engine::Label::Good) good.push_back(image.score);
        if (image.label == engine::Label::Defect) types[image.defectType].push_back(&image);
    }
    if (types.empty()) return {};
    const bool cut = data.hasCut();
    std::string out =
        "<section>\n<h2>Defect types</h2>\n<table>\n<thead><tr><th>Type</th><th class=\"number\">Images</th>";
    if (cut) {
        out +=
            "<th class=\"number\">Caught</th><th class=\"number\">In review</th><th class=\"number\">Missed</th>"
            "<th class=\"number\">Share caught (95 %)</th>";
    }
    out += "<th class=\"number\">Lowest score</th><th class=\"number\">AUROC against good</th></tr></thead>\n<tbody>\n";
    for (const auto& [type, images] : types) {
        std::vector<double> scores = good;
        std::vector<std::uint8_t> labels(good.size(), 0);
        std::map<Outcome, std::int64_t> outcomes;
        double lowest = images.front()->score;
        for (const engine::ImageResult* image : images) {
            scores.push_back(image->score);
            labels.push_back(1);
            lowest = std::min(lowest, image->score);
            ++outcomes[outcomeOf(*image)];
        }
        const auto count = static_cast<std::int64_t>(images.size());
        out += "<tr><th scope=\"row\">" + (type.empty() ? "<span class=\"quiet\">no type</span>" : nameHtml(type)) +
               "</th><td class=\"number\">" + grouped(count) + "</td>";
        if (cut) {
            for (const Outcome outcome : {Outcome::Caught, Outcome::DefectInReview, Outcome::Missed}) {
                out += "<td class=\"number\">" + grouped(outcomes[outcome]) + "</td>";
            }
            const auto caught = engine::rate(outcomes[Outcome::Caught], count);
            out += "<td class=\"number\">" + percent(caught->value) + " <span class=\"quiet\">" +
                   percentInterval(caught->interval) + "</span></td>";
        }
        const std::optional<double> auroc = engine::auroc(scores, labels);
        out += "<td class=\"number\">" + data.score(lowest) + "</td><td class=\"number\">" +
               (auroc ? fixed(*auroc, 4) : undefinedHtml("no good image")) + "</td></tr>\n";
    }
    return out + "</tbody>\n</table>\n</section>\n";
}

}  // namespace services
