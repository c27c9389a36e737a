// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/fit_estimate.h"

namespace engine {

std::int64_t weightBytes(const Backbone& backbone) {
    std::int64_t bytes = 0;
    for (const auto& [name, tensor] : backbone.weights().tensors)
        bytes += static_cast<std::int64_t>(tensor.bytes.size());
    return bytes;
}

TimedPass timedPass(FeatureExtractor& extractor, const RunContext& context) {
    StageTimes times;
    extractor.extractGray(times, context);  // the first pass prepares the network; the second is what an image costs
    times = {};
    TimedPass pass{extractor.extractGray(times, context), 0};
    pass.ms = times.preprocess + times.backbone;
    return pass;
}

}  // namespace engine
