// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/detector/evaluate.h"
#include "engine/detector/fit.h"
#include "engine/detector/training_images.h"
#include "engine/features/feature_extractor.h"

namespace engine {

// What every method is given to fit.
struct FitTask {
    const FitParameters& parameters;
    const InputSpec& input;
    const TensorFile& weights;  // empty for a method that needs none
    TrainingImages& images;
    std::int64_t memoryBudgetBytes = 0;   // resolved: never 0
    const TensorFile* partner = nullptr;  // the weights of parameters.partner, for a method of two networks

    // The network to learn through, in fp32 whatever it will score in, tapped at the stages that were asked for; if
    // none were, at those of `preferred` that it has and the weights hold. (`preferred` empty: the architecture's own.)
    // Throws Error{Unsupported} already here if the precision of scoring is not to be had.
    Backbone backbone(const std::vector<StageName>& preferred, const RunContext& context) const;
    // The same of parameters.partner, by default at the stages of `first`.
    Backbone partnerBackbone(const Backbone& first, const RunContext& context) const;
    // What was learned through, in the precision of scoring.
    FeatureExtractor toScore(FeatureExtractor extractor, const RunContext& context) const;
};

// What it says of its work, beside the detector.
struct FitOutcome {
    std::int64_t candidates = 0;
    std::int64_t bankRows = 0;
    std::int64_t bankDimensions = 0;
    std::string backboneName;
    std::string backboneSha256;
    std::vector<StageName> stages;
    std::string partnerName;  // empty: one network or none
    std::string partnerSha256;
    std::vector<StageName> partnerStages;
    std::vector<double> losses;  // of each epoch
    double mapLow = 0;
    double mapHigh = 1;  // not above mapLow: the method has no map
    std::vector<std::string> notes;
    FitTimes times;

    void describe(const Backbone& backbone);
};

// Names and room for the results of a cross-validation. Throws Error{NotEnoughData} below two images.
CrossValidation startCrossValidation(const TrainingImages& images, const ImageSet& set);

// The one table through which a method joins fit(), openModel(), crossValidate() and the command line: see methods.cpp.
struct Method {
    std::string_view name;
    // The complete settings; throws Error{InvalidArgument} on an unknown key or a bad value.
    std::map<std::string, std::string> (*settings)(const std::map<std::string, std::string>& given);
    std::unique_ptr<Detector> (*fit)(const FitTask& task, FitOutcome& outcome, const RunContext& context);
    FitEstimate (*estimate)(const FitTask& task, const RunContext& context);
    // Takes its tensors out of `file`.
    std::unique_ptr<Detector> (*open)(TensorFile& file, const ModelInfo& info, const Region& region,
                                      const OpenOptions& options, const RunContext& context);
    CrossValidation (*crossValidate)(Detector& fitted, const ModelInfo& info, const ImageSet& set, int folds,
                                     const RunContext& context);
    int networks = 1;     // pretrained ones that it looks through; 0: task.weights is empty, 2: task.partner is set
    bool trains = false;  // has epochs
};

// Throws Error{InvalidArgument} that lists the methods there are.
const Method& methodNamed(std::string_view name);

}  // namespace engine
