// SPDX-License-Identifier: Apache-2.0
#include "engine/features/feature_extractor.h"

#include <utility>

#include <opencv2/core.hpp>

namespace engine {

FeatureExtractor::FeatureExtractor(const InputSpec& input, Backbone backbone)
    : m_preprocessor(input),
      m_backbone(std::move(backbone)),
      m_input(static_cast<std::size_t>(input.width) * static_cast<std::size_t>(input.height) * 3) {}

FeatureExtractor FeatureExtractor::in(Precision precision, const RunContext& context) const {
    const BackboneOptions options{m_backbone.name(), m_backbone.stages(), m_backbone.device(), precision};
    return {m_preprocessor.spec(), Backbone(options, m_backbone.weights(), context)};
}

std::vector<FeatureMap>& FeatureExtractor::extract(const Image& image, StageTimes& times, const RunContext& context) {
    const InputSpec& spec = m_preprocessor.spec();
    Stopwatch watch;
    m_preprocessor.apply(image, m_input);
    times.preprocess += watch.lapMs();
    auto& maps = m_backbone.forward(m_input, 1, spec.height, spec.width, context);
    times.backbone += watch.lapMs();
    return maps.front();
}

std::vector<FeatureMap>& FeatureExtractor::extractGray(StageTimes& times, const RunContext& context) {
    const InputSpec& spec = m_preprocessor.spec();
    return extract({cv::Mat(spec.height, spec.width, CV_8UC1, cv::Scalar(128))}, times, context);
}

}  // namespace engine
