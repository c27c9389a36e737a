// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/html_text.h"
#include "app/services/report_sections.h"
#include "engine/core/error.h"
#include "engine/image/preprocess.h"

namespace services {

namespace {

constexpr std::size_t rowsShownAtOnce = 500;  // a longer table is folded, so that paper and eye are spared

std::string labelText(const engine::ImageResult& image) {
    switch (image.label) {
        case engine::Label::Good:
            return "good";
        case engine::Label::Defect:
            return "defect";
        case engine::Label::Unlabelled:
            return "not labelled";
    }
    return {};
}

std::string fact(std::string_view name, const std::string& html) {
    return html.empty() ? std::string() : "<dt>" + escaped(name) + "</dt><dd>" + html + "</dd>\n";
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string times(const engine::StageTimes& times) {
    if (times.total <= 0) return {};
    const auto ms = [](double value) { return fixed(value, 1) + "\u00A0ms"; };
    return "<table class=\"keep\">\n<thead><tr><th>Median time of an image</th><th class=\"number\">decode</th><th "
           "class=\"number\">preprocess</th><th class=\"number\">backbone</th><th class=\"number\">search</th><th "
           "class=\"number\">map</th><th class=\"number\">total</th></tr></thead>\n<tbody><tr><td></td><td "
           "class=\"number\">" +
           ms(times.decode) + "</td><td class=\"number\">" + ms(times.preprocess) + "</td><td class=\"number\">" +
           ms(times.backbone) + "</td><td class=\"number\">" + ms(times.search) + "</td><td class=\"number\">" +
           ms(times.map) + "</td><td class=\"number\">" + ms(times.total) + "</td></tr></tbody>\n</table>\n";
}

std::string list(const std::vector<std::string>& htmlItems) {
    std::string out = "<ul>\n";
    for (const std::string& item : htmlItems) out += "<li>" + item + "</li>\n";
    return out + "</ul>\n";
}

}  // namespace

std::string imageTableHtml(const ReportData& data) {
    if (data.worstFirst.empty()) return {};
    const bool cut = data.hasCut();
    std::string table =
        "<div class=\"scroll\">\n<table class=\"sortable\">\n<thead><tr><th>Image</th><th>Label</th><th>Type</th>"
        "<th class=\"number\">Score</th>";
    if (cut) table += "<th>Verdict</th><th>Outcome</th>";
    table += "</tr></thead>\n<tbody>\n";
    for (const engine::ImageResult* image : data.worstFirst) {
        table += "<tr><td class=\"name\">" + nameHtml(image->name) + "</td><td>" + labelText(*image) + "</td><td>" +
                 (image->defectType.empty() ? std::string() : nameHtml(image->defectType)) +
                 "</td><td class=\"number\" data-value=\"" + fixed(image->score, 9) + "\">" + data.score(image->score) +
                 "</td>";
        if (cut) {
            const Outcome outcome = outcomeOf(*image);
            const bool wrong = outcome == Outcome::Missed || outcome == Outcome::FalseReject;
            table += "<td>" + verdictHtml(image->verdict) + "</td><td>" + (wrong ? "<strong>" : "") +
                     std::string(nameOf(outcome)) + (wrong ? "</strong>" : "") + "</td>";
        }
        table += "</tr>\n";
    }
    table += "</tbody>\n</table>\n</div>\n";
    const std::string count = grouped(static_cast<std::int64_t>(data.worstFirst.size()));
    std::string out = "<section>\n<h2>All images</h2>\n<p class=\"note\">Highest score first.</p>\n";
    if (data.worstFirst.size() > rowsShownAtOnce) {
        out += "<details><summary>Show " + count + " images</summary>\n" + table + "</details>\n";
    } else {
        out += table;
    }
    return out + "</section>\n";
}

std::string unreadableHtml(const ReportData& data) {
    std::string out;
    if (!data.evaluation.failures.empty()) {
        std::vector<std::string> items;
        for (const engine::ImageFailure& failure : data.evaluation.failures) {
            const std::string path = engine::displayPath(failure.path);
            const bool named = failure.reason.find(path) != std::string::npos;
            items.push_back(nameHtml(named ? failure.reason : path + ": " + failure.reason));
        }
        out +=
            "<section id=\"unreadable\">\n<h2>Images that could not be read</h2>\n<p>They have no score and count "
            "nowhere in "
            "this report.</p>\n" +
            list(items) + "</section>\n";
    }
    if (!data.evaluation.warnings.empty()) {
        std::vector<std::string> items;
        for (const std::string& warning : data.evaluation.warnings) items.push_back(nameHtml(warning));
        out += "<section>\n<h2>Warnings</h2>\n" + list(items) + "</section>\n";
    }
    return out;
}

std::string modelHtml(const ReportData& data) {
    const engine::ModelInfo& model = data.model;
    const auto number = [](std::int64_t n) { return grouped(n); };
    std::string out = "<section>\n<h2>Model</h2>\n<dl class=\"facts\">\n";
    out += fact("File", nameHtml(data.content.modelName));
    out += fact("SHA-256", "<span class=\"mono\">" + escaped(data.content.modelSha256) + "</span>");
    out += fact("Method", escaped(model.method));
    out += fact("Backbone", escaped(model.backboneName) +
                                (model.stages.empty() ? "" : ", stages " + escaped(joined(model.stages))) +
                                (model.precision == engine::Precision::Bf16 ? ", bf16" : ", fp32"));
    out += fact("Backbone SHA-256", "<span class=\"mono\">" + escaped(model.backboneSha256) + "</span>");
    out += fact("Input", std::to_string(model.input.width) + " \u00D7 " + std::to_string(model.input.height) + " px, " +
                             std::string(engine::nameOf(model.input.fitMode)));
    out += fact("Region of interest", model.hasRegion ? "yes" : "the whole image");
    if (model.bankRows > 0) {
        out +=
            fact("Memory bank", number(model.bankRows) + " patches of " + number(model.bankDimensions) + " dimensions" +
                                    (model.candidates > 0 ? ", chosen from " + number(model.candidates) : ""));
    }
    out += fact("Trained on", nameHtml(model.trainingSet) + ", " +
                                  number(static_cast<std::int64_t>(model.training.size())) + " good images");
    std::string parameters;
    for (const auto& [key, value] : model.parameters) {
        parameters += (parameters.empty() ? "" : ", ") + escaped(key) + "\u00A0=\u00A0" + escaped(value);
    }
    out += fact("Parameters", parameters);
    out += fact("Seed", std::to_string(model.seed));
    out += fact("File format", std::to_string(model.formatVersion));
    out += "</dl>\n";
    if (!model.notes.empty()) {
        std::vector<std::string> items;
        for (const std::string& note : model.notes) items.push_back(nameHtml(note));
        out += "<h3>Not as asked for in training</h3>\n" + list(items);
    }
    if (const std::string timing = times(data.evaluation.medianTimes); !timing.empty())
        out += "<h3>Speed</h3>\n" + timing;
    return out + "</section>\n";
}

}  // namespace services
