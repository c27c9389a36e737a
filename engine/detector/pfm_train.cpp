// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/pfm_train.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/detector/anomaly_map.h"

namespace engine {

namespace {

std::size_t finest(const std::vector<PfmStage>& stages) {
    std::size_t best = 0;
    for (std::size_t s = 1; s < stages.size(); ++s)
        if (stages[s].grid.cells() > stages[best].grid.cells()) best = s;
    return best;
}

bool teaches(const Sample& sample) {
    return std::all_of(sample.begin(), sample.end(), [](const FloatTensor& rows) { return rows.shape[0] > 0; });
}

// errors: of the inspected cells alone. Those that are not lend nothing to their neighbours.
void addStage(const std::vector<float>& errors, PatchGrid grid, const std::vector<std::uint8_t>& inspected,
              cv::Mat& sum, cv::Mat& weight) {
    cv::Mat values(grid.height, grid.width, CV_32FC1, cv::Scalar(0));
    cv::Mat present(grid.height, grid.width, CV_32FC1, cv::Scalar(0));
    for (std::size_t i = 0, next = 0; i < inspected.size(); ++i) {
        if (inspected[i] == 0) continue;
        values.ptr<float>()[i] = errors[next++];
        present.ptr<float>()[i] = 1;
    }
    cv::Mat shares;
    cv::resize(values, values, sum.size(), 0, 0, cv::INTER_LINEAR);
    cv::resize(present, shares, sum.size(), 0, 0, cv::INTER_LINEAR);
    for (std::size_t i = 0; i < sum.total(); ++i) {
        const float share = shares.ptr<float>()[i];
        if (share <= 0) continue;
        sum.ptr<float>()[i] += values.ptr<float>()[i] / share;
        weight.ptr<float>()[i] += 1;
    }
}

}  // namespace

std::vector<PfmStage> pfmStages(std::span<const FeatureMap> maps) {
    std::vector<PfmStage> stages;
    for (std::size_t i = 0; i + 1 < maps.size(); i += 2) {
        const FeatureMap& first = maps[i];
        const FeatureMap& second = maps[i + 1];
        if (first.width != second.width || first.height != second.height)
            throw Error(ErrorCode::Mismatch, "the two networks have grids of " + std::to_string(first.width) + " x " +
                                                 std::to_string(first.height) + " and " + std::to_string(second.width) +
                                                 " x " + std::to_string(second.height) + " at stage " + first.stage +
                                                 "; name stages of equal strides");
        stages.push_back({{first.width, first.height}, first.channels, second.channels});
    }
    return stages;
}

std::vector<std::vector<std::uint8_t>> pfmInspected(const std::vector<PfmStage>& stages,
                                                    const Preprocessor& preprocessor, const Region& region,
                                                    cv::Size original) {
    std::vector<std::vector<std::uint8_t>> inspected;
    for (const PfmStage& stage : stages)
        inspected.push_back(
            inspectedCells(preprocessor, region, original.width, original.height, stage.grid.width, stage.grid.height));
    return inspected;
}

FloatTensor pfmRows(const FeatureMap& map, const std::vector<std::uint8_t>& inspected) {
    FloatTensor rows{{std::count(inspected.begin(), inspected.end(), std::uint8_t{1}), map.channels}, {}};
    rows.values.reserve(static_cast<std::size_t>(rows.shape[0] * rows.shape[1]));
    for (std::size_t i = 0; i < inspected.size(); ++i) {
        if (inspected[i] == 0) continue;
        const float* cell = map.values.data() + i * static_cast<std::size_t>(map.channels);
        double squares = 0;
        for (int c = 0; c < map.channels; ++c) squares += static_cast<double>(cell[c]) * cell[c];
        const auto scale = squares > 0 ? static_cast<float>(1 / std::sqrt(squares)) : 0.0F;
        for (int c = 0; c < map.channels; ++c) rows.values.push_back(cell[c] * scale);
    }
    return rows;
}

Sample pfmSample(std::span<const FeatureMap> maps, const std::vector<std::vector<std::uint8_t>>& inspected) {
    Sample sample;
    for (std::size_t i = 0; i < maps.size(); ++i) sample.push_back(pfmRows(maps[i], inspected[i / 2]));
    return sample;
}

PfmSamples collectPfmSamples(PfmExtractors& extractors, const Region& region, std::int64_t budgetBytes, bool pictures,
                             TrainingImages& images, FitTimes& times, const RunContext& context) {
    PfmSamples samples{SampleStore(budgetBytes), {}};
    images.forEach("features", pictures, context, [&](const Image& image, std::size_t) {
        StageTimes stage;
        const auto maps = extractors.extract(image, stage, context);
        Stopwatch watch;
        if (samples.stages.empty()) samples.stages = pfmStages(maps);
        samples.store.add(pfmSample(maps, pfmInspected(samples.stages, extractors.first.preprocessor(), region,
                                                       {image.width(), image.height()})));
        times.backbone += stage.backbone / 1000;
        times.features += watch.lapMs() / 1000;
    });
    times.decode += images.waitedSeconds();
    return samples;
}

std::unique_ptr<Learner> makePfm(const PfmParameters& parameters, const std::vector<PfmStage>& stages,
                                 const TensorFile* weights, std::uint64_t seed, const std::string& device,
                                 const RunContext& context) {
    std::map<std::string, double> numbers{{"stages", static_cast<double>(stages.size())},
                                          {"learning_rate", parameters.training.learningRate},
                                          {"weight_decay", *parameters.training.weightDecay}};
    for (std::size_t s = 0; s < stages.size(); ++s) {
        const std::string suffix = "." + std::to_string(s);
        const auto wider = static_cast<double>(std::max(stages[s].from, stages[s].to));
        numbers["from" + suffix] = static_cast<double>(stages[s].from);
        numbers["to" + suffix] = static_cast<double>(stages[s].to);
        numbers["latent" + suffix] = std::max(1.0, std::round(parameters.latentShare * wider));
        numbers["rate" + suffix] = s == finest(stages) ? parameters.finestRate : 1;
    }
    const TensorFile constants;
    return std::unique_ptr<Learner>(
        anomaloscopeMakeTorchLearner({"pfm", numbers, constants, weights, seed, device}, context));
}

PfmNetwork trainPfm(const PfmSamples& samples, const std::vector<std::size_t>& learned, const PfmParameters& parameters,
                    const TrainParameters& training, const std::string& device, const RunContext& context) {
    std::vector<std::size_t> some;
    for (const std::size_t i : learned)
        if (teaches(samples.store.get(i))) some.push_back(i);
    if (some.empty())
        throw Error(ErrorCode::InvalidArgument,
                    "the region of interest covers no patch of the coarsest stage; draw it larger");
    PfmNetwork network{makePfm(parameters, samples.stages, nullptr, training.seed, device, context), {}};
    const MakeSample makeSample = [&](const Draw& draw) { return samples.store.get(some[draw.sample]); };
    network.losses = train(*network.learner, some.size(), makeSample, training, context).losses;
    return network;
}

CellScores pfmScores(Learner& learner, Sample sample, const std::vector<PfmStage>& stages,
                     const std::vector<std::vector<std::uint8_t>>& inspected, const RunContext& context) {
    for (FloatTensor& rows : sample) {
        if (rows.shape[0] > 0) continue;
        rows.shape[0] = 1;  // a region may miss every cell of a coarse stage; nobody reads what comes of this row
        rows.values.assign(static_cast<std::size_t>(rows.shape[1]), 0.0F);
    }
    const auto errors = learner.infer(sample, context);
    const PatchGrid grid = stages[finest(stages)].grid;
    cv::Mat sum(grid.height, grid.width, CV_32FC1, cv::Scalar(0));
    cv::Mat weight(grid.height, grid.width, CV_32FC1, cv::Scalar(0));
    for (std::size_t s = 0; s < stages.size(); ++s)
        addStage({errors[s].values.begin(), errors[s].values.end()}, stages[s].grid, inspected[s], sum, weight);
    CellScores cells{grid, {}, inspected[finest(stages)]};
    for (std::size_t i = 0; i < sum.total(); ++i)
        cells.scores.push_back(weight.ptr<float>()[i] > 0 ? sum.ptr<float>()[i] / weight.ptr<float>()[i] : 0.0F);
    return cells;
}

}  // namespace engine
