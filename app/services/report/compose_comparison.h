// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/services/report/comparison.h"
#include "app/services/report/document.h"
#include "app/services/report/report_pictures.h"

namespace services {

// The pictures of an image on which models disagree: the image, then the overlay of each model that ran.
struct DisputedPictures {
    static constexpr std::size_t most = 60;  // images, in one report

    std::vector<SpooledPicture> pictures;
    std::vector<std::string> titles;

    // What one model shows of it; the image itself comes with the first one.
    void add(const ReportPicture& picture, const std::string& model);
};

struct ComparisonContent {
    std::string title, author;
    Timestamp created;
    std::string datasetName, datasetSha256;
    std::span<const ComparedModel> models;  // those with a fault too
    const Comparison* comparison = nullptr;
    bool withTimes = true;                             // that were measured: they differ from run to run
    std::map<std::string, DisputedPictures> pictures;  // by the image's name
    std::shared_ptr<const PictureSpool> spool;
};

// The report on two or more models and one image set, for the same writers. A CSV of it holds one line an image.
Document composeComparison(const ComparisonContent& content);

}  // namespace services
