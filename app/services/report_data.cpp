// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report_data.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "app/services/html_text.h"
#include "engine/core/error.h"

namespace services {

namespace {

template <typename T>
const T& required(const T* part, const char* name) {
    if (part != nullptr) return *part;
    throw engine::Error(engine::ErrorCode::InvalidArgument, std::string("a report needs ") + name + "; give it one");
}

int decimalsFor(const std::vector<const engine::ImageResult*>& worstFirst) {
    if (worstFirst.empty()) return 2;
    const double highest = worstFirst.front()->score;
    const double lowest = worstFirst.back()->score;
    const double spread = highest > lowest ? highest - lowest : std::abs(highest);
    return spread > 0 ? std::clamp(3 - static_cast<int>(std::floor(std::log10(spread))), 0, 9) : 2;
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
    scoreDecimals = decimalsFor(worstFirst);
}

std::string ReportData::score(double value) const {
    return fixed(value, scoreDecimals);
}

std::string verdictHtml(engine::Verdict verdict) {
    switch (verdict) {
        case engine::Verdict::Pass:
            return "<span class=\"pass\">\u25CF\u00A0pass</span>";
        case engine::Verdict::Review:
            return "<span class=\"review\">\u25B2\u00A0review</span>";
        case engine::Verdict::Fail:
            return "<span class=\"fail\">\u25A0\u00A0fail</span>";
        case engine::Verdict::Error:
            return "<span class=\"fail\">\u2715\u00A0error</span>";
        case engine::Verdict::None:
            break;
    }
    return undefinedHtml("no operating point");
}

std::string nameHtml(std::string_view name) {
    return "<bdi>" + escaped(name) + "</bdi>";
}

std::string percentInterval(const engine::Interval& interval) {
    return percent(interval.low) + " \u2013 " + percent(interval.high);
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

std::string undefinedHtml(std::string_view why) {
    return "<span class=\"quiet\" title=\"Not defined: " + escaped(why) + "\">\u2013</span>";
}

}  // namespace services
