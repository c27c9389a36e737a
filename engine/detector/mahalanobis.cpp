// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/mahalanobis.h"

#include <cmath>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/detector/model_tensors.h"
#include "engine/features/packed_triangle.h"
#include "engine/features/pooled_features.h"

namespace engine {

namespace {

std::string stageName(std::size_t stage, const char* leaf) {
    return "mahalanobis." + std::to_string(stage) + "." + leaf;
}

}  // namespace

double StageGaussian::distance(std::span<const float> features) const {
    std::vector<float> x(features.begin(), features.end());
    for (std::size_t c = 0; c < x.size(); ++c) x[c] -= mean[c];
    if (components.rows > 0) {
        std::vector<float> reduced;
        for (std::int64_t k = 0; k < components.rows; ++k) {
            double sum = 0;
            for (std::size_t c = 0; c < x.size(); ++c) sum += static_cast<double>(components.row(k)[c]) * x[c];
            reduced.push_back(static_cast<float>(sum));
        }
        x = std::move(reduced);
    }
    return std::sqrt(squaredMahalanobis(factor, x));
}

Mahalanobis::Mahalanobis(FeatureExtractor extractor, MahalanobisState state)
    : m_extractor(std::move(extractor)), m_state(std::move(state)) {}

Prediction Mahalanobis::score(const Image& image, const RunContext& context) {
    Prediction prediction;
    Stopwatch whole;
    const auto& maps = m_extractor.extract(image, prediction.times, context);
    Stopwatch watch;
    for (std::size_t stage = 0; stage < maps.size(); ++stage)
        prediction.score += m_state.stages[stage].distance(
            pooledFeatures(maps[stage], m_extractor.preprocessor(), m_state.region, image.width(), image.height()));
    prediction.placement = m_extractor.preprocessor().placement(image.width(), image.height());
    prediction.times.search = watch.lapMs();
    prediction.times.total = whole.lapMs();
    return prediction;
}

Explanation Mahalanobis::explain(const Image& /*image*/, int /*x*/, int /*y*/, int /*count*/,
                                 const RunContext& /*context*/) {
    throw Error(ErrorCode::Unsupported,
                "the method mahalanobis judges an image as a whole and cannot say where; fit patchcore, spade or padim "
                "for that");
}

void Mahalanobis::save(TensorFile& file) const {
    for (std::size_t i = 0; i < m_state.stages.size(); ++i) {
        const StageGaussian& stage = m_state.stages[i];
        file.tensors[stageName(i, "mean")] =
            Tensor::of({static_cast<std::int64_t>(stage.mean.size())}, std::span<const float>(stage.mean));
        file.tensors[stageName(i, "factor")] =
            Tensor::of({static_cast<std::int64_t>(stage.factor.size())}, std::span<const float>(stage.factor));
        if (stage.components.rows > 0)
            file.tensors[stageName(i, "components")] =
                Tensor::of({stage.components.rows, stage.components.cols}, stage.components.values);
    }
    putBackbone(file, m_extractor.backbone().weights());
}

std::unique_ptr<Mahalanobis> Mahalanobis::open(TensorFile& file, const ModelInfo& info, const Region& region,
                                               const BackboneOptions& options, const TensorFile& weights,
                                               const RunContext& context) {
    FeatureExtractor extractor(info.input, Backbone(options, weights, context));
    StageTimes times;
    const auto& maps = extractor.extractGray(times, context);
    MahalanobisState state;
    state.parameters = MahalanobisParameters::from(info.parameters);
    state.region = region;
    for (std::size_t i = 0; i < maps.size(); ++i) {
        const auto channels = static_cast<std::size_t>(maps[i].channels);
        StageGaussian stage;
        stage.mean = takeVector(file, stageName(i, "mean"), channels);
        std::size_t kept = channels;
        if (state.parameters.reduction != Reduction::None) {
            stage.components = takeMatrix(file, stageName(i, "components"));
            kept = static_cast<std::size_t>(stage.components.rows);
            if (stage.components.cols != maps[i].channels || kept < 1 || kept > channels)
                damagedModel("the components do not fit stage " + maps[i].stage);
        }
        stage.factor = takeVector(file, stageName(i, "factor"), packedSize(kept));
        for (std::size_t j = 0; j < kept; ++j)
            if (!(stage.factor[packedColumn(kept, j)] > 0)) damagedModel("a covariance is not positive definite");
        state.stages.push_back(std::move(stage));
    }
    return std::make_unique<Mahalanobis>(std::move(extractor), std::move(state));
}

}  // namespace engine
