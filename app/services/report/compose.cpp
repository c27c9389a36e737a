// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/compose.h"

#include "app/services/report/html_text.h"
#include "app/services/report/report_data.h"

namespace services {

namespace {

Text counts(const ReportData& data) {
    const engine::Evaluation& evaluation = data.evaluation;
    Text text(counted(static_cast<std::int64_t>(evaluation.images.size()), "test image", "test images") + ": " +
              grouped(evaluation.good) + " good, " + grouped(evaluation.defect) + " defective");
    const auto labelled = evaluation.good + evaluation.defect;
    if (const auto others = static_cast<std::int64_t>(evaluation.images.size()) - labelled; others > 0)
        text.add(", " + grouped(others) + " not labelled");
    if (const auto failures = static_cast<std::int64_t>(evaluation.failures.size()); failures > 0)
        text.add(". ").add(grouped(failures) + " could not be read", Tone::Fail);
    return text.add(". The model learned from " +
                    counted(static_cast<std::int64_t>(data.model.training.size()), "good image", "good images") + ".");
}

}  // namespace

Document composeReport(const ReportContent& content) {
    const ReportData data(content);
    Document document;
    document.title = content.title;
    document.author = content.author;
    document.created = content.created;
    document.subject = "Anomaly detection report";
    Text names;
    names.add(content.datasetName, Tone::Name).add(" \u00B7 ", Tone::Quiet).add(content.modelName, Tone::Name);
    document.head = {names, counts(data)};
    Text made("Made " + content.created.people(), Tone::Quiet);
    if (!content.author.empty()) made.add(" by ", Tone::Quiet).add(content.author, Tone::Name);
    document.head.push_back(made);
    if (content.pictures != nullptr) document.spool = content.pictures->spool();
    document.csvTable = "Images";
    for (const auto compose : {resultSection, operatingPointSection, defectTypesSection, chartsSection,
                               unreadableSection, gallerySection, warningsSection, imagesSection, modelSection}) {
        if (Section section = compose(data); !section.blocks.empty()) document.sections.push_back(std::move(section));
    }
    document.sections.push_back(signOffSection());
    return document;
}

}  // namespace services
