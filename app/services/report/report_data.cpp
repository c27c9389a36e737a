// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/report_data.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "app/services/report/html_text.h"
#include "engine/core/error.h"

namespace services {

namespace {

template <typename T>
const T& required(const T* part, const char* name) {
    if (part != nullptr) return *part;
    throw engine::Error(engine::ErrorCode::InvalidArgument, std::string("a report needs ") + name + "; give it one");
}

}  // namespace

ReportData::ReportData(const ReportContent& report)
    : content(report),
      model(required(report.model, "a model")),
      evaluation(required(report.evaluation, "an evaluation")) {
    for (const engine::ImageResult& image : evaluation.images) {
        worstFirst.push_back(&image);
        if (image.label == engine::Label::Unlabelled) continue;
        scores.push_back(image.score);
        labels.push_back(image.label == engine::Label::Defect);
    }
    std::sort(worstFirst.begin(), worstFirst.end(), [](const auto* a, const auto* b) {
        return std::tuple(-a->score, std::string_view(a->name)) < std::tuple(-b->score, std::string_view(b->name));
    });
    if (!worstFirst.empty()) scoreDecimals = decimalsFor(worstFirst.back()->score, worstFirst.front()->score);
}

std::string ReportData::score(double value) const {
    return fixed(value, scoreDecimals);
}

int decimalsFor(double lowest, double highest) {
    const double spread = highest > lowest ? highest - lowest : std::abs(highest);
    return spread > 0 ? std::clamp(3 - static_cast<int>(std::floor(std::log10(spread))), 0, 9) : 2;
}

Run verdictRun(engine::Verdict verdict) {
    switch (verdict) {
        case engine::Verdict::Pass:
            return {"\u25CF\u00A0pass", Tone::Pass};
        case engine::Verdict::Review:
            return {"\u25B2\u00A0review", Tone::Review};
        case engine::Verdict::Fail:
            return {"\u25A0\u00A0fail", Tone::Fail};
        case engine::Verdict::Error:
            return {"\u2715\u00A0error", Tone::Fail};
        case engine::Verdict::None:
            break;
    }
    return undefinedRun("no operating point");
}

std::string percentInterval(const engine::Interval& interval) {
    return percent(interval.low) + " \u2013 " + percent(interval.high);
}

std::string labelWords(engine::Label label) {
    switch (label) {
        case engine::Label::Good:
            return "good";
        case engine::Label::Defect:
            return "defect";
        case engine::Label::Unlabelled:
            return "not labelled";
    }
    return {};
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return grouped(count) + " " + std::string(count == 1 ? one : many);
}

Cell wordCell(std::string words, Tone tone) {
    return {Text(std::move(words), tone)};
}

Cell countCell(std::int64_t count, Tone tone) {
    return {Text(grouped(count), tone), static_cast<double>(count)};
}

Outcome outcomeOf(const engine::ImageResult& image) {
    const bool good = image.label == engine::Label::Good;
    if (image.label == engine::Label::Unlabelled) return Outcome::None;
    switch (image.verdict) {
        case engine::Verdict::Pass:
            return good ? Outcome::Passed : Outcome::Missed;
        case engine::Verdict::Review:
            return good ? Outcome::GoodInReview : Outcome::DefectInReview;
        case engine::Verdict::Fail:
            return good ? Outcome::FalseReject : Outcome::Caught;
        default:
            return Outcome::None;
    }
}

std::string_view nameOf(Outcome outcome) {
    switch (outcome) {
        case Outcome::None:
            return "";
        case Outcome::Caught:
            return "caught";
        case Outcome::Missed:
            return "missed";
        case Outcome::FalseReject:
            return "false reject";
        case Outcome::DefectInReview:
            return "defect in review";
        case Outcome::GoodInReview:
            return "good in review";
        case Outcome::Passed:
            return "passed";
    }
    return "";
}

Run undefinedRun(std::string why) {
    return {"\u2013", Tone::Quiet, std::move(why)};
}

}  // namespace services
