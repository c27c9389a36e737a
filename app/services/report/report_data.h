// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/services/report/document.h"
#include "app/services/report/report_content.h"

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

// "● pass", in its tone; a dash for no verdict.
Run verdictRun(engine::Verdict verdict);
// "0.3 % – 8.5 %"
std::string percentInterval(const engine::Interval& interval);
// Not defined: a dash that says why.
Run undefinedRun(std::string why);
// "good", "defect", "not labelled"
std::string labelWords(engine::Label label);
// "1 mask", "2 masks"
std::string counted(std::int64_t count, std::string_view one, std::string_view many);

Cell wordCell(std::string words, Tone tone = Tone::Plain);
Cell countCell(std::int64_t count, Tone tone = Tone::Plain);

enum class Outcome { None, Caught, Missed, FalseReject, DefectInReview, GoodInReview, Passed };
// Label against verdict; None without one of them.
Outcome outcomeOf(const engine::ImageResult& image);
std::string_view nameOf(Outcome outcome);

// Enough decimals that scores of such a range can be told apart.
int decimalsFor(double lowest, double highest);

}  // namespace services
