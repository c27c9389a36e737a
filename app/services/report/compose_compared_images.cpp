// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "app/services/report/charts.h"
#include "app/services/report/comparison_sections.h"
#include "app/services/report/html_text.h"
#include "app/services/report/report_data.h"

namespace services {

namespace {

constexpr std::size_t mostScatters = 6;

Plate plateOf(const Comparison& comparison, const ComparedImage& image, const DisputedPictures& pictures) {
    Plate plate;
    plate.pictures = pictures.pictures;
    plate.titles = pictures.titles;
    plate.name = Text(image.name, Tone::Name);
    plate.note = Text(labelWords(image.label), Tone::Quiet);
    if (!image.defectType.empty()) plate.note.add(": ", Tone::Quiet).add(image.defectType, Tone::Name);
    for (std::size_t i = 0; i < comparison.models.size(); ++i) {
        plate.note.add(" \u00B7 ", Tone::Quiet).add(comparison.models[i]->name + " ", Tone::Name);
        plate.note.runs.push_back(verdictRun(image.flagged[i] != 0 ? engine::Verdict::Fail : engine::Verdict::Pass));
    }
    return plate;
}

}  // namespace

Section scattersSection(const ComparisonContent& content) {
    const Comparison& comparison = *content.comparison;
    Section section{"scatter", "Scores against scores", {}};
    if (comparison.images.empty()) return section;
    for (std::size_t start = 0; start < std::min(comparison.pairs.size(), mostScatters); start += 2) {
        Drawings drawings;
        for (std::size_t i = start; i < std::min({start + 2, comparison.pairs.size(), mostScatters}); ++i) {
            const ComparedPair& pair = comparison.pairs[i];
            const ComparedModel& first = *comparison.models[pair.first];
            const ComparedModel& second = *comparison.models[pair.second];
            ScatterContent scatter{first.name, second.name, {}, {}, {}, first.cut, second.cut};
            if (!std::isfinite(first.cut)) scatter.xCut.reset();
            if (!std::isfinite(second.cut)) scatter.yCut.reset();
            for (const ComparedImage& image : comparison.images) {
                if (image.label == engine::Label::Unlabelled) continue;
                scatter.x.push_back(image.scores[pair.first]);
                scatter.y.push_back(image.scores[pair.second]);
                scatter.labels.push_back(image.label == engine::Label::Defect);
            }
            drawings.drawings.push_back({first.name + " and " + second.name, scatterChart(scatter)});
        }
        drawings.legend = {{Ink::Good, "good"}, {Ink::Defect, "defect"}};
        drawings.note = "The lines are the fail cuts.";
        section.blocks.emplace_back(std::move(drawings));
    }
    if (comparison.pairs.size() > mostScatters)
        section.blocks.emplace_back(Paragraph{Text("The first " + std::to_string(mostScatters) + " of " +
                                                   std::to_string(comparison.pairs.size()) + " pairs are shown."),
                                              true});
    return section;
}

Section disputesSection(const ComparisonContent& content) {
    const Comparison& comparison = *content.comparison;
    Section section{"disagreements", "Images on which they disagree", {}};
    if (comparison.models.size() < 2) return section;
    const auto disputed = disputedImages(comparison);
    if (disputed.empty()) {
        section.blocks.emplace_back(Paragraph{Text("There are none: at their cuts, all models say the same.")});
        return section;
    }
    Gallery gallery;
    for (const ComparedImage* image : disputed) {
        const auto found = content.pictures.find(image->name);
        if (found != content.pictures.end()) gallery.plates.push_back(plateOf(comparison, *image, found->second));
    }
    std::string note = counted(static_cast<std::int64_t>(disputed.size()), "image", "images") + ", defects first.";
    if (!gallery.plates.empty())
        note += " The image, then the anomaly maps in the order of the table of models; a model without one has none.";
    if (!gallery.plates.empty() && gallery.plates.size() < disputed.size())
        note +=
            " The first " + std::to_string(gallery.plates.size()) + " are shown; the table of all images has the rest.";
    section.blocks.emplace_back(Paragraph{Text(note), true});
    if (!gallery.plates.empty()) section.blocks.emplace_back(std::move(gallery));
    return section;
}

Section scoresSection(const ComparisonContent& content) {
    const Comparison& comparison = *content.comparison;
    Section section{"images", "All images", {}};
    Table table{"Images", {{"Image"}, {"Label"}, {"Type"}}, {}};
    table.large = true;
    for (const ComparedModel* model : comparison.models) {
        table.columns.push_back({model->name, ColumnKind::Number});
        table.columns.push_back({model->name + " verdict", ColumnKind::Verdict});
    }
    table.columns.push_back({"Disputed"});
    table.columns.push_back({"Report made", ColumnKind::Words, true});
    table.columns.push_back({"Image set SHA-256", ColumnKind::Words, true});
    std::vector<int> decimals;
    for (std::size_t i = 0; i < comparison.models.size(); ++i) {
        double low = 0;
        double high = 0;
        for (const ComparedImage& image : comparison.images) {
            low = &image == &comparison.images.front() ? image.scores[i] : std::min(low, image.scores[i]);
            high = &image == &comparison.images.front() ? image.scores[i] : std::max(high, image.scores[i]);
        }
        decimals.push_back(decimalsFor(low, high));
    }
    for (const ComparedImage& image : comparison.images) {
        Row row{wordCell(image.name, Tone::Name), wordCell(labelWords(image.label)),
                wordCell(image.defectType, Tone::Name)};
        for (std::size_t i = 0; i < comparison.models.size(); ++i) {
            row.push_back({Text(fixed(image.scores[i], decimals[i])), image.scores[i]});
            Cell verdict;
            verdict.word = image.flagged[i] != 0 ? "fail" : "pass";
            verdict.text.runs.push_back(
                verdictRun(image.flagged[i] != 0 ? engine::Verdict::Fail : engine::Verdict::Pass));
            row.push_back(std::move(verdict));
        }
        row.push_back(wordCell(image.disputed() ? "disputed" : ""));
        row.push_back(wordCell(content.created.iso()));
        row.push_back(wordCell(content.datasetSha256));
        table.rows.push_back(std::move(row));
    }
    section.blocks.emplace_back(std::move(table));
    return section;
}

Section detailsSection(const ComparisonContent& content) {
    Section section{"details", "Image set and models", {}};
    section.blocks.emplace_back(Facts{
        {{"Image set", Text(content.datasetName, Tone::Name)}, {"SHA-256", Text(content.datasetSha256, Tone::Mono)}}});
    for (const ComparedModel* model : content.comparison->models) {
        const engine::ModelInfo& info = model->info;
        Facts facts;
        facts.facts.push_back({"Method", Text(info.method)});
        if (!info.backboneName.empty()) facts.facts.push_back({"Backbone", Text(info.backboneName, Tone::Name)});
        facts.facts.push_back({"SHA-256", Text(model->sha256, Tone::Mono)});
        facts.facts.push_back({"Learned from", Text(counted(static_cast<std::int64_t>(info.training.size()),
                                                            "good image", "good images"))});
        facts.facts.push_back({"Fail cut", Text(std::isfinite(model->cut) ? fixed(model->cut, 4) : "none")
                                               .add(model->cutFromTheseImages ? ", best F1 on these images"
                                                                              : ", " + info.operatingPoint.basis,
                                                    Tone::Name)});
        std::string parameters;
        for (const auto& [key, value] : info.parameters)
            parameters += (parameters.empty() ? "" : ", ") + key + "\u00A0=\u00A0" + value;
        if (!parameters.empty()) facts.facts.push_back({"Parameters", Text(parameters, Tone::Name)});
        if (model->fitS && content.withTimes)
            facts.facts.push_back({"Training", Text(fixed(*model->fitS, 1) + "\u00A0s")});
        section.blocks.emplace_back(Heading{model->name});
        section.blocks.emplace_back(std::move(facts));
    }
    return section;
}

}  // namespace services
