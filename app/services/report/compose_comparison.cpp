// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/compose_comparison.h"

#include <algorithm>
#include <functional>
#include <map>

#include "app/services/report/comparison_sections.h"
#include "app/services/report/compose.h"
#include "app/services/report/html_text.h"
#include "app/services/report/report_data.h"

namespace services {

namespace {

std::string pText(const std::optional<double>& p) {
    if (!p) return {};
    return *p < 0.0001 ? "< 0.0001" : fixed(*p, 4);
}

Cell numberCell(const std::optional<double>& value, int decimals, const char* whyNot) {
    if (value) return {Text(fixed(*value, decimals)), value};
    Cell cell;
    cell.text.runs.push_back(undefinedRun(whyNot));
    return cell;
}

Cell rateCell(std::int64_t count, std::int64_t all) {
    const auto rate = engine::rate(count, all);
    if (!rate) return numberCell({}, 0, "no such image");
    return {Text(percent(rate->value) + " (" + grouped(count) + " of " + grouped(all) + ")"), rate->value};
}

// Images of a label that are flagged, or that are not, by one model.
Cell shareOf(const Comparison& comparison, std::size_t model, engine::Label label, bool flagged) {
    std::int64_t count = 0;
    std::int64_t all = 0;
    for (const ComparedImage& image : comparison.images) {
        if (image.label != label) continue;
        ++all;
        count += (image.flagged[model] != 0) == flagged ? 1 : 0;
    }
    return rateCell(count, all);
}

Section modelsSection(const ComparisonContent& content) {
    const Comparison& comparison = *content.comparison;
    Section section{"models", "Models", {}};
    Table table{"Models",
                {{"Model"},
                 {"AUROC", ColumnKind::Number},
                 {"95 % from", ColumnKind::Number},
                 {"to", ColumnKind::Number},
                 {"AUPR", ColumnKind::Number},
                 {"AUPRO", ColumnKind::Number},
                 {"Escapes", ColumnKind::Share},
                 {"False rejects", ColumnKind::Share},
                 {"ms an image", ColumnKind::Number},
                 {"Method", ColumnKind::Words, true},
                 {"Backbone", ColumnKind::Words, true},
                 {"Best F1", ColumnKind::Number, true},
                 {"Pixel AUROC", ColumnKind::Number, true},
                 {"Fail cut", ColumnKind::Number, true},
                 {"Training in seconds", ColumnKind::Number, true},
                 {"Bytes", ColumnKind::Count, true},
                 {"SHA-256", ColumnKind::Words, true}},
                {}};
    table.large = true;
    for (std::size_t i = 0; i < comparison.models.size(); ++i) {
        const ComparedModel& model = *comparison.models[i];
        const engine::Evaluation& evaluation = model.evaluation;
        const auto& interval = evaluation.aurocInterval;
        const char* whyNot = "a kind of image is missing";
        const char* noPixels = model.hasMap ? "no mask" : "the method has no map";
        table.rows.push_back(
            {wordCell(model.name, Tone::Name), numberCell(evaluation.auroc, 4, whyNot),
             numberCell(interval ? std::optional(interval->low) : std::nullopt, 4, whyNot),
             numberCell(interval ? std::optional(interval->high) : std::nullopt, 4, whyNot),
             numberCell(evaluation.aupr, 4, whyNot), numberCell(evaluation.pixel.aupro30, 4, noPixels),
             shareOf(comparison, i, engine::Label::Defect, false), shareOf(comparison, i, engine::Label::Good, true),
             numberCell(content.withTimes ? std::optional(evaluation.medianTimes.total) : std::nullopt, 1,
                        "left out of a report that is to be the same byte for byte"),
             wordCell(model.info.method), wordCell(model.info.backboneName), numberCell(evaluation.f1max, 4, whyNot),
             numberCell(evaluation.pixel.auroc, 4, noPixels), numberCell(model.cut, 6, ""),
             numberCell(content.withTimes ? model.fitS : std::nullopt, 1, "not fitted here"), countCell(model.bytes),
             wordCell(model.sha256)});
    }
    section.blocks.emplace_back(std::move(table));
    const bool borrowed = std::any_of(comparison.models.begin(), comparison.models.end(),
                                      [](const ComparedModel* model) { return model->cutFromTheseImages; });
    std::string note = "Escapes and false rejects at each model's fail cut, on the images that all models have scored.";
    if (borrowed)
        note += " A model without an operating point is cut at its best F1 on these very images, which flatters it.";
    section.blocks.emplace_back(Paragraph{Text(note), true});
    if (comparison.leftOut > 0)
        section.blocks.emplace_back(Paragraph{Text(counted(comparison.leftOut, "image", "images") +
                                                   " could not be scored by every model and count in none of the "
                                                   "comparisons below."),
                                              true});
    return section;
}

Section faultsSection(const ComparisonContent& content) {
    Section section{"faults", "Models that could not be run", {}};
    Bullets faults;
    for (const ComparedModel& model : content.models) {
        if (model.ran()) continue;
        faults.items.push_back(Text(model.name, Tone::Name).add(": ").add(model.fault, Tone::Name));
    }
    if (!faults.items.empty()) section.blocks.emplace_back(std::move(faults));
    return section;
}

Section differencesSection(const ComparisonContent& content) {
    const Comparison& comparison = *content.comparison;
    Section section{"differences", "Differences", {}};
    if (comparison.pairs.empty()) return section;
    Table table{"Differences",
                {{"First"},
                 {"Second"},
                 {"AUROC, first \u2212 second", ColumnKind::Number},
                 {"95 % from", ColumnKind::Number},
                 {"to", ColumnKind::Number},
                 {"p (DeLong)", ColumnKind::Number},
                 {"p, all pairs (Holm)", ColumnKind::Number},
                 {"Only first right", ColumnKind::Count},
                 {"Only second right", ColumnKind::Count},
                 {"p (McNemar)", ColumnKind::Number},
                 {"Only first catches", ColumnKind::Count, true},
                 {"Only second catches", ColumnKind::Count, true},
                 {"p of catches", ColumnKind::Number, true},
                 {"Only first passes good", ColumnKind::Count, true},
                 {"Only second passes good", ColumnKind::Count, true},
                 {"p of passes", ColumnKind::Number, true}},
                {}};
    const auto pCell = [](const std::optional<double>& p) {
        return p ? Cell{Text(pText(p)), p} : numberCell({}, 0, "the scores leave no spread to judge by");
    };
    for (const ComparedPair& pair : comparison.pairs) {
        Row row{wordCell(comparison.models[pair.first]->name, Tone::Name),
                wordCell(comparison.models[pair.second]->name, Tone::Name)};
        const auto& auroc = pair.auroc;
        const char* whyNot = "two images of each kind are needed";
        row.push_back(numberCell(auroc ? std::optional(auroc->difference) : std::nullopt, 4, whyNot));
        row.push_back(numberCell(auroc ? std::optional(auroc->interval.low) : std::nullopt, 4, whyNot));
        row.push_back(numberCell(auroc ? std::optional(auroc->interval.high) : std::nullopt, 4, whyNot));
        row.push_back(pCell(auroc ? auroc->p : std::nullopt));
        row.push_back(pCell(pair.holm));
        row.push_back(countCell(pair.right.onlyFirst));
        row.push_back(countCell(pair.right.onlySecond));
        row.push_back(pCell(pair.right.p));
        for (const engine::McNemar& part : {pair.caught, pair.passed}) {
            row.push_back(countCell(part.onlyFirst));
            row.push_back(countCell(part.onlySecond));
            row.push_back(pCell(part.p));
        }
        table.rows.push_back(std::move(row));
    }
    section.blocks.emplace_back(std::move(table));
    section.blocks.emplace_back(Paragraph{
        Text("Both tests compare two models on the same images. DeLong: whether the areas under the ROC differ, "
             "whatever the cut. McNemar, exact: of the labelled images that one model gets right at its cut and the "
             "other does not, whether one model has more than chance gives it. A p below 0.05 would be this small in "
             "fewer than 5 of 100 such comparisons of models that are alike; Holm's p allows for how many pairs are "
             "compared. No difference shown is not the same as none there: few images show little."),
        true});
    return section;
}

std::string patternName(const Comparison& comparison, const std::string& flagged) {
    std::string names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < flagged.size(); ++i) {
        if (flagged[i] == '0') continue;
        names += (names.empty() ? "" : ", ") + comparison.models[i]->name;
        ++count;
    }
    if (count == 0) return "none of the models";
    return count == flagged.size() ? "all of the models" : "only " + names;
}

Section catchesSection(const ComparisonContent& content) {
    const Comparison& comparison = *content.comparison;
    Section section{"catches", "Who catches what", {}};
    std::map<std::string, std::vector<const ComparedImage*>> types;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>, std::greater<>> patterns;  // "10": the first alone
    for (const ComparedImage& image : comparison.images) {
        if (image.label == engine::Label::Unlabelled) continue;
        std::string pattern;
        for (const std::uint8_t flagged : image.flagged) pattern += flagged != 0 ? '1' : '0';
        auto& counts = patterns[pattern];
        ++(image.label == engine::Label::Defect ? counts.first : counts.second);
        if (image.label == engine::Label::Defect) types[image.defectType].push_back(&image);
    }
    if (types.empty()) return section;
    Table table{"Catches", {{"Defect type"}, {"Images", ColumnKind::Count}}, {}};
    for (const ComparedModel* model : comparison.models) table.columns.push_back({model->name, ColumnKind::Share});
    for (const auto& [type, images] : types) {
        Row row{type.empty() ? wordCell("no type", Tone::Quiet) : wordCell(type, Tone::Name),
                countCell(static_cast<std::int64_t>(images.size()))};
        for (std::size_t i = 0; i < comparison.models.size(); ++i) {
            const auto caught = std::count_if(images.begin(), images.end(),
                                              [i](const ComparedImage* image) { return image->flagged[i] != 0; });
            row.push_back(rateCell(caught, static_cast<std::int64_t>(images.size())));
        }
        table.rows.push_back(std::move(row));
    }
    section.blocks.emplace_back(std::move(table));
    Table shared{"Rejected by", {{"Rejected by"}, {"Defects", ColumnKind::Count}, {"Good", ColumnKind::Count}}, {}};
    for (const auto& [pattern, counts] : patterns)
        shared.rows.push_back({wordCell(patternName(comparison, pattern), Tone::Name), countCell(counts.first),
                               countCell(counts.second)});
    section.blocks.emplace_back(Heading{"Rejected by whom"});
    section.blocks.emplace_back(std::move(shared));
    return section;
}

}  // namespace

void DisputedPictures::add(const ReportPicture& picture, const std::string& model) {
    if (pictures.empty()) {
        pictures.push_back(picture.original);
        titles.push_back("original");
    }
    if (picture.overlay.bytes == 0) return;
    pictures.push_back(picture.overlay);
    titles.push_back(model);
}

Document composeComparison(const ComparisonContent& content) {
    Document document;
    document.title = content.title;
    document.author = content.author;
    document.created = content.created;
    document.subject = "Comparison of anomaly detection models";
    document.spool = content.spool;
    document.csvTable = "Images";
    Text names(content.datasetName, Tone::Name);
    names.add(" by ", Tone::Quiet);
    for (const ComparedModel& model : content.models) {
        if (&model != content.models.data()) names.add(", ");
        names.add(model.name, Tone::Name);
    }
    Text made("Made " + content.created.people(), Tone::Quiet);
    if (!content.author.empty()) made.add(" by ", Tone::Quiet).add(content.author, Tone::Name);
    const auto count = static_cast<std::int64_t>(content.comparison->images.size());
    document.head = {names, Text(counted(count, "image", "images") + " scored by all models."), made};
    for (const auto compose : {modelsSection, faultsSection, differencesSection, catchesSection, scattersSection,
                               disputesSection, scoresSection, detailsSection}) {
        if (Section section = compose(content); !section.blocks.empty())
            document.sections.push_back(std::move(section));
    }
    document.sections.push_back(signOffSection());
    return document;
}

}  // namespace services
