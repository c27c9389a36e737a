// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/services/report_data.h"

namespace services {

// The report's sections in their order, each a piece of HTML, or nothing if there is nothing to say.
std::string headHtml(const ReportData& data);            // title, image set, model, counts
std::string resultHtml(const ReportData& data);          // the numbers that matter, with their intervals
std::string operatingPointHtml(const ReportData& data);  // cuts, rule and basis, confusion
std::string defectTypesHtml(const ReportData& data);
std::string chartsHtml(const ReportData& data);
std::string galleryHtml(const ReportData& data);
std::string unreadableHtml(const ReportData& data);  // and warnings
std::string imageTableHtml(const ReportData& data);
std::string modelHtml(const ReportData& data);  // and the time an image took

}  // namespace services
