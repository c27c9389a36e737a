// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/run_context.h"
#include "engine/features/feature_extractor.h"

namespace engine {

// What the estimates of all methods with a frozen backbone are made of.

inline constexpr std::int64_t programBytes = 450'000'000;  // LibTorch, its packed weights and activations
inline constexpr std::int64_t pictureBytes = 12'000;       // of a training image at 256 px, JPEG

std::int64_t weightBytes(const Backbone& backbone);

// What the network gives for an image of one gray, and how long it takes once it is warm.
struct TimedPass {
    std::vector<FeatureMap> maps;
    double ms = 0;  // preprocessing and network
};
TimedPass timedPass(FeatureExtractor& extractor, const RunContext& context);

}  // namespace engine
