// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/html_report.h"

namespace test {

// A made-up evaluation with everything that a report can show.
struct ReportFixture {
    // counts of test images; cut: whether the model has an operating point
    ReportFixture(int good, int defect, bool cut);

    // Recomputes what follows from the images: call after changing them.
    void settle();

    engine::ModelInfo model;
    engine::Evaluation evaluation;
    services::ReportContent content;
};

}  // namespace test
