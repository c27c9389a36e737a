// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/services/report/comparison.h"
#include "app/services/reporting/experiments.h"

namespace services {

// Models of a project on the same images, at their operating points.
struct ModelComparison {
    std::vector<ModelRecord> records;
    std::vector<ComparedModel> models;  // one a record
    Comparison comparison;              // points into `models`
    std::vector<const ComparedImage*> disputed;
    std::map<std::string, ImageId> images;  // by name

    ModelComparison() = default;
    ModelComparison(const ModelComparison&) = delete;  // of the pointers
    ModelComparison& operator=(const ModelComparison&) = delete;
};
using ModelComparisonPtr = std::shared_ptr<const ModelComparison>;

// Of experiments that have an evaluation; two or more. At most some hundred milliseconds for 100 000 images.
ModelComparisonPtr compareModels(const std::vector<Experiment>& experiments);

}  // namespace services
