// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <optional>

#include "app/services/report/compose.h"
#include "app/services/report/html_text.h"
#include "app/services/report/report_data.h"
#include "engine/metrics/curves.h"

namespace services {

namespace {

std::vector<std::string> intervalNote(const std::optional<engine::Interval>& interval) {
    if (!interval) return {};
    return {"95 %: " + fixed(interval->low, 4) + " \u2013 " + fixed(interval->high, 4)};
}

Figure metric(std::string name, const std::optional<double>& value, std::vector<std::string> notes,
              const std::string& whyNot) {
    if (value) return {std::move(name), Text(fixed(*value, 4)), std::move(notes), value};
    Text dash;
    dash.runs.push_back(undefinedRun(whyNot));
    return {std::move(name), dash, {whyNot}};
}

std::string missingClass(const engine::Evaluation& evaluation) {
    if (evaluation.good == 0 && evaluation.defect == 0) return "not defined: no labelled image";
    if (evaluation.good == 0) return "not defined: no good image in the test set";
    if (evaluation.defect == 0) return "not defined: no defective image in the test set";
    return "not defined";
}

Figure rateFigure(std::string name, const std::optional<engine::Rate>& rate, const std::string& of,
                  const std::string& whyNot) {
    if (!rate) return metric(std::move(name), {}, {}, whyNot);
    return {
        std::move(name),
        Text(percent(rate->value)),
        {grouped(rate->count) + " of " + grouped(rate->total) + " " + of, "95 %: " + percentInterval(rate->interval)},
        rate->value,
        true};
}

Figures pixelFigures(const engine::Evaluation& evaluation) {
    const engine::PixelScores& pixel = evaluation.pixel;
    const std::string whyNot = pixel.masks == 0 ? "not defined: no defect has a mask" : "not defined: no good pixel";
    std::vector<std::string> at;
    if (pixel.f1threshold) at.push_back("at a map value of " + fixed(*pixel.f1threshold, 4));
    return {{metric("AUROC", pixel.auroc, {counted(pixel.masks, "mask", "masks")}, whyNot),
             metric("AUPRO up to 30 % false positives", pixel.aupro30, {counted(pixel.regions, "region", "regions")},
                    whyNot),
             metric("AUPR", pixel.aupr, {}, whyNot), metric("Best F1", pixel.f1max, at, whyNot)}};
}

}  // namespace

Section resultSection(const ReportData& data) {
    const engine::Evaluation& evaluation = data.evaluation;
    const std::string whyNot = missingClass(evaluation);
    Section section{"result", "Result", {}};
    if (data.hasCut()) {
        section.blocks.emplace_back(Heading{"At the fail cut"});
        section.blocks.emplace_back(
            Figures{{rateFigure("Escapes", evaluation.escapes, "defects are below the cut",
                                "not defined: no defective image in the test set"),
                     rateFigure("False rejects", evaluation.falseRejects, "good parts are rejected",
                                "not defined: no good image in the test set")}});
    }
    section.blocks.emplace_back(Heading{"Images, whatever the cut"});
    section.blocks.emplace_back(
        Figures{{metric("AUROC", evaluation.auroc, intervalNote(evaluation.aurocInterval), whyNot),
                 metric("AUPR", evaluation.aupr, intervalNote(evaluation.auprInterval), whyNot),
                 metric("Best F1", evaluation.f1max, intervalNote(evaluation.f1maxInterval), whyNot)}});
    section.blocks.emplace_back(Heading{"Pixels"});
    if (data.content.hasMap)
        section.blocks.emplace_back(pixelFigures(evaluation));
    else
        section.blocks.emplace_back(Paragraph{Text("The method " + data.model.method +
                                                   " scores whole images and has no anomaly map, so nothing is "
                                                   "measured for pixels.")});
    section.blocks.emplace_back(Paragraph{
        Text("AUROC: how often a defect scores higher than a good part; 1 is always, 0.5 is chance. AUPR: the mean "
             "precision over all cuts. Best F1: the best balance of precision and recall, at a cut chosen afterwards. "
             "AUPRO: how much of each defective region is marked, every region counted alike. Intervals hold the true "
             "value in 95 of 100 such test sets: bootstrap for curves, Clopper\u2013Pearson for rates."),
        true});
    return section;
}

Section defectTypesSection(const ReportData& data) {
    std::map<std::string, std::vector<const engine::ImageResult*>> types;
    std::vector<double> good;
    for (const engine::ImageResult& image : data.evaluation.images) {
        if (image.label == engine::Label::Good) good.push_back(image.score);
        if (image.label == engine::Label::Defect) types[image.defectType].push_back(&image);
    }
    Section section{"defect-types", "Defect types", {}};
    if (types.empty()) return section;
    const bool cut = data.hasCut();
    Table table{"Defect types", {{"Type"}, {"Images", ColumnKind::Count}}, {}};
    if (cut) {
        for (const char* name : {"Caught", "In review", "Missed"}) table.columns.push_back({name, ColumnKind::Count});
        table.columns.push_back({"Share caught", ColumnKind::Share});
        table.columns.push_back({"95 % from", ColumnKind::Share});
        table.columns.push_back({"to", ColumnKind::Share});
    }
    table.columns.push_back({"Lowest score", ColumnKind::Number});
    table.columns.push_back({"AUROC against good", ColumnKind::Number});
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
        Row row{type.empty() ? wordCell("no type", Tone::Quiet) : wordCell(type, Tone::Name), countCell(count)};
        if (cut) {
            for (const Outcome outcome : {Outcome::Caught, Outcome::DefectInReview, Outcome::Missed})
                row.push_back(countCell(outcomes[outcome]));
            const auto caught = engine::rate(outcomes[Outcome::Caught], count);
            for (const double share : {caught->value, caught->interval.low, caught->interval.high})
                row.push_back({Text(percent(share), row.size() == 5 ? Tone::Plain : Tone::Quiet), share});
        }
        row.push_back({Text(data.score(lowest)), lowest});
        const std::optional<double> auroc = engine::auroc(scores, labels);
        row.push_back(auroc ? Cell{Text(fixed(*auroc, 4)), auroc} : Cell{});
        if (!auroc) row.back().text.runs.push_back(undefinedRun("no good image"));
        table.rows.push_back(std::move(row));
    }
    section.blocks.emplace_back(std::move(table));
    return section;
}

}  // namespace services
