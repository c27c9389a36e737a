// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/services/html_report.h"

namespace services {

// What the sections of a report share: the content, and how it is put in order and in words.
struct ReportData {
    explicit ReportData(
        const ReportContent& report);  // throws engine::Error{InvalidArgument} without evaluation or model

    const ReportContent& content;
    const engine::ModelInfo& model;
    const engine::Evaluation& evaluation;
    std::vector<const engine::ImageResult*> worstFirst;  // by score, then by name
    std::vector<double> scores;                          // of labelled images
    std::vector<std::uint8_t> labels;
    int scoreDecimals = 2;  // enough to tell the scores apart, about four digits

    std::string score(double value) const;
    bool hasCut() const { return model.operatingPoint.fail.has_value(); }
};

// "● pass", with its colour; a dash for no verdict. HTML.
std::string verdictHtml(engine::Verdict verdict);
// A name whose direction of writing cannot spill over. HTML.
std::string nameHtml(std::string_view name);
// "0.3 % – 8.5 %". HTML.
std::string percentInterval(const engine::Interval& interval);

enum class Outcome { None, Caught, Missed, FalseReject, DefectInReview, GoodInReview, Passed };
// Label against verdict; None without one of them.
Outcome outcomeOf(const engine::ImageResult& image);
std::string_view nameOf(Outcome outcome);

// Not defined, shown as a dash that says why.
std::string undefinedHtml(std::string_view why);

}  // namespace services
