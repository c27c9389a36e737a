// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/backbone/backbone.h"
#include "engine/core/run_context.h"
#include "engine/core/stage_times.h"
#include "engine/features/patch_features.h"
#include "engine/image/image.h"
#include "engine/image/preprocess.h"

namespace engine {

// From pixels to backbone activations: the steps that fitting and scoring share, for every method with a frozen
// backbone. One thread at a time; the input buffer and the maps are kept between images.
class FeatureExtractor {
public:
    FeatureExtractor(const InputSpec& input, Backbone backbone);
    // The same steps with the same weights on the same device, computed in another precision. Throws as Backbone.
    FeatureExtractor in(Precision precision, const RunContext& context) const;

    const Preprocessor& preprocessor() const { return m_preprocessor; }
    Backbone& backbone() { return m_backbone; }
    const Backbone& backbone() const { return m_backbone; }

    // One map for each tapped stage, the caller's until the next image. Adds to times.preprocess and times.backbone.
    // Throws as Preprocessor and Backbone.
    std::vector<FeatureMap>& extract(const Image& image, StageTimes& times, const RunContext& context);
    // The same of an image of one gray: the sizes of the maps, and a warm network.
    std::vector<FeatureMap>& extractGray(StageTimes& times, const RunContext& context);

private:
    Preprocessor m_preprocessor;
    Backbone m_backbone;
    Buffer<float> m_input;
};

}  // namespace engine
