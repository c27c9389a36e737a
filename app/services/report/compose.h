// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/report/document.h"
#include "app/services/report/report_content.h"

namespace services {

struct ReportData;

// The report on one model and one image set. Throws engine::Error{InvalidArgument} without evaluation or model.
Document composeReport(const ReportContent& content);

// Its sections in their order; one without blocks has nothing to say and is left out.
Section resultSection(const ReportData& data);          // the numbers that matter, with their intervals
Section operatingPointSection(const ReportData& data);  // cuts, rule, basis and history; confusion
Section defectTypesSection(const ReportData& data);
Section chartsSection(const ReportData& data);
Section gallerySection(const ReportData& data);
Section unreadableSection(const ReportData& data);
Section warningsSection(const ReportData& data);
Section imagesSection(const ReportData& data);
Section modelSection(const ReportData& data);  // and the time an image took
Section signOffSection();

}  // namespace services
