// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"

namespace services {

// One picture of the report, already at the size in which it is shown.
struct ReportPicture {
    std::string name;  // ImageResult::name
    cv::Mat original;  // CV_8UC3
    cv::Mat overlay;   // CV_8UC3
    cv::Mat mask;      // CV_8UC1 or empty
};

struct ReportContent {
    std::string title;
    std::string datasetName;
    std::string modelName;  // file name
    std::string modelSha256;
    const engine::ModelInfo* model = nullptr;
    const engine::Evaluation* evaluation = nullptr;
    std::vector<ReportPicture> pictures;  // in the order of showing
};

// One self-contained file: no network, no script needed to read it, light and dark, prints well. Atomic. The same
// content gives the same bytes. Throws engine::Error{WriteFailed}.
void writeHtmlReport(const std::filesystem::path& path, const ReportContent& content);

}  // namespace services
