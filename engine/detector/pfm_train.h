// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/detector/pfm.h"
#include "engine/detector/sample_store.h"

namespace engine {

// A stage that both networks have: the same grid, each with its channels.
struct PfmStage {
    PatchGrid grid;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

// Out of PfmExtractors::extract(). Throws Error{Mismatch} where the two networks have other grids.
std::vector<PfmStage> pfmStages(std::span<const FeatureMap> maps);

// What is inspected of an image in each stage's grid.
std::vector<std::vector<std::uint8_t>> pfmInspected(const std::vector<PfmStage>& stages,
                                                    const Preprocessor& preprocessor, const Region& region,
                                                    cv::Size original);

// The rows of all stages as the learner takes them.
Sample pfmSample(std::span<const FeatureMap> maps, const std::vector<std::vector<std::uint8_t>>& inspected);

struct PfmSamples {
    SampleStore store;
    std::vector<PfmStage> stages;
};

// One pass over the images.
PfmSamples collectPfmSamples(PfmExtractors& extractors, const Region& region, std::int64_t budgetBytes, bool pictures,
                             TrainingImages& images, FitTimes& times, const RunContext& context);

// A learner of kind "pfm"; weights may be null.
std::unique_ptr<Learner> makePfm(const PfmParameters& parameters, const std::vector<PfmStage>& stages,
                                 const TensorFile* weights, std::uint64_t seed, const std::string& device,
                                 const RunContext& context);

struct PfmNetwork {
    std::shared_ptr<Learner> learner;
    std::vector<double> losses;
};
// Mappings from the samples at `learned`.
PfmNetwork trainPfm(const PfmSamples& samples, const std::vector<std::size_t>& learned, const PfmParameters& parameters,
                    const TrainParameters& training, const std::string& device, const RunContext& context);

// The mean of the stages on the finest grid.
CellScores pfmScores(Learner& learner, Sample sample, const std::vector<PfmStage>& stages,
                     const std::vector<std::vector<std::uint8_t>>& inspected, const RunContext& context);

}  // namespace engine
