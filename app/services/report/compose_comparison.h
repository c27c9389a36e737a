// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/services/report/comparison.h"
#include "app/services/report/document.h"

namespace services {

// The pictures of an image on which models disagree: the image, then the overlay of each model that ran.
struct DisputedPictures {
    std::vector<SpooledPicture> pictures;
    std::vector<std::string> titles;
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
