// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/model_comparison.h"

namespace services {

ModelComparisonPtr compareModels(const std::vector<Experiment>& experiments) {
    auto result = std::make_shared<ModelComparison>();
    for (const Experiment& experiment : experiments) {
        ComparedModel model;
        model.name = experiment.record.name.toStdString();
        model.info = *experiment.info;
        model.info.operatingPoint = experiment.record.operatingPoint;
        model.evaluation = *experiment.evaluation;
        model.bytes = experiment.bytes;
        model.fitS = experiment.record.fitSeconds;
        model.hasMap = experiment.evaluation->hasMap;
        chooseCut(model);
        result->records.push_back(experiment.record);
        result->models.push_back(std::move(model));
        for (const auto& [name, id] : *experiment.images) result->images.emplace(name, id);
    }
    result->comparison = compare(result->models);
    result->disputed = disputedImages(result->comparison);
    return result;
}

}  // namespace services
