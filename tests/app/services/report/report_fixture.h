// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/report/report_content.h"
#include "tests/support/test_data.h"

namespace test {

// A made-up evaluation with everything that a report can show.
struct ReportFixture {
    // counts of test images; cut: whether the model has an operating point
    ReportFixture(int good, int defect, bool cut);

    // Recomputes what follows from the images: call after changing them.
    void settle();

    TemporaryFolder folder;
    engine::ModelInfo model;
    engine::Evaluation evaluation;
    services::ReportPictures pictures{model};
    services::ReportContent content;
};

// The picture that the fixture has for an image; `withMap`: whether there is an anomaly map.
engine::ScoredImage scoredPart(const engine::ImageResult& image, int index, bool withMap);

}  // namespace test
