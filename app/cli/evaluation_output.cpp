// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluation_output.h"

#include "app/cli/text.h"

namespace cli {

namespace {

std::optional<double> valueOf(const std::optional<engine::Rate>& rate) {
    return rate ? std::optional(rate->value) : std::nullopt;
}

Json operatingPointJson(const engine::Evaluation& evaluation, const engine::OperatingPoint& point) {
    if (!point.fail) return nullptr;
    Json json = {{"review", orNull(point.review)},
                 {"fail", orNull(point.fail)},
                 {"pixel", orNull(point.pixel)},
                 {"rule", point.rule},
                 {"basis", point.basis},
                 {"false_reject_rate", orNull(valueOf(evaluation.falseRejects))},
                 {"escape_rate", orNull(valueOf(evaluation.escapes))},
                 {"confusion", nullptr}};
    if (const auto& c = evaluation.confusion)
        json["confusion"] = {{"tp", c->tp}, {"fp", c->fp}, {"tn", c->tn}, {"fn", c->fn}};
    json["false_rejects"] = toJson(evaluation.falseRejects);
    json["escapes"] = toJson(evaluation.escapes);
    return json;
}

std::string figure(const std::optional<double>& share) {
    return padded(share ? percent(*share) : "not defined", 13);
}

std::string row(const std::string& name, const std::optional<engine::Rate>& rate) {
    return padded(name, 15) + (rate ? rateText(*rate) : "not defined") + "\n";
}

}  // namespace

Json evaluationJson(const engine::Evaluation& evaluation, const engine::OperatingPoint& point) {
    return {{"counts",
             {{"good", evaluation.good},
              {"defect", evaluation.defect},
              {"unreadable", evaluation.failures.size()},
              {"masks", evaluation.pixel.masks}}},
            {"image",
             {{"auroc", orNull(evaluation.auroc)},
              {"aupr", orNull(evaluation.aupr)},
              {"f1max", orNull(evaluation.f1max)},
              {"auroc_interval", toJson(evaluation.aurocInterval)},
              {"aupr_interval", toJson(evaluation.auprInterval)},
              {"f1max_interval", toJson(evaluation.f1maxInterval)}}},
            {"pixel",
             {{"auroc", orNull(evaluation.pixel.auroc)},
              {"aupr", orNull(evaluation.pixel.aupr)},
              {"f1max", orNull(evaluation.pixel.f1max)},
              {"aupro30", orNull(evaluation.pixel.aupro30)}}},
            {"operating_point", operatingPointJson(evaluation, point)},
            {"timing_ms", toJson(evaluation.medianTimes)},
            {"failures", toJson(evaluation.failures)},
            {"warnings", evaluation.warnings}};
}

std::string evaluationCsv(const engine::Evaluation& evaluation) {
    std::string text = "name,label,type,score,verdict,x,y,width,height,error\n";
    for (const auto& image : evaluation.images) {
        text += csvField(image.name) + "," + std::string(engine::nameOf(image.label)) + "," +
                csvField(image.defectType) + "," + exactNumber(image.score) + "," +
                std::string(engine::nameOf(image.verdict));
        for (const int value : {image.box.x, image.box.y, image.box.width, image.box.height})
            text += image.box.empty() ? "," : "," + std::to_string(value);
        text += ",\n";
    }
    for (const auto& failure : evaluation.failures)
        text += csvField(failure.path.string()) + ",,,,error,,,,," + csvField(failure.reason) + "\n";
    return text;
}

std::string evaluationText(const engine::Evaluation& evaluation, const engine::OperatingPoint& point) {
    std::string text =
        std::to_string(evaluation.good) + " good and " + std::to_string(evaluation.defect) + " defective images";
    if (evaluation.hasMap) text += ", " + std::to_string(evaluation.pixel.masks) + " masks";
    if (!evaluation.failures.empty()) text += ", " + std::to_string(evaluation.failures.size()) + " unreadable";
    text += "\n" + padded("", 15) + padded("AUROC", 13) + padded("AUPR", 13) + padded("F1max", 13) + "AUPRO30\n";
    text += padded("image", 15) + figure(evaluation.auroc) + figure(evaluation.aupr) + figure(evaluation.f1max) + "\n";
    text += padded("pixel", 15) +
            (evaluation.hasMap ? figure(evaluation.pixel.auroc) + figure(evaluation.pixel.aupr) +
                                     figure(evaluation.pixel.f1max) + figure(evaluation.pixel.aupro30)
                               : "the method has no map") +
            "\n";
    if (point.fail) {
        text += "fail from " + shortNumber(*point.fail) + " (" + point.rule + ": " + point.basis + ")\n";
        text += row("false rejects", evaluation.falseRejects) + row("escapes", evaluation.escapes);
    } else {
        text += "no operating point yet; choose one with: anomaloscope-cli threshold\n";
    }
    return text + "median of one image " + shortNumber(evaluation.medianTimes.total) + " ms\n";
}

}  // namespace cli
